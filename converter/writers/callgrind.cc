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
//  - A part of a file that has several is read by KCachegrind as if it were a
//    file of its own, with names of its own; callgrind_annotate takes its
//    100 % from the last summary, so the first part has that of all.
// What would be lost beyond that stands in comments for our own reader.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/parts.h"
#include "converter/writers/callgrind_header.h"
#include "converter/writers/callgrind_part.h"
#include "converter/writers/callgrind_plan.h"
#include "converter/writers/writer.h"
#include "graph/error.h"
#include "graph/passes/split_threads.h"

namespace prof2cg {
namespace {

// Of all threads together: takes some half a minute.
constexpr size_t kMostRowsOfThreads = size_t{1} << 29;

class CallgrindFile {
 public:
  CallgrindFile(const Profile& profile, TextSink& out)
      : profile_(profile), out_(out) {}

  std::vector<Oddity> Write() {
    const CallgrindPlan plan(profile_);
    WriteCallgrindHeader(plan, false, out_);
    WriteCallgrindEvents(profile_.events, out_);
    WriteTotals("summary:", profile_.graph);
    WriteBody(plan);
    return Oddities();
  }

  // Each thread is a part.
  std::vector<Oddity> WriteThreads() {
    const ThreadSplit split(profile_);
    CheckRows(split);
    const CallgrindPlan plan(profile_);
    WriteCallgrindHeader(plan, true, out_);
    size_t parts = 0;
    for (size_t thread = 0; thread < split.threads(); ++thread) {
      if (parts != 0 && !split.HasContexts(thread)) continue;
      WriteCallgrindThread(parts, thread,
                           profile_.strings[profile_.threads[thread]], out_);
      WriteCallgrindEvents(profile_.events, out_);
      if (parts++ == 0) WriteTotals("summary:", profile_.graph);
      const Profile part = split.Of(thread);
      WriteBody(CallgrindPlan(part, plan, split.FunctionsOf(thread)));
    }
    return Oddities();
  }

 private:
  void CheckRows(const ThreadSplit& split) const;
  void WriteBody(const CallgrindPlan& plan);
  void WriteTotals(std::string_view key, const CallGraph& graph);

  bool HasCallCounts() const {
    return profile_.provenance.call_counts != Origin::kAbsent;
  }
  std::vector<Oddity> Oddities() const;

  const Profile& profile_;
  TextSink& out_;
  CallgrindLoss loss_;
};

// What a part takes grows with all functions, whichever its thread has, and
// their names.
void CallgrindFile::CheckRows(const ThreadSplit& split) const {
  size_t parts = 0;
  for (size_t thread = 0; thread < split.threads(); ++thread) {
    parts += split.HasContexts(thread);
  }
  const size_t functions = profile_.functions.size();
  const size_t rows = functions + profile_.strings.size();
  if (parts <= kMostRowsOfThreads / rows) return;
  throw Error(
      "too many threads for parts of their own: " + std::to_string(parts) +
      ", with " + std::to_string(functions) + " functions");
}

void CallgrindFile::WriteBody(const CallgrindPlan& plan) {
  CallgrindNamed named(plan);
  std::vector<CallgrindLoss> losses(plan.parts());
  WriteParts(plan.parts(), out_, [&](size_t part, TextSink& sink) {
    losses[part] = WriteCallgrindPart(plan, part, named, sink);
  });
  for (const CallgrindLoss& loss : losses) {
    loss_.negative_costs += loss.negative_costs;
    loss_.uncounted_calls += loss.uncounted_calls;
  }
  WriteTotals("\ntotals:", plan.profile().graph);
}

// As self costs are written.
void CallgrindFile::WriteTotals(std::string_view key, const CallGraph& graph) {
  std::vector<int64_t> totals(profile_.events.size());
  for (size_t f = 0; f < graph.self.rows(); ++f) {
    for (size_t e = 0; e < totals.size(); ++e) {
      const int64_t self = std::max<int64_t>(0, graph.self[f][e]);
      totals[e] = SaturatingAdd(totals[e], self);
    }
  }
  out_.Write(key);
  for (const int64_t total : totals) {
    out_.Write(' ');
    out_.WriteNumber(total);
  }
  out_.Write('\n');
}

std::vector<Oddity> CallgrindFile::Oddities() const {
  std::vector<Oddity> oddities;
  const auto note = [&](const char* one, const char* many, int64_t count) {
    if (count != 0) oddities.push_back({one, many, count});
  };
  note("cost is negative: written as 0, since callgrind has no sign",
       "costs are negative: written as 0, since callgrind has no sign",
       loss_.negative_costs);
  note("call was counted 0 times: written as 1, as callgrind's readers need",
       "calls were counted 0 times: written as 1, as callgrind's readers need",
       HasCallCounts() ? loss_.uncounted_calls : 0);
  return oddities;
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  return CallgrindFile(profile, out).Write();
}

std::vector<Oddity> WriteThreads(const Profile& profile, TextSink& out) {
  return CallgrindFile(profile, out).WriteThreads();
}

}  // namespace

extern constinit const Writer kCallgrind = {
    .name = "callgrind",
    .description = "callgrind.out, for KCachegrind and callgrind_annotate",
    .extensions = ".callgrind .cg .log .out",
    .holds = Holds{.all_events = true, .call_counts = true, .lines = true},
    .write = Write,
    .write_threads = WriteThreads,
};

}  // namespace prof2cg
