#include "converter/writers/snapshot.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "converter/io/model_words.h"
#include "converter/io/snapshot_format.h"
#include "converter/io/utf8.h"
#include "converter/writers/writer.h"
#include "graph/passes/fold_others.h"
#include "graph/passes/snapshot.h"

namespace prof2cg {
namespace {

using namespace snapshot;

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (size_t i = 0; i < text.size();) {
    const size_t bytes = DecodeWtf8(text, i).bytes;
    const std::string_view character = text.substr(i, bytes);
    if (character == "\"" || character == "\\") quoted += '\\';
    if (IsPrintable(character)) {
      quoted += character;
    } else {
      for (const char c : character) {
        char escape[5];
        std::snprintf(escape, sizeof escape, "\\x%02x",
                      static_cast<uint8_t>(c));
        quoted += escape;
      }
    }
    i += bytes;
  }
  return quoted + '"';
}

// "0.1"
std::string PercentText(double part) {
  constexpr int kDigits = 6;
  char text[32];
  const auto end = std::to_chars(text, std::end(text), 100 * part,
                                 std::chars_format::general, kDigits)
                       .ptr;
  return {text, end};
}

class SnapshotWriter {
 public:
  SnapshotWriter(const Profile& profile, TextSink& out);

  void Write();

 private:
  void WriteHeader();
  void WriteTotal();
  void WriteFunction(FunctionId function);
  void WriteCall(const Call& call, std::span<const int64_t> costs,
                 bool is_estimated);

  void WriteText(std::string_view text);
  // The name with its number.
  void WriteName(const Function& function);
  // The file, and the object if it has one.
  void WritePlace(const Function& function);
  void WriteCounts(CallCounts counts, bool is_estimated);
  void WriteCosts(std::span<const int64_t> self,
                  std::span<const int64_t> inclusive);
  // The second of them if it is another.
  void WritePair(int64_t first, int64_t second);
  void Indent(size_t columns) { out_.Write(std::string_view("    ", columns)); }

  static bool AreTogether(const Function& a, const Function& b) {
    return a.file == b.file && a.object == b.object;
  }

  const Profile& profile_;
  const CallGraph& graph_;
  TextSink& out_;
  const bool has_costs_;
  std::vector<FunctionId> functions_;  // in order
  std::vector<CallId> calls_;          // in order, by caller
};

SnapshotWriter::SnapshotWriter(const Profile& profile, TextSink& out)
    : profile_(profile),
      graph_(profile.graph),
      out_(out),
      has_costs_(profile.events != CallsAlone()) {
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    functions_.emplace_back(f);
  }
  std::ranges::sort(functions_, {}, [&](FunctionId f) {
    const Function& function = profile.functions[f.row()];
    return std::tuple(profile.strings[function.file],
                      profile.strings[function.object],
                      profile.strings[function.name], function.line);
  });
  std::vector<size_t> places(functions_.size());
  for (size_t i = 0; i < places.size(); ++i) places[functions_[i].row()] = i;
  for (size_t c = 0; c < graph_.calls.size(); ++c) calls_.emplace_back(c);
  std::ranges::sort(calls_, {}, [&](CallId id) {
    const Call& call = graph_.calls[id.row()];
    return std::pair(places[call.caller.row()], places[call.callee.row()]);
  });
}

void SnapshotWriter::Write() {
  WriteHeader();
  WriteTotal();
  const Function* last = nullptr;
  size_t next = 0;
  for (const FunctionId id : functions_) {
    const Function& function = profile_.functions[id.row()];
    if (last == nullptr || !AreTogether(*last, function)) {
      out_.Write('\n');
      WritePlace(function);
      out_.Write('\n');
    }
    last = &function;
    WriteFunction(id);
    for (; next < calls_.size(); ++next) {
      const size_t row = calls_[next].row();
      if (graph_.calls[row].caller != id) break;
      WriteCall(graph_.calls[row], graph_.call_inclusive[row],
                profile_.provenance.IsEstimated(row));
    }
  }
}

void SnapshotWriter::WriteHeader() {
  const auto write = [&](std::string_view word, std::string_view value) {
    out_.Write(word);
    out_.Write(' ');
    out_.Write(value);
    out_.Write('\n');
  };
  out_.Write(kHead);
  write(kVersionWord, kVersion);
  write(kNamingWord, words::kNamings[static_cast<size_t>(profile_.naming)]);
  const Provenance& provenance = profile_.provenance;
  if (provenance.least_told && FindOthers(profile_)) {
    write(kLeastWord, PercentText(*provenance.least_told));
  }
  if (provenance.counts == Origin::kAbsent) write(kUncountedWord, kOfFunctions);
  if (provenance.call_counts == Origin::kAbsent) {
    write(kUncountedWord, kOfCalls);
  }
  if (!has_costs_) return;
  for (const Event& event : profile_.events) {
    out_.Write(kEventWord);
    out_.Write(' ');
    WriteText(event.name);
    out_.Write(' ');
    out_.Write(words::kUnits[static_cast<size_t>(event.unit)]);
    out_.Write(' ');
    WriteText(event.long_name);
    out_.Write('\n');
  }
}

// In the order of functions: sums may saturate.
void SnapshotWriter::WriteTotal() {
  CallCounts calls;
  CostTable costs(profile_.events.size());
  costs.Resize(1);
  for (const FunctionId f : functions_) {
    calls += graph_.counts[f.row()];
    costs.Add(0, graph_.self[f.row()]);
  }
  out_.Write(kTotalWord);
  WriteCounts(calls, false);
  WriteCosts(costs[0], costs[0]);
}

void SnapshotWriter::WriteFunction(FunctionId id) {
  const size_t row = id.row();
  Indent(kFunctionIndent);
  WriteName(profile_.functions[row]);
  WriteCounts(graph_.counts[row], profile_.provenance.IsFunctionEstimated(row));
  WriteCosts(graph_.self[row], graph_.inclusive[row]);
}

void SnapshotWriter::WriteCall(const Call& call, std::span<const int64_t> costs,
                               bool is_estimated) {
  const Function& callee = profile_.functions[call.callee.row()];
  Indent(kCallIndent);
  WriteName(callee);
  if (!AreTogether(profile_.functions[call.caller.row()], callee)) {
    out_.Write(' ');
    WritePlace(callee);
  }
  WriteCounts(call.counts, is_estimated);
  WriteCosts(costs, costs);
}

void SnapshotWriter::WriteText(std::string_view text) {
  if (IsBare(text)) return out_.Write(text);
  out_.Write(Quoted(text));
}

void SnapshotWriter::WriteName(const Function& function) {
  WriteText(profile_.strings[function.name]);
  if (function.line == 0) return;
  out_.Write('#');
  out_.WriteNumber(function.line);
}

void SnapshotWriter::WritePlace(const Function& function) {
  WriteText(profile_.strings[function.file]);
  const std::string_view object = profile_.strings[function.object];
  if (object.empty()) return;
  out_.Write(' ');
  WriteText(object);
}

void SnapshotWriter::WriteCounts(CallCounts counts, bool is_estimated) {
  out_.Write(is_estimated ? " ~" : " ");
  WritePair(counts.total, counts.primitive);
}

void SnapshotWriter::WriteCosts(std::span<const int64_t> self,
                                std::span<const int64_t> inclusive) {
  for (size_t e = 0; has_costs_ && e < self.size(); ++e) {
    out_.Write(' ');
    WritePair(self[e], inclusive[e]);
  }
  out_.Write('\n');
}

void SnapshotWriter::WritePair(int64_t first, int64_t second) {
  out_.WriteNumber(first);
  if (first == second) return;
  out_.Write('/');
  out_.WriteNumber(second);
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  constexpr double kAll = 0;
  WriteSnapshot(MakeSnapshot(profile, kAll), out);
  return {};
}

}  // namespace

void WriteSnapshot(const Profile& snapshot, TextSink& out) {
  SnapshotWriter(snapshot, out).Write();
}

extern constinit const Writer kSnapshotWriter = {
    .name = "snapshot",
    .description = "calls and allocations as sorted text, to commit and review",
    .extensions = ".snapshot",
    .write = Write,
};

}  // namespace prof2cg
