// Functions that a user does not want to see.
#ifndef PROF2CG_GRAPH_PASSES_HIDE_H_
#define PROF2CG_GRAPH_PASSES_HIDE_H_

#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Takes the frames of the functions of `hidden`, a bit per row, out of all
// stacks, as pprof's -hide does: their self cost becomes that of the nearest
// caller that remains, and what they called is called by that one, from the
// line where it called the first of them. A stack of hidden frames alone goes
// with its cost, which is noted. What remains keeps its counts and inclusive
// costs. Where nothing is hidden, nothing changes.
//
// Exact with contexts, which are then the source of the call graph; without,
// see EstimateHidden. O(functions + calls + contexts), without recursion.
void Hide(Profile& profile, const std::vector<bool>& hidden);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_HIDE_H_
