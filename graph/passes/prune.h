// Leaves out what costs little.
#ifndef PROF2CG_GRAPH_PASSES_PRUNE_H_
#define PROF2CG_GRAPH_PASSES_PRUNE_H_

#include <cstddef>
#include <vector>

#include "graph/call_graph.h"
#include "graph/passes/selection.h"
#include "graph/passes/shares.h"

namespace prof2cg {

// A call's inclusive share or, where that is unknown, at most that of its
// caller and its callee; not a number where these are unknown.
double CallWeight(const CallGraph& graph, const Shares& shares, size_t call);

// Drops functions whose inclusive share is below `threshold`, but for those of
// `asked_for`, a bit per function. What has no known share stays.
void DropColdFunctions(const Shares& shares, double threshold,
                       const std::vector<bool>& asked_for, Selection& kept);

// Drops calls whose weight is below `threshold`, and loose ones.
void DropColdCalls(const CallGraph& graph, const Shares& shares,
                   double threshold, Selection& kept);

// Keeps those of `asked_for` and, of the others, the costliest by inclusive
// share, the first of equals, up to so many in all. Gives how many were
// dropped. O(functions).
size_t KeepCostliest(const Shares& shares, size_t most,
                     const std::vector<bool>& asked_for, Selection& kept);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_PRUNE_H_
