#include "graph/passes/shares_by_call_ratios.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>

#include "graph/grouping.h"
#include "graph/passes/call_index.h"
#include "graph/passes/cycles.h"

namespace prof2cg {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr uint32_t kUnranked = UINT32_MAX;
// So many entries of a cycle are followed one by one.
constexpr size_t kSeparateEntries = 64;

// By call and event: the inclusive cost of all contexts that the call made,
// those of recursion within each other too.
std::vector<double> CostsInContexts(const Profile& profile, EventId event) {
  const std::vector<Context>& contexts = profile.contexts->contexts;
  const CallGraph& graph = profile.graph;
  std::vector<double> inclusive(contexts.size());
  for (size_t c = contexts.size(); c-- > 0;) {
    inclusive[c] += static_cast<double>(profile.contexts->self[c][event.row()]);
    const ContextId parent = contexts[c].parent;
    if (parent.is_valid()) inclusive[parent.row()] += inclusive[c];
  }
  const size_t functions = graph.counts.size();
  // Contexts by the function that made the call; of roots, none did.
  const auto caller = [&](size_t c) -> size_t {
    const ContextId parent = contexts[c].parent;
    return parent.is_valid() ? contexts[parent.row()].function.row()
                             : functions;
  };
  Grouping grouping(contexts.size(), functions + 1, caller);
  std::vector<uint32_t> by_caller(contexts.size());
  for (uint32_t c = 0; c < contexts.size(); ++c) {
    by_caller[grouping.Take(caller(c))] = c;
  }
  const std::vector<uint32_t> begins = std::move(grouping).Begins();
  const CallIndex calls = IndexByCaller(graph);
  std::vector<double> costs(graph.calls.size());
  std::vector<CallId> call_to(functions);  // from the caller at hand
  for (size_t f = 0; f < functions; ++f) {
    for (const CallId call : calls.Of(FunctionId(f))) {
      call_to[graph.calls[call.row()].callee.row()] = call;
    }
    for (uint32_t i = begins[f]; i < begins[f + 1]; ++i) {
      const uint32_t c = by_caller[i];
      costs[call_to[contexts[c].function.row()].row()] += inclusive[c];
    }
  }
  return costs;
}

double WeightOf(const Profile& profile, size_t call, EventId event) {
  const CallGraph& graph = profile.graph;
  const auto weight = [&] {
    switch (profile.share_by) {
      case ShareBy::kCallCosts:
        break;
      case ShareBy::kCallCounts:
        return graph.calls[call].counts.total;
      case ShareBy::kCallerCosts:
        return graph.inclusive[graph.calls[call].caller.row()][event.row()];
    }
    return graph.call_inclusive[call][event.row()];
  };
  return static_cast<double>(weight());
}

std::vector<double> WeightsOfCalls(const Profile& profile, EventId event) {
  if (profile.contexts) return CostsInContexts(profile, event);
  std::vector<double> weights(profile.graph.calls.size());
  for (size_t row = 0; row < weights.size(); ++row) {
    weights[row] = WeightOf(profile, row, event);
  }
  return weights;
}

class Integration {
 public:
  Integration(const Profile& profile, EventId event)
      : profile_(profile),
        event_(event),
        calls_(profile.graph.calls),
        by_caller_(IndexByCaller(profile.graph)),
        cycle_of_(NumberCycles(profile.graph)) {
    ShareSelf(profile, event, shares_);
    shares_.inclusive_total = shares_.self_total;
    shares_.inclusive.resize(profile.functions.size());
    shares_.calls.resize(calls_.size(), kUnknown);
    GroupMembers();
    FindRatios();
  }

  Shares OfCallsAlone() && {
    shares_ = SharesAsRecorded(profile_, event_);
    for (size_t row = 0; row < calls_.size(); ++row) {
      const double ratio = IsRecursion(calls_[row]) ? 1 : ratios_[row];
      shares_.calls[row] = ratio * shares_.inclusive[calls_[row].callee.row()];
    }
    return std::move(shares_);
  }

  // Callees before callers: calls lead from higher to lower numbers of cycles.
  Shares Run() && {
    ranks_.resize(profile_.functions.size(), kUnranked);
    into_.resize(profile_.functions.size());
    forward_calls_.resize(profile_.functions.size());
    flows_.resize(profile_.functions.size());
    for (uint32_t cycle = 0; cycle < inclusive_.size(); ++cycle) {
      double sum = 0;
      for (const uint32_t f : Members(cycle)) {
        flows_[f] = shares_.self[f] + Leaving(f);
        sum += flows_[f];
      }
      inclusive_[cycle] = std::min(sum, 1.);
      if (IsCycle(cycle)) {
        ShareAmongMembers(cycle);
      } else {
        shares_.inclusive[Members(cycle).front()] = inclusive_[cycle];
      }
    }
    // Calls without cost may stand for all of nothing several times.
    for (std::vector<double>* all : {&shares_.inclusive, &shares_.calls}) {
      for (double& share : *all) {
        if (share > 1) share = 1;
      }
    }
    return std::move(shares_);
  }

 private:
  // A member that is called from outside its cycle, and its part of that.
  struct Entry {
    uint32_t function;
    double ratio;
  };

  void GroupMembers() {
    const size_t functions = cycle_of_.size();
    const uint32_t cycles =
        functions == 0 ? 0 : *std::ranges::max_element(cycle_of_) + 1;
    Grouping grouping(functions, cycles,
                      [&](size_t f) { return cycle_of_[f]; });
    members_.resize(functions);
    for (uint32_t f = 0; f < functions; ++f) {
      members_[grouping.Take(cycle_of_[f])] = f;
    }
    begins_ = std::move(grouping).Begins();
    inclusive_.resize(cycles);
  }

  std::span<const uint32_t> Members(uint32_t cycle) const {
    return {members_.data() + begins_[cycle],
            begins_[cycle + 1] - begins_[cycle]};
  }
  bool IsCycle(uint32_t cycle) const { return Members(cycle).size() > 1; }

  bool IsRecursion(const Call& call) const {
    return call.caller == call.callee;
  }
  bool IsWithinCycle(const Call& call) const {
    return cycle_of_[call.caller.row()] == cycle_of_[call.callee.row()];
  }

  // What part of its callee each call has: among all calls into the callee or,
  // from outside a cycle, among those into the cycle.
  void FindRatios() {
    std::vector<double> into(profile_.functions.size());
    std::vector<double> into_cycle(inclusive_.size());
    const std::vector<double> costs = WeightsOfCalls(profile_, event_);
    for (size_t row = 0; row < calls_.size(); ++row) {
      const Call& call = calls_[row];
      if (IsRecursion(call)) continue;
      into[call.callee.row()] += costs[row];
      if (!IsWithinCycle(call)) {
        into_cycle[cycle_of_[call.callee.row()]] += costs[row];
      }
    }
    ratios_.resize(calls_.size());
    for (size_t row = 0; row < calls_.size(); ++row) {
      const Call& call = calls_[row];
      const uint32_t cycle = cycle_of_[call.callee.row()];
      const bool enters = IsCycle(cycle) && !IsWithinCycle(call);
      ratios_[row] = Ratio(
          costs[row], enters ? into_cycle[cycle] : into[call.callee.row()]);
    }
  }

  // What the calls of `f` out of its cycle cost.
  double Leaving(uint32_t f) {
    double sum = 0;
    for (const CallId id : by_caller_.Of(FunctionId(f))) {
      const Call& call = calls_[id.row()];
      if (IsWithinCycle(call)) continue;
      const double share =
          ratios_[id.row()] * inclusive_[cycle_of_[call.callee.row()]];
      shares_.calls[id.row()] = share;
      sum += share;
    }
    return sum;
  }

  // Those of each cycle, once for all.
  const std::vector<Entry>& Entries(uint32_t cycle) {
    if (!has_entries_) FindEntries();
    return entries_[cycle];
  }

  void FindEntries() {
    has_entries_ = true;
    std::vector<double> entered(profile_.functions.size(), kUnknown);
    for (size_t row = 0; row < calls_.size(); ++row) {
      const Call& call = calls_[row];
      if (IsWithinCycle(call)) continue;
      double& ratio = entered[call.callee.row()];
      ratio = (ratio > 0 ? ratio : 0) + ratios_[row];
    }
    entries_.resize(inclusive_.size());
    for (uint32_t f = 0; f < entered.size(); ++f) {
      if (IsCycle(cycle_of_[f]) && entered[f] >= 0) {
        entries_[cycle_of_[f]].push_back({f, entered[f]});
      }
    }
  }

  void ShareAmongMembers(uint32_t cycle) {
    std::vector<Entry> entries = Entries(cycle);
    if (entries.empty()) entries.push_back({Costliest(cycle), 1});
    double sum = 0;
    for (const Entry& entry : entries) sum += entry.ratio;
    // More where calls without cost stand for all of nothing.
    if (sum > 1) {
      for (Entry& entry : entries) entry.ratio /= sum;
    }
    std::ranges::stable_sort(entries, std::greater(), &Entry::ratio);
    const std::span<const Entry> all = entries;
    const size_t separate = std::min(all.size(), kSeparateEntries);
    for (size_t i = 0; i < separate; ++i) Follow(all.subspan(i, 1));
    if (separate < all.size()) Follow(all.subspan(separate));
  }

  // By its recorded inclusive cost, or what it and its calls cost.
  uint32_t Costliest(uint32_t cycle) const {
    const CallGraph& graph = profile_.graph;
    uint32_t costliest = 0;
    double most = -1;
    for (const uint32_t f : Members(cycle)) {
      double cost = static_cast<double>(graph.self[f][event_.row()]);
      for (const CallId id : by_caller_.Of(FunctionId(f))) {
        if (IsRecursion(calls_[id.row()])) continue;
        cost +=
            static_cast<double>(graph.call_inclusive[id.row()][event_.row()]);
      }
      cost =
          std::max(cost, static_cast<double>(graph.inclusive[f][event_.row()]));
      if (cost > most) {
        most = cost;
        costliest = f;
      }
    }
    return costliest;
  }

  // Gives the entries' part of their cycle to its members.
  void Follow(std::span<const Entry> entries) {
    double ratio = 0;
    for (const Entry& entry : entries) ratio += entry.ratio;
    const std::vector<uint32_t> order = RankFrom(entries);
    for (const uint32_t f : order) CountForward(f);
    // Furthest first: forward calls lead to what is known.
    std::vector<double>& parts = parts_;
    parts.resize(profile_.functions.size());
    for (size_t i = order.size(); i-- > 0;) {
      const uint32_t f = order[i];
      double part = ratio * flows_[f];
      ForEachForward(f, [&](CallId id, uint32_t callee) {
        const double share = ForwardRatio(id, callee) * parts[callee];
        double& of_call = shares_.calls[id.row()];
        of_call = (of_call > 0 ? of_call : 0) + share;
        part += share;
      });
      parts[f] = part;
      shares_.inclusive[f] += part;
    }
    for (const uint32_t f : order) {
      ranks_[f] = kUnranked;
      into_[f] = 0;
      forward_calls_[f] = 0;
    }
  }

  // Of calls that share nothing, each has the same part.
  double ForwardRatio(CallId id, uint32_t callee) const {
    return into_[callee] > 0 ? ratios_[id.row()] / into_[callee]
                             : 1. / forward_calls_[callee];
  }

  // Ranks members by how many calls they are away; gives them in that order.
  std::vector<uint32_t> RankFrom(std::span<const Entry> entries) {
    std::vector<uint32_t> order;
    for (const Entry& entry : entries) {
      ranks_[entry.function] = 0;
      order.push_back(entry.function);
    }
    for (size_t next = 0; next < order.size(); ++next) {
      const uint32_t f = order[next];
      for (const CallId id : by_caller_.Of(FunctionId(f))) {
        const Call& call = calls_[id.row()];
        uint32_t& rank = ranks_[call.callee.row()];
        if (!IsWithinCycle(call) || rank != kUnranked) continue;
        rank = ranks_[f] + 1;
        order.push_back(call.callee.row());
      }
    }
    return order;
  }

  template <class Use>
  void ForEachForward(uint32_t f, Use use) {
    for (const CallId id : by_caller_.Of(FunctionId(f))) {
      const Call& call = calls_[id.row()];
      const uint32_t callee = call.callee.row();
      if (IsWithinCycle(call) && ranks_[callee] > ranks_[f]) use(id, callee);
    }
  }

  void CountForward(uint32_t f) {
    ForEachForward(f, [&](CallId id, uint32_t callee) {
      into_[callee] += ratios_[id.row()];
      ++forward_calls_[callee];
    });
  }

  const Profile& profile_;
  const EventId event_;
  const std::vector<Call>& calls_;
  const CallIndex by_caller_;
  const std::vector<uint32_t> cycle_of_;  // a row per function
  std::vector<uint32_t> members_;         // cycle by cycle
  std::vector<uint32_t> begins_;          // a row per cycle, into members_
  std::vector<double> ratios_;            // a row per call
  std::vector<double> inclusive_;         // a row per cycle
  bool has_entries_ = false;
  std::vector<std::vector<Entry>> entries_;  // a row per cycle
  // Rows per function, for the cycle at hand.
  std::vector<double> flows_;  // self and leaving calls
  std::vector<uint32_t> ranks_;
  std::vector<double> into_;  // ratios of forward calls
  std::vector<uint32_t> forward_calls_;
  std::vector<double> parts_;
  Shares shares_;
};

}  // namespace

Shares SharesByCallRatios(const Profile& profile, EventId event) {
  Integration integration(profile, event);
  return profile.share_by == ShareBy::kCallerCosts
             ? std::move(integration).OfCallsAlone()
             : std::move(integration).Run();
}

}  // namespace prof2cg
