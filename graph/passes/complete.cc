#include "graph/passes/complete.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/cycles.h"

namespace prof2cg {
namespace {

// Per function: how often it was called by those calls for which use() holds.
template <class Use>
std::vector<int64_t> SumCalls(const CallGraph& graph, Use use) {
  std::vector<int64_t> counts(graph.counts.size());
  for (const Call& call : graph.calls) {
    if (!use(call)) continue;
    int64_t& count = counts[call.callee.row()];
    count = SaturatingAdd(count, call.counts.total);
  }
  return counts;
}

void ShareOutToEntrants(Profile& profile) {
  CallGraph& graph = profile.graph;
  const std::vector<uint32_t> cycles = NumberCycles(graph);
  const auto enters = [&](const Call& call) {
    return cycles[call.caller.row()] != cycles[call.callee.row()];
  };
  const std::vector<int64_t> all =
      SumCalls(graph, [](const Call&) { return true; });
  std::vector<int64_t> entrants = SumCalls(graph, enters);
  for (size_t f = 0; f < entrants.size(); ++f) {
    // Calls from outside the profile enter, too.
    const int64_t outside = SaturatingAdd(graph.counts[f].total, -all[f]);
    if (entrants[f] == all[f]) {
      entrants[f] = 0;  // not called from its cycle: its calls are right
    } else {
      entrants[f] = SaturatingAdd(entrants[f], std::max<int64_t>(0, outside));
    }
  }
  CostTable left = graph.inclusive;
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    int64_t& entrants_left = entrants[call.callee.row()];
    if (!enters(call) || entrants_left <= 0 ||
        !profile.provenance.IsEstimated(row)) {
      continue;
    }
    const int64_t calls = std::min(call.counts.total, entrants_left);
    for (size_t e = 0; e < profile.events.size(); ++e) {
      graph.call_inclusive[row][e] =
          TakeShare(left[call.callee.row()][e], calls, entrants_left);
    }
    entrants_left -= calls;
  }
}

// Per function: its inclusive cost without that of the calls from others.
CostTable WithoutCalls(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  CostTable left = graph.inclusive;
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    if (call.caller == call.callee) continue;
    for (size_t e = 0; e < profile.events.size(); ++e) {
      int64_t& rest = left[call.callee.row()][e];
      const int64_t cost = std::max<int64_t>(0, graph.call_inclusive[row][e]);
      rest = std::max<int64_t>(0, SaturatingAdd(rest, -cost));
    }
  }
  return left;
}

void CompleteUncounted(Profile& profile) {
  CallGraph& graph = profile.graph;
  std::vector<int64_t> calls_left =
      SumCalls(graph, [](const Call&) { return true; });
  for (size_t f = 0; f < calls_left.size(); ++f) {
    calls_left[f] = SaturatingAdd(graph.counts[f].total, -calls_left[f]);
  }
  CostTable left = WithoutCalls(profile);
  std::vector<size_t> takers;
  std::vector<int64_t> takers_left(graph.counts.size());
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    const size_t callee = call.callee.row();
    const bool takes =
        call.counts.total == 0 && call.caller != call.callee &&
        calls_left[callee] > 0 &&
        std::ranges::equal(graph.inclusive[call.caller.row()], left[callee],
                           std::ranges::greater_equal());
    if (!takes) continue;
    takers.push_back(row);
    ++takers_left[callee];
  }
  std::vector<bool>& marks = profile.provenance.estimated_calls;
  if (!takers.empty()) marks.resize(graph.calls.size());
  for (const size_t row : takers) {
    Call& call = graph.calls[row];
    const size_t callee = call.callee.row();
    call.counts.total = TakeShare(calls_left[callee], 1, takers_left[callee]);
    call.counts.primitive = call.counts.total;
    for (size_t e = 0; e < profile.events.size(); ++e) {
      graph.call_inclusive[row][e] =
          TakeShare(left[callee][e], 1, takers_left[callee]);
    }
    --takers_left[callee];
    marks[row] = true;
  }
}

}  // namespace

void Complete(Profile& profile) {
  Provenance& provenance = profile.provenance;
  if (std::exchange(provenance.is_complete, true) || profile.contexts) return;
  if (!provenance.estimated_calls.empty()) ShareOutToEntrants(profile);
  if (provenance.call_counts == Origin::kAbsent) return;
  const bool has_uncounted = std::ranges::any_of(
      profile.graph.calls,
      [](const Call& call) { return call.counts.total == 0; });
  if (has_uncounted) CompleteUncounted(profile);
}

}  // namespace prof2cg
