#include "graph/passes/incoming_calls.h"

#include <algorithm>
#include <cstddef>

namespace prof2cg {

IncomingCalls SumIncomingCalls(const CallGraph& graph) {
  IncomingCalls sum{std::vector<int64_t>(graph.counts.size()),
                    CostTable(graph.call_inclusive.events())};
  sum.inclusive.Resize(graph.counts.size());
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    graph.WithCalleeAhead(row, [&](size_t ahead) {
      __builtin_prefetch(&sum.calls[ahead]);
      sum.inclusive.Prefetch(ahead);
    });
    const Call& call = graph.calls[row];
    int64_t& calls = sum.calls[call.callee.row()];
    calls = SaturatingAdd(calls, std::max<int64_t>(1, call.counts.total));
    if (call.caller != call.callee) {
      sum.inclusive.Add(call.callee.row(), graph.call_inclusive[row]);
    }
  }
  return sum;
}

}  // namespace prof2cg
