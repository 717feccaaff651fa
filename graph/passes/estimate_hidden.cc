#include "graph/passes/estimate_hidden.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "graph/cost_table.h"
#include "graph/grouping.h"
#include "graph/ids.h"
#include "graph/passes/cycles.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/flow_figures.h"
#include "graph/passes/flows.h"
#include "graph/passes/reroute_calls.h"

namespace prof2cg {
namespace {

class Hider {
 public:
  Hider(Profile& profile, const std::vector<bool>& hidden)
      : profile_(profile),
        graph_(profile.graph),
        events_(profile.events.size()),
        hidden_(hidden),
        nodes_(NumberCyclesAmong(graph_, hidden)),
        flows_(events_),
        node_self_(events_),
        gained_(events_),
        removed_(events_),
        is_gain_estimated_(events_) {
    gained_.Resize(graph_.counts.size());
  }

  std::vector<int64_t> Run() {
    NumberNodes();
    FindDeadEnds();
    AddCalls();
    AddEntries();
    const size_t nodes = node_members_.size();
    for (size_t node = 0; node < nodes; ++node) {
      if (is_dead_end_[node]) GiveSelf(node, Sources(node), Rule::kInclusive);
    }
    for (size_t node = nodes; node-- > 0;) {
      if (node_members_[node] != 0 && !is_dead_end_[node]) Eliminate(node);
    }
    Finish();
    return std::move(removed_);
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kProducts = size_t{1} << 20;
  static constexpr size_t kProductsPerCall = 8;

  bool IsHidden(FunctionId f) const { return f.is_valid() && hidden_[f.row()]; }
  uint32_t NodeOf(FunctionId f) const { return nodes_[f.row()]; }

  void NumberNodes();
  void FindDeadEnds();
  void AddCalls();
  void AddEntries();
  void AddFlow(const Flow& flow, std::span<const int64_t> figures);

  void Eliminate(size_t node);
  // The flows of a list: those of equal key(flow) as one.
  template <class Key>
  Flows Take(uint32_t first, Key key) const;
  Flows Sources(size_t node) const {
    return Take(entering_[node], [](const Flow& flow) {
      return std::pair(flow.caller.row(), flow.line);
    });
  }
  // In the parts that the rule tells, as far as they go.
  void GiveSelf(size_t node, const Flows& sources, Rule rule);
  void AddSelf(FunctionId caller, size_t event, int64_t cost);
  void LeadAround(const Flows& sources, const Flows& exits);

  void StandIn(size_t node, const Flows& sources, const Flows& exits);
  void AddStandIn();

  void Finish();

  Profile& profile_;
  CallGraph& graph_;
  const size_t events_;
  std::vector<bool> hidden_;
  // Per function. Hidden ones that call each other are one node; calls lead
  // from higher to lower ones of hidden functions.
  std::vector<uint32_t> nodes_;

  // Those into hidden functions wait in a list of their node; those from one
  // such node to another wait where they leave, but for those to dead ends. A
  // visible caller and callee are done with.
  Flows flows_;
  std::vector<uint32_t> next_;
  std::vector<uint32_t> entering_;  // per node: the last such
  std::vector<uint32_t> leaving_;   // per node: the last such

  std::vector<uint32_t> node_members_;  // per node: how many are hidden
  CostTable node_self_;                 // per node: of hidden ones
  // Per node: hidden, and so is all that it calls, directly or through others.
  // All of its cost is its callers' self cost.
  std::vector<bool> is_dead_end_;
  size_t products_left_ = 0;

  FunctionId stand_in_;  // where valid
  int64_t stood_in_ = 0;
  CostTable gained_;              // per function: self cost of hidden ones
  std::vector<int64_t> removed_;  // per event
  std::vector<bool> is_gain_estimated_;
};

void Hider::NumberNodes() {
  const auto highest = std::ranges::max_element(nodes_);
  const size_t nodes = highest == nodes_.end() ? 0 : size_t{*highest} + 1;
  entering_.resize(nodes, kNone);
  leaving_.resize(nodes, kNone);
  node_members_.resize(nodes);
  node_self_.Resize(nodes);
  for (size_t f = 0; f < nodes_.size(); ++f) {
    if (!hidden_[f]) continue;
    ++node_members_[nodes_[f]];
    node_self_.Add(nodes_[f], graph_.self[f]);
  }
}

void Hider::FindDeadEnds() {
  const std::vector<Call>& calls = graph_.calls;
  const auto node = [&](size_t row) { return NodeOf(calls[row].caller); };
  Grouping grouping(calls.size(), node_members_.size(), node);
  std::vector<uint32_t> by_node(calls.size());
  for (uint32_t row = 0; row < calls.size(); ++row) {
    by_node[grouping.Take(node(row))] = row;
  }
  for (const uint32_t members : node_members_) {
    is_dead_end_.push_back(members != 0);
  }
  for (const uint32_t row : by_node) {
    const FunctionId callee = calls[row].callee;
    const bool calls_itself = NodeOf(callee) == node(row);
    if (!calls_itself && !is_dead_end_[NodeOf(callee)]) {
      is_dead_end_[node(row)] = false;
    }
  }
}

void Hider::AddCalls() {
  products_left_ = kProducts + kProductsPerCall * graph_.calls.size();
  const CostTable figures = CallFigures(graph_);
  for (size_t row = 0; row < graph_.calls.size(); ++row) {
    const Call& call = graph_.calls[row];
    AddFlow({call.caller, call.callee, call.line,
             profile_.provenance.IsEstimated(row)},
            figures[row]);
  }
}

// What entered hidden functions from outside the profile.
void Hider::AddEntries() {
  const EntryCalls entries = FindEntryCalls(profile_);
  const CostTable figures = EntryFigures(graph_, entries);
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    if (!IsHidden(entry.callee)) continue;
    AddFlow({FunctionId(), entry.callee, 0, entry.is_estimated}, figures[row]);
  }
}

void Hider::AddFlow(const Flow& flow, std::span<const int64_t> figures) {
  const bool leaves = IsHidden(flow.caller);
  const bool enters = IsHidden(flow.callee);
  if (leaves && enters && NodeOf(flow.caller) == NodeOf(flow.callee)) return;
  const auto row = static_cast<uint32_t>(flows_.size());
  flows_.Add(flow, figures);
  next_.push_back(kNone);
  if (leaves && !(enters && is_dead_end_[NodeOf(flow.callee)])) {
    next_[row] = std::exchange(leaving_[NodeOf(flow.caller)], row);
  } else if (enters) {
    next_[row] = std::exchange(entering_[NodeOf(flow.callee)], row);
  }
}

void Hider::Eliminate(size_t node) {
  const Flows sources = Sources(node);
  const Flows exits = Take(leaving_[node], [&](const Flow& flow) {
    return std::pair(NodeOf(flow.callee), 0U);
  });
  // A single source leaves no more calls than there were.
  if (sources.size() > 1) {
    const size_t products = sources.size() * exits.size();
    if (products > products_left_) {
      StandIn(node, sources, exits);
      return;
    }
    products_left_ -= products;
  }
  GiveSelf(node, sources, Rule::kSelf);
  LeadAround(sources, exits);
}

template <class Key>
Flows Hider::Take(uint32_t first, Key key) const {
  std::vector<std::pair<std::pair<uint32_t, uint32_t>, uint32_t>> order;
  for (uint32_t row = first; row != kNone; row = next_[row]) {
    order.emplace_back(key(flows_.flows[row]), row);
  }
  std::ranges::sort(order);
  Flows taken(events_);
  for (size_t i = 0; i < order.size(); ++i) {
    const uint32_t row = order[i].second;
    const Flow& flow = flows_.flows[row];
    if (i == 0 || order[i].first != order[i - 1].first) {
      taken.Add(flow, flows_.figures[row]);
      continue;
    }
    taken.flows.back().is_estimated |= flow.is_estimated;
    taken.flows.back().is_made |= flow.is_made;
    taken.figures.Add(taken.size() - 1, flows_.figures[row]);
  }
  return taken;
}

void Hider::GiveSelf(size_t node, const Flows& sources, Rule rule) {
  for (size_t e = 0; e < events_; ++e) {
    const int64_t self = node_self_[node][e];
    int64_t told = 0;
    for (size_t row = 0; row < sources.size(); ++row) {
      told = SaturatingAdd(told, WeightOf(sources, row, e, rule));
    }
    const int64_t rest = SaturatingAdd(self, -told);
    const auto give = [&](size_t row, int64_t cost) {
      AddSelf(sources.flows[row].caller, e, cost);
    };
    if (sources.size() == 0) {
      AddSelf(FunctionId(), e, self);
    } else if (rest < 0) {
      Weights(sources, e, rule).ShareOut(self, give);
    } else {
      for (size_t row = 0; row < sources.size(); ++row) {
        give(row, WeightOf(sources, row, e, rule));
      }
      const Rule next = std::max(rule, Rule::kBelow);
      Weights(sources, e, next).ShareOut(rest, give);
    }
    // Each figure was rounded on its own.
    const auto rounding = static_cast<int64_t>(sources.size());
    const bool is_exact =
        rest <= rounding && rest >= -rounding &&
        std::ranges::none_of(sources.flows, &Flow::is_estimated);
    if (sources.size() > 1 && !is_exact) is_gain_estimated_[e] = true;
  }
}

void Hider::AddSelf(FunctionId caller, size_t event, int64_t cost) {
  int64_t& sum = IsHidden(caller)    ? node_self_[NodeOf(caller)][event]
                 : caller.is_valid() ? gained_[caller.row()][event]
                                     : removed_[event];
  sum = SaturatingAdd(sum, cost);
}

void Hider::LeadAround(const Flows& sources, const Flows& exits) {
  if (exits.size() == 0) return;
  const Weights by_calls(sources, 0, Rule::kCalls);
  std::vector<Weights> by_cost;
  for (size_t e = 0; e < events_; ++e) {
    by_cost.emplace_back(sources, e, Rule::kBelow);
  }
  for (size_t exit = 0; exit < exits.size(); ++exit) {
    CostTable shares(flows_.columns());
    shares.Resize(sources.size());
    for (size_t column = 0; column < flows_.columns(); ++column) {
      const Weights& weights =
          column < Flows::kCosts ? by_calls
                                 : by_cost[(column - Flows::kCosts) % events_];
      weights.ShareOut(
          exits.figures[exit][column],
          [&](size_t row, int64_t share) { shares[row][column] = share; });
    }
    const Flow& to = exits.flows[exit];
    for (size_t row = 0; row < sources.size(); ++row) {
      const Flow& from = sources.flows[row];
      const bool is_nothing = std::ranges::all_of(
          shares[row], [](int64_t figure) { return figure == 0; });
      const bool is_outside = !from.caller.is_valid() && !IsHidden(to.callee);
      if (is_nothing || is_outside) continue;
      const bool is_estimated =
          sources.size() > 1 || from.is_estimated || to.is_estimated;
      AddFlow({from.caller, to.callee, from.line, is_estimated, true},
              shares[row]);
    }
  }
}

void Hider::StandIn(size_t node, const Flows& sources, const Flows& exits) {
  if (!stand_in_.is_valid()) AddStandIn();
  stood_in_ += node_members_[node];
  const size_t f = stand_in_.row();
  graph_.self.Add(f, node_self_[node]);
  for (size_t row = 0; row < sources.size(); ++row) {
    Flow flow = sources.flows[row];
    if (flow.caller == stand_in_) continue;
    const auto figures = sources.figures[row];
    graph_.counts[f] +=
        CallCounts{figures[Flows::kCalls], figures[Flows::kPrimitive]};
    graph_.inclusive.Add(f, sources.Inclusive(row));
    flow.callee = stand_in_;
    if (flow.caller.is_valid()) AddFlow(flow, figures);
  }
  for (size_t row = 0; row < exits.size(); ++row) {
    Flow flow = exits.flows[row];
    flow.caller = stand_in_;
    flow.line = 0;
    AddFlow(flow, exits.figures[row]);
  }
}

void Hider::AddStandIn() {
  stand_in_ = FunctionId(profile_.functions.size());
  const StringId empty(0);
  profile_.functions.push_back(
      {profile_.strings.Intern("(hidden)"), empty, empty, 0});
  graph_.counts.emplace_back();
  graph_.self.Resize(profile_.functions.size());
  graph_.inclusive.Resize(profile_.functions.size());
  gained_.Resize(profile_.functions.size());
  hidden_.push_back(false);
  nodes_.push_back(static_cast<uint32_t>(node_members_.size()));
}

void Hider::Finish() {
  Reroute reroute{Flows(events_), std::move(gained_),
                  std::move(is_gain_estimated_)};
  for (size_t row = 0; row < flows_.size(); ++row) {
    const Flow& flow = flows_.flows[row];
    const bool is_call = flow.caller.is_valid() && !IsHidden(flow.caller) &&
                         !IsHidden(flow.callee);
    if (is_call) reroute.flows.Add(flow, flows_.figures[row]);
  }
  RerouteCalls(profile_, std::move(reroute));
  profile_.provenance.Note(
      "hidden function has too many callers and callees to be led around: "
      "shown as (hidden)",
      "hidden functions have too many callers and callees to be led around: "
      "shown as one, (hidden)",
      stood_in_);
}

}  // namespace

std::vector<int64_t> EstimateHidden(Profile& profile,
                                    const std::vector<bool>& hidden) {
  return Hider(profile, hidden).Run();
}

}  // namespace prof2cg
