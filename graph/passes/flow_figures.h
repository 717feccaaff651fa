// The figures of a call graph as rows of Flows (passes/flows.h).
#ifndef PROF2CG_GRAPH_PASSES_FLOW_FIGURES_H_
#define PROF2CG_GRAPH_PASSES_FLOW_FIGURES_H_

#include "graph/call_graph.h"
#include "graph/cost_table.h"
#include "graph/passes/entry_calls.h"

namespace prof2cg {

// A row per function, per call, and per call that entered the profile. Such a
// one has the self cost that the calls of its callee leave; without call_self,
// calls have none. Each is linear in the graph.
CostTable FunctionFigures(const CallGraph& graph);
CostTable CallFigures(const CallGraph& graph);
CostTable EntryFigures(const CallGraph& graph, const EntryCalls& entries);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FLOW_FIGURES_H_
