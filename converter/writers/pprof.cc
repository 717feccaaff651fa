// Profiles of pprof; see converter/io/pprof_format.h.
//
// A context that costs something or was called is a sample: its self costs, of
// all events, and how often it was called if the profile tells. A location is a
// function and the line it is at: that of the call or, of the last function or
// where it is not known, its first. A mapping is an object. Threads are labels;
// stacks that are estimated have a label that says so. The command, the facts
// and how much is measured are comments.
//
// As Go's runtime has it, functions and locations stand before the first sample
// that needs them, and texts last.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/io/gzip_sink.h"
#include "converter/io/pprof_format.h"
#include "converter/io/utf8.h"
#include "converter/writers/stacks.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

using namespace pprof;
using protozero::pbf_writer;

// What pprof calls the model's units, in their order.
constexpr std::string_view kUnits[] = {"nanoseconds", "bytes", "count"};

class PprofWriter {
 public:
  PprofWriter(const Profile& profile, TextSink& out);

  std::vector<Oddity> Write();

 private:
  // Of the string table, new if need be.
  int64_t Text(std::string_view text);
  int64_t Text(StringId id) { return Text(profile_.strings[id]); }
  // Each is written where it is asked for first.
  uint64_t Location(FunctionId function, uint32_t line);
  uint64_t Function(FunctionId function);
  uint64_t Mapping(StringId object);

  void WriteType(std::string_view type, std::string_view unit);
  void WriteSample(ContextId context);
  // Sets `values_` and `locations_`. False: it has no cost.
  bool FindValues(ContextId context);
  void FindLocations(ContextId context);
  void WriteLabel(pbf_writer& sample, std::string_view key,
                  std::string_view text);
  void WriteComments();
  void WriteComment(const std::string& comment);
  // Passes on what was written.
  void Pass(std::string& fields) {
    out_.Write(fields);
    fields.clear();
  }

  const Profile& profile_;
  const Stacks stacks_;
  const ContextTree& tree_;
  const bool has_calls_;
  TextSink& out_;

  std::string fields_;  // of the file
  pbf_writer file_{fields_};
  std::string texts_;  // as fields of the file
  pbf_writer texts_file_{texts_};
  absl::flat_hash_map<std::string, int64_t> text_places_;

  absl::flat_hash_map<uint64_t, uint64_t>
      location_ids_;                    // by function and line
  std::vector<uint64_t> function_ids_;  // 0: not yet
  uint64_t functions_ = 0;
  absl::flat_hash_map<uint32_t, uint64_t> mapping_ids_;  // by the StringId
  // Per context: the location of the call in its parent. 0: not yet.
  std::vector<uint64_t> calls_;

  // Of the sample that is written.
  std::vector<int64_t> values_;
  std::vector<uint64_t> locations_;
};

PprofWriter::PprofWriter(const Profile& profile, TextSink& out)
    : profile_(profile),
      stacks_(profile),
      tree_(stacks_.tree()),
      has_calls_(HaveCalls(tree_)),
      out_(out),
      function_ids_(profile.functions.size()),
      calls_(tree_.contexts.size()) {}

std::vector<Oddity> PprofWriter::Write() {
  Text("");
  for (const Event& event : profile_.events) {
    WriteType(event.name, kUnits[static_cast<size_t>(event.unit)]);
  }
  if (has_calls_) WriteType(kCallsEvent, "count");
  for (size_t row = 0; row < tree_.contexts.size(); ++row) {
    WriteSample(ContextId(row));
  }
  WriteComments();
  file_.add_int64(kDefaultSampleType, Text(profile_.events[EventId(0)].name));
  Pass(fields_);
  Pass(texts_);
  return stacks_.Oddities();
}

// Strings must be UTF-8, or strict readers refuse the whole file.
int64_t PprofWriter::Text(std::string_view text) {
  const auto [found, is_new] = text_places_.try_emplace(
      Printable(text), static_cast<int64_t>(text_places_.size()));
  if (is_new) texts_file_.add_string(kStringTable, found->first);
  return found->second;
}

uint64_t PprofWriter::Location(FunctionId function, uint32_t line) {
  const auto [found, is_new] = location_ids_.try_emplace(
      uint64_t{function.row()} << 32 | line, location_ids_.size() + 1);
  const uint64_t id = found->second;
  if (!is_new) return id;
  const uint64_t function_id = Function(function);
  const uint64_t mapping = Mapping(profile_.functions[function.row()].object);
  pbf_writer location(file_, kLocation);
  location.add_uint64(kId, id);
  location.add_uint64(kMappingOfLocation, mapping);
  pbf_writer at(location, kLine);
  at.add_uint64(kFunctionId, function_id);
  at.add_int64(kLineNumber, line);
  return id;
}

// Without a system name: go tool pprof takes one that is the same as the name
// for C++'s, and drops what is between "<" and ">".
uint64_t PprofWriter::Function(FunctionId function) {
  uint64_t& id = function_ids_[function.row()];
  if (id != 0) return id;
  id = ++functions_;
  const prof2cg::Function& row = profile_.functions[function.row()];
  pbf_writer message(file_, kFunction);
  message.add_uint64(kFunctionOfId, id);
  message.add_int64(kName, Text(row.name));
  message.add_int64(kFile, Text(row.file));
  message.add_int64(kStartLine, row.line);
  return id;
}

// Also of no object, and each says that there is nothing more to find out of a
// binary: go tool pprof would look for one.
uint64_t PprofWriter::Mapping(StringId object) {
  const auto [found, is_new] =
      mapping_ids_.try_emplace(object.row(), mapping_ids_.size() + 1);
  if (!is_new) return found->second;
  pbf_writer mapping(file_, kMapping);
  mapping.add_uint64(kMappingId, found->second);
  mapping.add_int64(kFilename, Text(object));
  for (uint32_t has = kHasFunctions; has <= kHasInlineFrames; ++has) {
    mapping.add_bool(has, true);
  }
  return found->second;
}

void PprofWriter::WriteType(std::string_view type, std::string_view unit) {
  pbf_writer message(file_, kSampleType);
  message.add_int64(kType, Text(type));
  message.add_int64(kUnit, Text(unit));
}

void PprofWriter::WriteSample(ContextId context) {
  if (!FindValues(context)) return;
  FindLocations(context);
  {
    pbf_writer sample(file_, kSample);
    sample.add_packed_uint64(kLocationId, locations_.begin(), locations_.end());
    sample.add_packed_int64(kValue, values_.begin(), values_.end());
    if (!profile_.threads.empty()) {
      const uint32_t thread = tree_.contexts[context.row()].thread;
      WriteLabel(sample, kThread, profile_.strings[profile_.threads[thread]]);
    }
    if (stacks_.are_estimated()) WriteLabel(sample, kEstimated, "stack");
  }
  Pass(fields_);
}

bool PprofWriter::FindValues(ContextId context) {
  const auto self = tree_.self[context.row()];
  values_.assign(self.begin(), self.end());
  if (has_calls_) values_.push_back(tree_.contexts[context.row()].calls);
  return std::ranges::any_of(values_, [](int64_t value) { return value != 0; });
}

void PprofWriter::FindLocations(ContextId context) {
  locations_.clear();
  locations_.push_back(Location(tree_.contexts[context.row()].function,
                                stacks_.LineIn(context, 0)));
  for (;;) {
    const Context& callee = tree_.contexts[context.row()];
    if (!callee.parent.is_valid()) return;
    uint64_t& call = calls_[context.row()];
    if (call == 0) {
      call = Location(tree_.contexts[callee.parent.row()].function,
                      stacks_.LineIn(callee.parent, callee.line));
    }
    locations_.push_back(call);
    context = callee.parent;
  }
}

void PprofWriter::WriteLabel(pbf_writer& sample, std::string_view key,
                             std::string_view text) {
  pbf_writer label(sample, kLabel);
  label.add_int64(kKey, Text(key));
  label.add_int64(kText, Text(text));
}

void PprofWriter::WriteComments() {
  if (!profile_.command.empty()) {
    WriteComment(std::string(kCommand) + profile_.command);
  }
  WriteComment(std::string(kFidelity) +
               Summarize(profile_, CallSelf::kLeftOut).Text());
  if (stacks_.are_estimated()) {
    WriteComment("Stacks: estimated, by who called whom at what cost");
  }
  for (const Fact& fact : profile_.facts) {
    WriteComment(fact.name + ": " + fact.value);
  }
}

void PprofWriter::WriteComment(const std::string& comment) {
  file_.add_int64(kComment, Text(comment));
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  GzipSink gzip(out);
  std::vector<Oddity> oddities = PprofWriter(profile, gzip).Write();
  gzip.Finish();
  return oddities;
}

}  // namespace

extern constinit const Writer kPprofWriter = {
    .name = "pprof",
    .description = "pprof's profile.proto, for go tool pprof and services",
    .extensions = ".pb.gz .pprof .pb",
    .is_binary = true,
    .holds = Holds{.all_events = true,
                   .call_counts = true,
                   .stacks = true,
                   .lines = true,
                   .threads = true},
    .write = Write,
};

}  // namespace prof2cg
