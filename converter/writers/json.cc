// Events with their stacks as JSON, in the schema of gprof2dot (version 0); see
// readers/json.cc.
//
// A context is an event: its self costs, of all kinds, under the chain of
// functions that leads to it. The file of a function is its module, its object
// the process. Costs have the names and units of the profile's events.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/model_words.h"
#include "converter/writers/json_rows.h"
#include "converter/writers/stacks.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

class JsonWriter {
 public:
  JsonWriter(const Profile& profile, TextSink& out)
      : profile_(profile), stacks_(profile), out_(out) {}

  std::vector<Oddity> Write() {
    out_.Write("{\"version\":0,\n\"costs\":[");
    WriteCosts();
    out_.Write("],\n\"functions\":[");
    WriteFunctions();
    out_.Write("],\n\"events\":[");
    WriteEvents();
    out_.Write("]}\n");
    return stacks_.Oddities();
  }

 private:
  void WriteCosts();
  void WriteFunctions();
  void WriteEvents();
  // The last one first.
  void WriteCallchain(ContextId context);

  const Profile& profile_;
  const Stacks stacks_;
  TextSink& out_;
};

void JsonWriter::WriteCosts() {
  JsonRows rows(out_);
  for (const Event& event : profile_.events) {
    rows.Begin();
    WriteMember("{\"description\":", event.name, out_);
    const bool is_count = event.unit == Unit::kCount;
    WriteMember(",\"unit\":",
                is_count ? "" : words::kUnits[static_cast<int>(event.unit)],
                out_);
    out_.Write('}');
  }
}

void JsonWriter::WriteFunctions() {
  JsonRows rows(out_);
  for (const Function& function : profile_.functions) {
    rows.Begin();
    WriteMember("{\"name\":", profile_.strings[function.name], out_);
    const std::string_view file = profile_.strings[function.file];
    const std::string_view object = profile_.strings[function.object];
    if (!file.empty()) WriteMember(",\"module\":", file, out_);
    if (!object.empty()) WriteMember(",\"process\":", object, out_);
    out_.Write('}');
  }
}

void JsonWriter::WriteEvents() {
  JsonRows rows(out_);
  const ContextTree& tree = stacks_.tree();
  for (uint32_t row = 0; row < tree.contexts.size(); ++row) {
    const auto costs = tree.self[row];
    if (std::ranges::all_of(costs, [](int64_t cost) { return cost == 0; })) {
      continue;
    }
    rows.Begin();
    out_.Write("{\"callchain\":");
    WriteCallchain(ContextId(row));
    out_.Write(",\"cost\":");
    WriteNumbers(costs, out_);
    out_.Write('}');
  }
}

void JsonWriter::WriteCallchain(ContextId context) {
  const std::vector<Context>& contexts = stacks_.tree().contexts;
  char separator = '[';
  for (; context.is_valid(); context = contexts[context.row()].parent) {
    out_.Write(separator);
    out_.WriteNumber(contexts[context.row()].function.row());
    separator = ',';
  }
  out_.Write(']');
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  return JsonWriter(profile, out).Write();
}

}  // namespace

extern constinit const Writer kJsonWriter = {
    .name = "json",
    .description = "JSON in gprof2dot's schema",
    .extensions = ".json",
    .holds = Holds{.all_events = true, .stacks = true},
    .write = Write,
};

}  // namespace prof2cg
