#include "converter/writers/callgrind_header.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/callgrind_notes.h"
#include "converter/version.h"
#include "converter/writers/callgrind_formulas.h"
#include "converter/writers/callgrind_line_text.h"
#include "converter/writers/callgrind_names.h"

namespace prof2cg {
namespace {

using namespace callgrind;

class HeaderWriter {
 public:
  HeaderWriter(const CallgrindPlan& plan, bool of_threads, TextSink& out)
      : plan_(plan),
        profile_(plan.profile()),
        of_threads_(of_threads),
        out_(out) {}

  void Write() {
    out_.Write(kFirstLines);
    out_.Write(kVersion);
    out_.Write('\n');
    WriteDescriptions();
    WriteNotes();
    WriteTextNotes();
    for (const Event& event : profile_.events) {
      WriteLine("event: ", event.name + " : " +
                               CallgrindName(event.long_name, event.name));
    }
    for (const CallgrindFormula& f : FindFormulas(plan_, of_threads_)) {
      WriteLine("event: ", std::string(f.name) + " = " +
                               std::string(f.formula) + " : " +
                               std::string(f.long_name));
    }
    out_.Write("positions: line\n");
  }

 private:
  void WriteLine(std::string_view key, std::string_view value) {
    out_.Write(key);
    out_.Write(value);
    out_.Write('\n');
  }

  void WriteDescriptions();
  void WriteFact(const Fact& fact);
  void WriteNotes();
  void WriteEventNotes(const Event& event);
  void WriteOrigins();
  void WriteTextNotes();
  void WriteIds(std::string_view key, const std::vector<FunctionId>& functions);
  void WriteTextNote(std::string_view key, uint32_t id, std::string_view text);

  const CallgrindPlan& plan_;
  const Profile& profile_;
  const bool of_threads_;
  TextSink& out_;
};

void HeaderWriter::WriteDescriptions() {
  const std::string_view command = profile_.command;
  if (!command.empty()) {
    WriteLine("cmd: ", CallgrindName(command, ""));
    if (!IsCallgrindName(command)) WriteLine("#: cmd ", Quote(command));
  }
  WriteLine("desc: ", std::string(kFidelity) +
                          Summarize(profile_, CallSelf::kLeftOut).Text());
  if (!plan_.calls().has_lines()) WriteLine("desc: ", kNoCallSites);
  if (profile_.provenance.call_counts == Origin::kAbsent) {
    WriteLine("desc: ", kNoCallCounts);
  }
  if (!plan_.names().with_mark().empty()) WriteLine("desc: ", kMarks);
  for (const Fact& fact : profile_.facts) WriteFact(fact);
}

// As a description if our reader can tell it for a fact.
void HeaderWriter::WriteFact(const Fact& fact) {
  const std::string text = fact.name + ": " + fact.value;
  if (IsFactText(text) && IsCallgrindName(fact.value) &&
      IsCallgrindName(fact.name) && fact.name.find(':') == std::string::npos) {
    WriteLine("desc: ", text);
  } else {
    WriteLine("#: fact ", QuoteWord(fact.name) + ' ' + Quote(fact.value));
  }
}

void HeaderWriter::WriteNotes() {
  if (profile_.naming != Profile().naming) {
    WriteLine("#: naming ", kNamings[static_cast<size_t>(profile_.naming)]);
  }
  if (profile_.share_by != Profile().share_by) {
    WriteLine("#: shares ", kShareBys[static_cast<size_t>(profile_.share_by)]);
  }
  for (const Event& event : profile_.events) WriteEventNotes(event);
  WriteOrigins();
  if (plan_.calls().are_estimated()) WriteLine("#: calls ", "estimated");
  const Provenance& provenance = profile_.provenance;
  const std::vector<bool>& estimated = provenance.estimated_calls;
  if (provenance.is_complete &&
      std::ranges::find(estimated, true) != estimated.end()) {
    WriteLine("#: calls ", "complete");
  }
}

void HeaderWriter::WriteEventNotes(const Event& event) {
  if (event.unit != UnitByName(event.name)) {
    WriteLine("#: unit ",
              event.name + ' ' +
                  std::string(kUnits[static_cast<size_t>(event.unit)]));
  }
  if (event.kind != Kind::kFlow) {
    WriteLine("#: kind ",
              event.name + ' ' +
                  std::string(kKinds[static_cast<size_t>(event.kind)]));
  }
  if (!IsCallgrindName(event.long_name)) {
    WriteLine("#: event ", event.name + ' ' + Quote(event.long_name));
  }
}

void HeaderWriter::WriteOrigins() {
  const Provenance& provenance = profile_.provenance;
  const auto letter = [](Origin origin) {
    return kOrigins[static_cast<size_t>(origin)];
  };
  std::string letters{letter(provenance.counts),
                      letter(provenance.call_counts)};
  for (const Provenance::Columns& columns : provenance.events) {
    letters += {' ', letter(columns.self), letter(columns.inclusive),
                letter(columns.call_inclusive)};
  }
  const char measured = letter(Origin::kMeasured);
  if (letters.find_first_not_of({measured, ' '}) != letters.npos) {
    WriteLine("#: origins ", letters);
  }
}

void HeaderWriter::WriteTextNotes() {
  for (const auto& [id, text] : plan_.objects().changed) {
    WriteTextNote("#: ob ", id, text);
  }
  for (const auto& [id, text] : plan_.files().changed) {
    WriteTextNote("#: fl ", id, text);
  }
  const CallgrindNames& names = plan_.names();
  for (const FunctionId f : names.changed()) {
    WriteTextNote("#: fn ", CallgrindId(f), profile_.Name(f));
  }
  WriteIds("#: with-line", names.with_line());
  WriteIds("#: with-mark", names.with_mark());
}

void HeaderWriter::WriteIds(std::string_view key,
                            const std::vector<FunctionId>& functions) {
  if (functions.empty()) return;
  out_.Write(key);
  for (const FunctionId f : functions) {
    out_.Write(' ');
    out_.WriteNumber(CallgrindId(f));
  }
  out_.Write('\n');
}

void HeaderWriter::WriteTextNote(std::string_view key, uint32_t id,
                                 std::string_view text) {
  WriteLine(key, std::to_string(id) + ' ' + Quote(text));
}

}  // namespace

void WriteCallgrindHeader(const CallgrindPlan& plan, bool of_threads,
                          TextSink& out) {
  HeaderWriter(plan, of_threads, out).Write();
}

void WriteCallgrindEvents(const EventSet& events, TextSink& out) {
  out.Write("events:");
  for (const Event& event : events) {
    out.Write(' ');
    out.Write(event.name);
  }
  out.Write('\n');
}

// KCachegrind shows triggers beside its parts; callgrind_annotate takes each
// line behind the first header for a malformed one, and goes on.
void WriteCallgrindThread(size_t part, size_t thread, std::string_view name,
                          TextSink& out) {
  if (part != 0) out.Write('\n');
  out.Write("part: ");
  out.WriteNumber(part + 1);
  out.Write("\nthread: ");
  out.WriteNumber(thread + 1);
  out.Write("\ndesc: ");
  out.Write(kTrigger);
  out.Write(CallgrindName(name, kNoName));
  out.Write('\n');
}

}  // namespace prof2cg
