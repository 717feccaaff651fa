// What the calls into each function add up to.
#ifndef PROF2CG_GRAPH_PASSES_INCOMING_CALLS_H_
#define PROF2CG_GRAPH_PASSES_INCOMING_CALLS_H_

#include <cstdint>
#include <vector>

#include "graph/call_graph.h"
#include "graph/cost_table.h"

namespace prof2cg {

struct IncomingCalls {
  // Per function, direct recursion included. A caller that was not counted
  // counts as one.
  std::vector<int64_t> calls;
  CostTable inclusive;  // a row per function, direct recursion left out
};

// O(functions + calls).
IncomingCalls SumIncomingCalls(const CallGraph& graph);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_INCOMING_CALLS_H_
