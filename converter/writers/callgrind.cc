// callgrind.out files, for KCachegrind, QCachegrind and callgrind_annotate.
//
// The format is that of Valgrind's docs/cl-format.xml; what its readers really
// accept decides the rest:
//  - Both want whole numbers of at least 0, one blank between them. A call that
//    was counted 0 times would be taken for self cost by callgrind_annotate.
//  - Names are compressed, "(id) name" once and "(id)" from then on, with an id
//    for each function: KCachegrind takes it for the function, others for its
//    name. Behind an id a name may hold any character of its line.
//  - callgrind_annotate takes its 100 % from the summary, KCachegrind from the
//    self costs.
//  - KCachegrind takes a function's inclusive cost from the calls into it and
//    finds no cycle that its search, which goes by name, starts in. Calls from
//    outside the profile are therefore written too, from a function that sorts
//    before all others and calls the roots.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/decimal.h"
#include "converter/version.h"
#include "converter/writers/callgrind_names.h"
#include "converter/writers/writer.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/sort_calls.h"

namespace prof2cg {
namespace {

// Id 1 is that of the outside; other ids follow the rows of their table.
constexpr uint32_t kFirstId = 2;

// "cob=(1)\ncfi=(2)\ncfn=(3)\ncalls=" for each function, made once: most
// functions are called from several others.
class References {
 public:
  explicit References(const FunctionTable& functions)
      : rows_(functions.size()) {
    for (uint32_t f = 0; f < rows_.size(); ++f) {
      Row& row = rows_[f];
      char* const object = row.text;
      char* const file =
          WriteId(object, "cob=(", functions[f].object.row(), ")\n");
      char* const function =
          WriteId(file, "cfi=(", functions[f].file.row(), ")\n");
      char* const end = WriteId(function, "cfn=(", f, ")\ncalls=");
      row.file = static_cast<uint8_t>(file - object);
      row.function = static_cast<uint8_t>(function - object);
      row.end = static_cast<uint8_t>(end - object);
    }
  }

  void Write(FunctionId function, bool with_object, bool with_file,
             Output& out) const {
    const Row& row = rows_[function.row()];
    if (with_object && !with_file) {
      out.Write({row.text, row.file});
      with_object = false;
    }
    const uint8_t begin = with_object ? 0 : with_file ? row.file : row.function;
    out.Write({row.text + begin, static_cast<size_t>(row.end - begin)});
  }

  // Inline by force: g++ takes a call that only prefetches for one without
  // effect and drops it.
  [[gnu::always_inline]] void Prefetch(FunctionId function) const {
    __builtin_prefetch(&rows_[function.row()]);
  }

 private:
  // One cache line. Ids have 10 digits at most, so the text has 59 bytes.
  struct alignas(64) Row {
    char text[61];
    uint8_t file;      // where in the text "cfi=" begins,
    uint8_t function;  // "cfn=" begins,
    uint8_t end;       // and the text ends
  };

  static char* WriteId(char* out, std::string_view key, uint32_t row,
                       std::string_view end) {
    out = std::copy(key.begin(), key.end(), out);
    out = WriteDecimal(out, uint64_t{row} + kFirstId);
    return std::copy(end.begin(), end.end(), out);
  }

  std::vector<Row> rows_;
};

class CallgrindFile {
 public:
  CallgrindFile(const Profile& profile, Output& out)
      : profile_(profile),
        out_(out),
        names_(profile),
        entries_(FindEntryCalls(profile)),
        references_(profile.functions),
        is_function_named_(profile.functions.size()),
        is_text_named_(profile.strings.size()) {}

  std::vector<Oddity> Write() {
    WriteHeader();
    WriteOutside();
    const SortedCalls sorted = SortCallsByCaller(profile_);
    size_t row = 0;
    for (size_t f = 0; f < profile_.functions.size(); ++f) {
      WriteFunction(FunctionId(f));
      row = WriteCalls(FunctionId(f), sorted, row);
    }
    out_.Write("\ntotals:");
    WriteCosts(totals_);
    return Oddities();
  }

 private:
  // An object and a file are texts; they have separate ids in the format.
  enum TextUse : uint8_t { kAsObject = 1, kAsFile = 2 };

  void WriteHeader();
  void WriteOutside();
  void WriteFunction(FunctionId f);
  size_t WriteCalls(FunctionId caller, const SortedCalls& sorted, size_t row);
  void WriteCallee(FunctionId callee, const Function* from);
  void WriteCall(int64_t count, uint32_t callee_line, uint32_t line,
                 std::span<const int64_t> inclusive);
  void WriteFunctionName(FunctionId f);
  void WriteText(StringId text, TextUse use);
  void WriteCosts(std::span<const int64_t> costs);
  void WriteNumber(uint64_t number);
  void WriteLine(uint32_t line, std::span<const int64_t> costs);
  std::vector<Oddity> Oddities() const;

  const Profile& profile_;
  Output& out_;
  const CallgrindNames names_;
  const EntryCalls entries_;
  const References references_;
  std::vector<bool> is_function_named_;
  std::vector<uint8_t> is_text_named_;  // a set of TextUse
  std::vector<int64_t> totals_;
  int64_t negative_costs_ = 0;
  int64_t uncounted_calls_ = 0;
};

void CallgrindFile::WriteHeader() {
  out_.Write("# callgrind format\nversion: 1\ncreator: prof2cg ");
  out_.Write(kVersion);
  if (!profile_.command.empty()) {
    out_.Write("\ncmd: ");
    out_.Write(CallgrindName(profile_.command, ""));
  }
  out_.Write("\ndesc: Fidelity: ");
  out_.Write(Summarize(profile_).Text());
  const bool has_call_sites = std::ranges::any_of(
      profile_.graph.calls, [](const Call& call) { return call.line != 0; });
  if (!has_call_sites) {
    out_.Write("\ndesc: Call sites: unknown, shown at the caller's first line");
  }
  for (const Event& event : profile_.events) {
    out_.Write("\nevent: " + event.name + " : " +
               CallgrindName(event.long_name, event.name));
  }
  out_.Write("\npositions: line\nevents:");
  for (const Event& event : profile_.events) out_.Write(" " + event.name);
  totals_.resize(profile_.events.size());
  for (size_t f = 0; f < profile_.functions.size(); ++f) {
    for (size_t e = 0; e < totals_.size(); ++e) {
      const int64_t self = std::max<int64_t>(0, profile_.graph.self[f][e]);
      totals_[e] = SaturatingAdd(totals_[e], self);
    }
  }
  out_.Write("\nsummary:");
  WriteCosts(totals_);
}

void CallgrindFile::WriteOutside() {
  if (entries_.calls.empty()) return;
  out_.Write("\nob=(1) ");
  out_.Write(kOutsideObject);
  out_.Write("\nfl=(1) ");
  out_.Write(kOutsideFile);
  out_.Write("\nfn=(1) ");
  out_.Write(kOutsideName);
  out_.Write("\n");
  const std::vector<int64_t> nothing(profile_.events.size());
  WriteLine(0, nothing);
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    WriteCallee(entry.callee, nullptr);
    WriteCall(entry.calls, profile_.functions[entry.callee.row()].line, 0,
              entries_.inclusive[row]);
  }
}

void CallgrindFile::WriteFunction(FunctionId f) {
  const Function& function = profile_.functions[f.row()];
  out_.Write("\nob=");
  WriteText(function.object, kAsObject);
  out_.Write("\nfl=");
  WriteText(function.file, kAsFile);
  out_.Write("\nfn=");
  WriteFunctionName(f);
  out_.Write('\n');
  WriteLine(function.line, profile_.graph.self[f.row()]);
}

// Writes the calls of `caller`, which begin at `row`; gives where they end.
size_t CallgrindFile::WriteCalls(FunctionId caller, const SortedCalls& sorted,
                                 size_t row) {
  // Callees lie all over their tables: ask for them ahead.
  constexpr size_t kAhead = 16;
  const Function& function = profile_.functions[caller.row()];
  for (; row < sorted.calls.size(); ++row) {
    const Call& call = sorted.calls[row];
    if (call.caller != caller) break;
    if (row + kAhead < sorted.calls.size()) {
      const FunctionId next = sorted.calls[row + kAhead].callee;
      __builtin_prefetch(&profile_.functions[next.row()]);
      references_.Prefetch(next);
    }
    WriteCallee(call.callee, &function);
    WriteCall(call.counts.total, profile_.functions[call.callee.row()].line,
              call.line != 0 ? call.line : function.line,
              sorted.inclusive[row]);
  }
  return row;
}

// The object and file are those of the caller where they are not named.
void CallgrindFile::WriteCallee(FunctionId callee, const Function* from) {
  const Function& function = profile_.functions[callee.row()];
  const bool with_object = from == nullptr || function.object != from->object;
  const bool with_file = from == nullptr || function.file != from->file;
  if (is_function_named_[callee.row()]) {
    references_.Write(callee, with_object, with_file, out_);
    return;
  }
  if (with_object) {
    out_.Write("cob=");
    WriteText(function.object, kAsObject);
    out_.Write('\n');
  }
  if (with_file) {
    out_.Write("cfi=");
    WriteText(function.file, kAsFile);
    out_.Write('\n');
  }
  out_.Write("cfn=");
  WriteFunctionName(callee);
  out_.Write("\ncalls=");
}

void CallgrindFile::WriteCall(int64_t count, uint32_t callee_line,
                              uint32_t line,
                              std::span<const int64_t> inclusive) {
  uncounted_calls_ += count <= 0;
  char* out = out_.Reserve(2 * (kMostDecimals + 1));
  char* const begin = out;
  out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(1, count)));
  *out++ = ' ';
  out = WriteDecimal(out, callee_line);
  *out++ = '\n';
  out_.Advance(static_cast<size_t>(out - begin));
  WriteLine(line, inclusive);
}

void CallgrindFile::WriteFunctionName(FunctionId f) {
  out_.Write('(');
  WriteNumber(f.row() + kFirstId);
  out_.Write(')');
  if (is_function_named_[f.row()]) return;
  is_function_named_[f.row()] = true;
  out_.Write(' ');
  names_.WriteFunction(f, out_);
}

void CallgrindFile::WriteText(StringId text, TextUse use) {
  out_.Write('(');
  WriteNumber(text.row() + kFirstId);
  out_.Write(')');
  uint8_t& named = is_text_named_[text.row()];
  if ((named & use) != 0) return;
  named |= use;
  out_.Write(' ');
  out_.Write(CallgrindName(profile_.strings[text],
                           use == kAsFile ? kNoFile : kNoObject));
}

void CallgrindFile::WriteLine(uint32_t line, std::span<const int64_t> costs) {
  WriteNumber(line);
  WriteCosts(costs);
}

void CallgrindFile::WriteCosts(std::span<const int64_t> costs) {
  char* out = out_.Reserve(costs.size() * (kMostDecimals + 1) + 1);
  char* const begin = out;
  for (const int64_t cost : costs) {
    negative_costs_ += cost < 0;
    *out++ = ' ';
    out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(0, cost)));
  }
  *out++ = '\n';
  out_.Advance(static_cast<size_t>(out - begin));
}

void CallgrindFile::WriteNumber(uint64_t number) {
  char* const out = out_.Reserve(kMostDecimals);
  out_.Advance(static_cast<size_t>(WriteDecimal(out, number) - out));
}

std::vector<Oddity> CallgrindFile::Oddities() const {
  std::vector<Oddity> oddities;
  const auto note = [&](const char* one, const char* many, int64_t count) {
    if (count != 0) oddities.push_back({one, many, count});
  };
  note("cost is negative: written as 0, since callgrind has no sign",
       "costs are negative: written as 0, since callgrind has no sign",
       negative_costs_);
  note("call was counted 0 times: written as 1, as callgrind's readers need",
       "calls were counted 0 times: written as 1, as callgrind's readers need",
       uncounted_calls_);
  return oddities;
}

std::vector<Oddity> Write(const Profile& profile, Output& output) {
  return CallgrindFile(profile, output).Write();
}

}  // namespace

extern constinit const Writer kCallgrind = {
    .name = "callgrind",
    .description = "callgrind.out, for KCachegrind and callgrind_annotate",
    .extensions = ".callgrind .cg .log .out",
    .write = Write,
};

}  // namespace prof2cg
