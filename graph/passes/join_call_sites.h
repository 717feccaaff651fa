// One call of each caller and callee.
#ifndef PROF2CG_GRAPH_PASSES_JOIN_CALL_SITES_H_
#define PROF2CG_GRAPH_PASSES_JOIN_CALL_SITES_H_

#include "graph/call_graph.h"
#include "graph/profile.h"

namespace prof2cg {

// Makes one of the calls that differ only in their line; a call from several
// lines has none. With contexts it is what they say of it: of recursion that
// goes through several lines, sums would count each level again. Without them
// figures add up, and what has an estimated part is estimated. Contexts stay as
// they are. O(functions + calls + contexts).
void JoinCallSites(Profile& profile);

// Whether a caller calls a callee from several lines, so that there is anything
// to join. O(functions + calls).
bool HasSeveralSites(const CallGraph& graph);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_JOIN_CALL_SITES_H_
