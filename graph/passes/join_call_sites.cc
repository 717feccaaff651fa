#include "graph/passes/join_call_sites.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "graph/passes/call_index.h"
#include "graph/passes/fold_contexts.h"

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

// Then a caller and a callee have one call already: calls are unique.
bool AreSitesUnknown(const CallGraph& graph) {
  return std::ranges::all_of(graph.calls,
                             [](const Call& call) { return call.line == 0; });
}

bool AreAllFirst(const std::vector<CallId>& firsts) {
  for (size_t row = 0; row < firsts.size(); ++row) {
    if (firsts[row].row() != row) return false;
  }
  return true;
}

class Joining {
 public:
  Joining(Profile& profile, const std::vector<CallId>& firsts)
      : graph_(profile.graph),
        provenance_(profile.provenance),
        firsts_(firsts),
        has_self_(graph_.call_self.rows() != 0),
        inclusive_(profile.events.size()),
        self_(profile.events.size()) {}

  void Run() && {
    for (size_t row = 0; row < firsts_.size(); ++row) {
      const size_t first = firsts_[row].row();
      if (first == row) {
        rows_.push_back(calls_.size());
        Keep(row);
      } else {
        rows_.push_back(rows_[first]);
        Add(row, rows_[first]);
      }
    }
    graph_.calls = std::move(calls_);
    graph_.call_inclusive = std::move(inclusive_);
    if (has_self_) graph_.call_self = std::move(self_);
    if (!provenance_.estimated_calls.empty()) {
      provenance_.estimated_calls = std::move(estimated_);
    }
  }

 private:
  void Keep(size_t row) {
    calls_.push_back(graph_.calls[row]);
    inclusive_.Append(std::as_const(graph_.call_inclusive)[row]);
    if (has_self_) self_.Append(std::as_const(graph_.call_self)[row]);
    estimated_.push_back(provenance_.IsEstimated(row));
  }

  void Add(size_t row, size_t into) {
    calls_[into].counts += graph_.calls[row].counts;
    calls_[into].line = 0;
    inclusive_.Add(into, graph_.call_inclusive[row]);
    if (has_self_) self_.Add(into, graph_.call_self[row]);
    if (provenance_.IsEstimated(row)) estimated_[into] = true;
  }

  CallGraph& graph_;
  Provenance& provenance_;
  const std::vector<CallId>& firsts_;
  const bool has_self_;
  std::vector<size_t> rows_;  // among the joined ones
  std::vector<Call> calls_;
  CostTable inclusive_;
  CostTable self_;
  std::vector<bool> estimated_;
};

}  // namespace

void JoinCallSites(Profile& profile) {
  if (AreSitesUnknown(profile.graph)) return;
  const std::vector<CallId> firsts = FindFirsts(profile.graph);
  if (AreAllFirst(firsts)) return;
  if (profile.contexts) {
    FoldContexts(profile, CallSites::kJoined);
  } else {
    Joining(profile, firsts).Run();
  }
}

bool HasSeveralSites(const CallGraph& graph) {
  return !AreSitesUnknown(graph) && !AreAllFirst(FindFirsts(graph));
}

}  // namespace prof2cg
