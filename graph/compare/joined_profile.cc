#include "graph/compare/joined_profile.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "graph/shared_text.h"

namespace prof2cg {
namespace {

CostTable Greater(const CostTable& base, const CostTable& current) {
  CostTable greater = base;
  std::ranges::transform(base.all(), current.all(), greater.all().begin(),
                         [](int64_t a, int64_t b) { return std::max(a, b); });
  return greater;
}

CallCounts Greater(int64_t base, int64_t current) {
  const int64_t greater = std::max(base, current);
  return {greater, greater};
}

CallGraph GreaterGraph(const JoinedGraph& joined) {
  const Figures& base = joined.base;
  const Figures& current = joined.current;
  CallGraph graph;
  for (size_t f = 0; f < joined.functions.size(); ++f) {
    graph.counts.push_back(Greater(base.calls[f], current.calls[f]));
  }
  graph.self = Greater(base.self, current.self);
  graph.inclusive = Greater(base.inclusive, current.inclusive);
  for (size_t c = 0; c < joined.calls.size(); ++c) {
    const auto [caller, callee] = joined.calls[c];
    graph.calls.push_back({FunctionId(caller), FunctionId(callee), 0,
                           Greater(base.call_calls[c], current.call_calls[c])});
  }
  graph.call_inclusive = Greater(base.call_inclusive, current.call_inclusive);
  graph.call_self = CostTable(joined.events.size());
  return graph;
}

Origin CommonOrigin(Origin base, Origin current) {
  const bool is_known = base != Origin::kAbsent && current != Origin::kAbsent;
  return is_known ? Origin::kMeasured : Origin::kAbsent;
}

}  // namespace

Profile JoinedProfile(const JoinedGraph& graph, const Profile& base,
                      const Profile& current) {
  Profile joined;
  joined.events = graph.events;
  const FunctionTable of_base = WithSharedText(base, joined.strings);
  const FunctionTable of_current = WithSharedText(current, joined.strings);
  for (const FunctionPair& pair : graph.functions) {
    joined.functions.push_back(pair.current.is_valid()
                                   ? of_current[pair.current.row()]
                                   : of_base[pair.base.row()]);
  }
  joined.graph = GreaterGraph(graph);
  joined.provenance.events.resize(graph.events.size());
  joined.provenance.counts =
      CommonOrigin(base.provenance.counts, current.provenance.counts);
  joined.provenance.call_counts =
      CommonOrigin(base.provenance.call_counts, current.provenance.call_counts);
  joined.naming = current.naming;
  return joined;
}

}  // namespace prof2cg
