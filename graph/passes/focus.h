// The part of a profile that has to do with some functions.
#ifndef PROF2CG_GRAPH_PASSES_FOCUS_H_
#define PROF2CG_GRAPH_PASSES_FOCUS_H_

#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Keeps the cost of the stacks that hold a function of `chosen`, a bit per row,
// as pprof's -focus does: whole stacks, what leads there and what it leads to.
// A caller on the way keeps its calls, and no self cost of its own. Functions,
// calls and contexts that are on no such stack go.
//
// Exact with contexts, which are then the source of the call graph; without,
// see EstimateFocus. O(functions + calls + contexts), without recursion.
void Focus(Profile& profile, const std::vector<bool>& chosen);

// Keeps the others: the costs of both, by event and function, are the whole.
// Both, one after the other, keep the stacks that hold one of the first
// functions and none of the second. To hide functions as well, do it later.
void Ignore(Profile& profile, const std::vector<bool>& chosen);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FOCUS_H_
