#include "converter/writers/callgrind_calls.h"

#include <algorithm>
#include <utility>

#include "graph/grouping.h"

namespace prof2cg {
namespace {

// What is odd about any of a profile's calls.
struct Survey {
  bool has_lines = false;
  bool lacks_lines = false;
  bool has_odd_counts = false;  // recursive or not counted
  bool has_negative_costs = false;
};

// Looks at all of them without a branch.
Survey SurveyCalls(const CallGraph& graph) {
  uint32_t any_line = 0;
  uint32_t least_line = UINT32_MAX;
  int64_t differences = 0;
  int64_t below_zero = 0;  // its sign
  for (const auto& [caller, callee, line, counts] : graph.calls) {
    any_line |= line;
    least_line = std::min(least_line, line);
    differences |= counts.total ^ counts.primitive;
    below_zero |= SaturatingAdd(counts.total, -1);
  }
  Survey survey;
  survey.has_lines = any_line != 0;
  survey.lacks_lines = least_line == 0;
  survey.has_odd_counts = differences != 0 || below_zero < 0;
  int64_t signs = 0;
  for (const int64_t cost : graph.call_inclusive.all()) signs |= cost;
  survey.has_negative_costs = signs < 0;
  return survey;
}

}  // namespace

CallgrindCalls::CallgrindCalls(const Profile& profile, int part_shift,
                               size_t parts, bool have_lines)
    : calls_(profile.graph.calls.size()), inclusive_(profile.events.size()) {
  const CallGraph& graph = profile.graph;
  const auto part_of = [&](size_t row) {
    return graph.calls[row].caller.row() >> part_shift;
  };
  Grouping grouping(calls_.size(), parts, part_of);
  inclusive_.Resize(calls_.size());
  Survey survey = SurveyCalls(graph);
  survey.has_lines |= have_lines;
  const std::vector<bool>& marks = profile.provenance.estimated_calls;
  are_estimated_ = std::ranges::count(marks, true) > std::ssize(calls_) / 2;
  has_negative_costs_ = survey.has_negative_costs;
  if (survey.has_lines) lines_.resize(calls_.size());
  if (survey.has_odd_counts || survey.has_negative_costs || !marks.empty() ||
      (survey.has_lines && survey.lacks_lines)) {
    rests_.resize(calls_.size());
  }
  for (size_t row = 0; row < calls_.size(); ++row) {
    const prof2cg::Call& call = graph.calls[row];
    const size_t place = grouping.Take(part_of(row));
    calls_[place] = {call.caller, call.callee, call.counts.total};
    std::ranges::copy(graph.call_inclusive[row], inclusive_[place].begin());
    if (has_lines()) lines_[place] = call.line;
    if (has_notes()) {
      rests_[place] = {call.counts.primitive,
                       profile.provenance.IsEstimated(row)};
    }
  }
  begins_ = std::move(grouping).Begins();
}

}  // namespace prof2cg
