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

#include "converter/display/json_text.h"
#include "converter/io/model_words.h"
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
    for (const Function& function : profile_.functions) WriteRow(function);
    is_first_ = true;
    out_.Write("],\n\"events\":[");
    for (uint32_t row = 0; row < stacks_.tree().contexts.size(); ++row) {
      WriteEvent(ContextId(row));
    }
    out_.Write("]}\n");
    return stacks_.Oddities();
  }

 private:
  void WriteMember(std::string_view before, std::string_view text) {
    out_.Write(before);
    out_.Write(JsonQuoted(text));
  }
  // Each on a line of its own.
  void BeginRow() {
    out_.Write(is_first_ ? "\n" : ",\n");
    is_first_ = false;
  }
  void WriteCosts();
  void WriteRow(const Function& function);
  void WriteEvent(ContextId context);

  const Profile& profile_;
  const Stacks stacks_;
  TextSink& out_;
  bool is_first_ = true;
};

void JsonWriter::WriteCosts() {
  for (const Event& event : profile_.events) {
    BeginRow();
    WriteMember("{\"description\":", event.name);
    const bool is_count = event.unit == Unit::kCount;
    WriteMember(",\"unit\":",
                is_count ? "" : words::kUnits[static_cast<int>(event.unit)]);
    out_.Write('}');
  }
  is_first_ = true;
}

void JsonWriter::WriteRow(const Function& function) {
  BeginRow();
  WriteMember("{\"name\":", profile_.strings[function.name]);
  const std::string_view file = profile_.strings[function.file];
  const std::string_view object = profile_.strings[function.object];
  if (!file.empty()) WriteMember(",\"module\":", file);
  if (!object.empty()) WriteMember(",\"process\":", object);
  out_.Write('}');
}

void JsonWriter::WriteEvent(ContextId context) {
  const ContextTree& tree = stacks_.tree();
  const auto costs = tree.self[context.row()];
  if (std::ranges::all_of(costs, [](int64_t cost) { return cost == 0; })) {
    return;
  }
  BeginRow();
  char separator = '[';
  out_.Write("{\"callchain\":");
  for (ContextId c = context; c.is_valid(); c = tree.contexts[c.row()].parent) {
    out_.Write(separator);
    out_.WriteNumber(tree.contexts[c.row()].function.row());
    separator = ',';
  }
  out_.Write("],\"cost\":");
  separator = '[';
  for (const int64_t cost : costs) {
    out_.Write(separator);
    out_.WriteNumber(cost);
    separator = ',';
  }
  out_.Write("]}");
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
