#include "graph/passes/entry_calls.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace prof2cg {
namespace {

// Exact: each stack was entered at its root.
EntryCalls FindRoots(const Profile& profile) {
  const ContextTree& tree = *profile.contexts;
  const size_t functions = profile.functions.size();
  const CostTable inclusive = SumInclusive(tree);
  CostTable costs(profile.events.size());
  costs.Resize(functions);
  std::vector<int64_t> calls(functions);
  std::vector<bool> is_root(functions);
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const Context& context = tree.contexts[row];
    if (context.parent.is_valid()) continue;
    const size_t f = context.function.row();
    is_root[f] = true;
    calls[f] = SaturatingAdd(calls[f], context.calls);
    costs.Add(f, inclusive[row]);
  }
  EntryCalls entries{{}, CostTable(profile.events.size())};
  for (size_t f = 0; f < functions; ++f) {
    if (!is_root[f]) continue;
    entries.calls.push_back({FunctionId(f), calls[f], false});
    entries.inclusive.Append(costs[f]);
  }
  return entries;
}

// Where nothing was counted: what a function costs beyond the calls into it.
EntryCalls FindUncounted(const Profile& profile,
                         const IncomingCalls& incoming) {
  const size_t events = profile.events.size();
  EntryCalls entries{{}, CostTable(events)};
  std::vector<int64_t> cost(events);
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    for (size_t e = 0; e < events; ++e) {
      cost[e] = Rest(profile.graph.inclusive[f][e], incoming.inclusive[f][e]);
    }
    if (std::ranges::all_of(cost, [](int64_t c) { return c == 0; })) continue;
    entries.calls.push_back({FunctionId(f), 0, false});
    entries.inclusive.Append(cost);
  }
  return entries;
}

}  // namespace

EntryCalls FindEntryCalls(const Profile& profile) {
  return FindEntryCalls(profile, SumIncomingCalls(profile.graph));
}

EntryCalls FindEntryCalls(const Profile& profile,
                          const IncomingCalls& incoming) {
  if (profile.contexts) return FindRoots(profile);
  if (profile.provenance.call_counts == Origin::kAbsent) {
    return FindUncounted(profile, incoming);
  }
  const CallGraph& graph = profile.graph;
  const size_t events = profile.events.size();
  EntryCalls entries{{}, CostTable(events)};
  std::vector<int64_t> cost(events);
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const CallCounts counts = graph.counts[f];
    const auto inclusive = graph.inclusive[f];
    EntryCall entry{FunctionId(f),
                    SaturatingAdd(counts.total, -incoming.calls[f]), false};
    const bool is_uncounted_root =
        counts.total == 0 && incoming.calls[f] == 0 &&
        std::ranges::any_of(inclusive, [](int64_t c) { return c > 0; });
    if (entry.calls <= 0 && !is_uncounted_root) continue;

    if (incoming.calls[f] == 0 || entry.calls >= counts.primitive) {
      std::ranges::copy(inclusive, cost.begin());
    } else if (counts.primitive == counts.total) {
      for (size_t e = 0; e < events; ++e) {
        cost[e] = Rest(inclusive[e], incoming.inclusive[f][e]);
      }
    } else {
      entry.is_estimated = true;
      for (size_t e = 0; e < events; ++e) {
        cost[e] = Share(inclusive[e], entry.calls, counts.primitive);
      }
    }
    entries.calls.push_back(entry);
    entries.inclusive.Append(cost);
  }
  return entries;
}

}  // namespace prof2cg
