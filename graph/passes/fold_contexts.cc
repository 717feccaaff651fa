#include "graph/passes/fold_contexts.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "graph/passes/walk_contexts.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

class Folder {
 public:
  Folder(const Profile& profile, CallSites sites)
      : sites_(sites),
        contexts_(profile.contexts->contexts),
        self_(profile.contexts->self),
        inclusive_(SumInclusive(*profile.contexts)),
        has_calls_(HaveCalls(*profile.contexts)) {
    const size_t functions = profile.functions.size();
    for (CostTable* table : {&graph_.self, &graph_.inclusive, &graph_.call_self,
                             &graph_.call_inclusive}) {
      *table = CostTable(profile.events.size());
    }
    graph_.self.Resize(functions);
    graph_.inclusive.Resize(functions);
    if (has_calls_) {
      graph_.counts.resize(functions);
    } else {
      graph_.counts = profile.graph.counts;
    }
    function_depths_.resize(functions);
  }

  CallGraph Fold() && {
    NumberCalls();
    WalkContexts(
        contexts_, [&](uint32_t row) { Enter(row); },
        [&](uint32_t row) { Leave(row); });
    return std::move(graph_);
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  bool IsOneCall(const Call& a, const Call& b) const {
    return a.caller == b.caller && a.callee == b.callee &&
           (sites_ == CallSites::kJoined || a.line == b.line);
  }
  void NumberCalls();
  void Enter(uint32_t row);
  void Leave(uint32_t row);

  CallGraph graph_;
  const CallSites sites_;
  const std::vector<Context>& contexts_;
  const CostTable& self_;
  const CostTable inclusive_;  // per context
  const bool has_calls_;

  std::vector<uint32_t> calls_;  // per context: its call's row, or kNone

  // How often the walk's stack has each.
  std::vector<uint32_t> function_depths_;
  std::vector<uint32_t> call_depths_;
};

void Folder::NumberCalls() {
  RowIndex index;
  calls_.reserve(contexts_.size());
  for (const Context& context : contexts_) {
    if (!context.parent.is_valid()) {
      calls_.push_back(kNone);
      continue;
    }
    const Call call{contexts_[context.parent.row()].function,
                    context.function,
                    context.line,
                    {}};
    const auto new_row = static_cast<uint32_t>(graph_.calls.size());
    const uint32_t line = sites_ == CallSites::kApart ? call.line : 0;
    const uint32_t row = index.FindOrAdd(
        absl::HashOf(call.caller, call.callee, line), new_row,
        [&](uint32_t other) { return IsOneCall(graph_.calls[other], call); });
    if (row == new_row) graph_.calls.push_back(call);
    if (graph_.calls[row].line != call.line) graph_.calls[row].line = 0;
    calls_.push_back(row);
  }
  graph_.call_self.Resize(graph_.calls.size());
  graph_.call_inclusive.Resize(graph_.calls.size());
  call_depths_.resize(graph_.calls.size());
}

void Folder::Enter(uint32_t row) {
  const Context& context = contexts_[row];
  const size_t function = context.function.row();
  const bool is_first = function_depths_[function]++ == 0;
  graph_.self.Add(function, self_[row]);
  if (is_first) graph_.inclusive.Add(function, inclusive_[row]);
  const auto counts = [&](bool is_primitive) {
    return CallCounts{context.calls, is_primitive ? context.calls : 0};
  };
  if (has_calls_) graph_.counts[function] += counts(is_first);

  const uint32_t call = calls_[row];
  if (call == kNone) return;
  const bool is_first_call = call_depths_[call]++ == 0;
  graph_.calls[call].counts += counts(is_first_call);
  graph_.call_self.Add(call, self_[row]);
  if (is_first_call) graph_.call_inclusive.Add(call, inclusive_[row]);
}

void Folder::Leave(uint32_t row) {
  --function_depths_[contexts_[row].function.row()];
  if (calls_[row] != kNone) --call_depths_[calls_[row]];
}

Provenance FoldedProvenance(const Profile& profile) {
  Provenance provenance = profile.provenance;
  provenance.estimated_functions.clear();
  provenance.estimated_calls.clear();
  for (Provenance::Columns& event : provenance.events) {
    event.inclusive = std::max(event.self, Origin::kDerived);
    event.call_inclusive = event.call_self = event.inclusive;
  }
  const bool has_calls = HaveCalls(*profile.contexts);
  if (has_calls) provenance.counts = Origin::kDerived;
  provenance.call_counts = has_calls ? Origin::kDerived : Origin::kAbsent;
  return provenance;
}

bool HasCost(const CostTable& costs) {
  return std::ranges::any_of(costs.all(), std::identity());
}

}  // namespace

CallGraph FoldedGraph(const Profile& profile, CallSites sites) {
  return Folder(profile, sites).Fold();
}

void FoldContexts(Profile& profile, CallSites sites) {
  profile.graph = FoldedGraph(profile, sites);
  profile.provenance = FoldedProvenance(profile);
}

bool IsFolded(const Profile& profile) {
  return profile.contexts && profile.provenance == FoldedProvenance(profile) &&
         profile.graph == FoldedGraph(profile, CallSites::kApart);
}

bool HasGraph(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  return !graph.calls.empty() || HasCost(graph.self) ||
         HasCost(graph.inclusive);
}

}  // namespace prof2cg
