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
// What would be lost beyond that stands in comments for our own reader.
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "converter/io/parts.h"
#include "converter/writers/callgrind_header.h"
#include "converter/writers/callgrind_part.h"
#include "converter/writers/callgrind_plan.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

class CallgrindFile {
 public:
  CallgrindFile(const Profile& profile, TextSink& out)
      : profile_(profile), out_(out) {}

  std::vector<Oddity> Write() {
    const CallgrindPlan plan(profile_);
    WriteCallgrindHeader(plan, out_);
    AddUp();
    WriteTotals("summary:");
    CallgrindNamed named(plan);
    std::vector<CallgrindLoss> losses(plan.parts());
    WriteParts(plan.parts(), out_, [&](size_t part, TextSink& sink) {
      losses[part] = WriteCallgrindPart(plan, part, named, sink);
    });
    WriteTotals("\ntotals:");
    return Oddities(losses);
  }

 private:
  void AddUp();
  void WriteTotals(std::string_view key);

  bool HasCallCounts() const {
    return profile_.provenance.call_counts != Origin::kAbsent;
  }
  std::vector<Oddity> Oddities(std::span<const CallgrindLoss> losses) const;

  const Profile& profile_;
  TextSink& out_;
  std::vector<int64_t> totals_;
};

void CallgrindFile::AddUp() {
  totals_.resize(profile_.events.size());
  for (size_t f = 0; f < profile_.functions.size(); ++f) {
    for (size_t e = 0; e < totals_.size(); ++e) {
      const int64_t self = std::max<int64_t>(0, profile_.graph.self[f][e]);
      totals_[e] = SaturatingAdd(totals_[e], self);
    }
  }
}

void CallgrindFile::WriteTotals(std::string_view key) {
  out_.Write(key);
  for (const int64_t total : totals_) {
    out_.Write(' ');
    out_.WriteNumber(total);
  }
  out_.Write('\n');
}

std::vector<Oddity> CallgrindFile::Oddities(
    std::span<const CallgrindLoss> losses) const {
  CallgrindLoss sum;
  for (const CallgrindLoss& loss : losses) {
    sum.negative_costs += loss.negative_costs;
    sum.uncounted_calls += loss.uncounted_calls;
  }
  std::vector<Oddity> oddities;
  const auto note = [&](const char* one, const char* many, int64_t count) {
    if (count != 0) oddities.push_back({one, many, count});
  };
  note("cost is negative: written as 0, since callgrind has no sign",
       "costs are negative: written as 0, since callgrind has no sign",
       sum.negative_costs);
  note("call was counted 0 times: written as 1, as callgrind's readers need",
       "calls were counted 0 times: written as 1, as callgrind's readers need",
       HasCallCounts() ? sum.uncounted_calls : 0);
  return oddities;
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  return CallgrindFile(profile, out).Write();
}

}  // namespace

extern constinit const Writer kCallgrind = {
    .name = "callgrind",
    .description = "callgrind.out, for KCachegrind and callgrind_annotate",
    .extensions = ".callgrind .cg .log .out",
    .write = Write,
};

}  // namespace prof2cg
