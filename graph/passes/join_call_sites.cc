#include "graph/passes/join_call_sites.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "graph/passes/call_index.h"

namespace prof2cg {
namespace {

// The first call of each call's caller to the same callee.
std::vector<CallId> FindFirsts(const CallGraph& graph) {
  std::vector<CallId> firsts(graph.calls.size());
  std::vector<CallId> first_of(graph.counts.size());  // the callee's, so far
  for (const CallId id : IndexByCaller(graph).calls) {
    const Call& call = graph.calls[id.row()];
    CallId& first = first_of[call.callee.row()];
    if (!first.is_valid() || graph.calls[first.row()].caller != call.caller) {
      first = id;
    }
    firsts[id.row()] = first;
  }
  return firsts;
}

bool AreAllFirst(const std::vector<CallId>& firsts) {
  for (size_t row = 0; row < firsts.size(); ++row) {
    if (firsts[row].row() != row) return false;
  }
  return true;
}

}  // namespace

void JoinCallSites(Profile& profile) {
  CallGraph& graph = profile.graph;
  const std::vector<CallId> firsts = FindFirsts(graph);
  if (AreAllFirst(firsts)) return;
  const bool has_self = graph.call_self.rows() != 0;
  std::vector<uint32_t> joined_rows(graph.calls.size());
  CallGraph joined;
  joined.call_inclusive = CostTable(profile.events.size());
  joined.call_self = CostTable(profile.events.size());
  std::vector<bool> estimated;
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const size_t first = firsts[row].row();
    const bool is_estimated = profile.provenance.IsEstimated(row);
    if (first == row) {
      joined_rows[row] = static_cast<uint32_t>(joined.calls.size());
      joined.calls.push_back(graph.calls[row]);
      joined.call_inclusive.Append(std::as_const(graph.call_inclusive)[row]);
      if (has_self)
        joined.call_self.Append(std::as_const(graph.call_self)[row]);
      estimated.push_back(is_estimated);
      continue;
    }
    const uint32_t into = joined_rows[first];
    joined.calls[into].counts += graph.calls[row].counts;
    joined.calls[into].line = 0;
    joined.call_inclusive.Add(into, graph.call_inclusive[row]);
    if (has_self) joined.call_self.Add(into, graph.call_self[row]);
    if (is_estimated) estimated[into] = true;
  }
  graph.calls = std::move(joined.calls);
  graph.call_inclusive = std::move(joined.call_inclusive);
  graph.call_self = std::move(joined.call_self);
  if (!profile.provenance.estimated_calls.empty()) {
    profile.provenance.estimated_calls = std::move(estimated);
  }
}

}  // namespace prof2cg
