// Calls of a call graph from contexts with one caller more.
#ifndef PROF2CG_GRAPH_PASSES_REFINE_CALLS_H_
#define PROF2CG_GRAPH_PASSES_REFINE_CALLS_H_

#include "graph/passes/grow_contexts.h"
#include "graph/passes/refinement.h"

namespace prof2cg {

// Shares those calls that need it out to the children of the contexts that make
// them. O(calls + parts of them).
void RefineCalls(Refinement& at, const RecursionWeights& recursion_weights);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REFINE_CALLS_H_
