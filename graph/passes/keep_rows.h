// Drops rows of a profile: functions and calls that a filter left nothing of.
#ifndef PROF2CG_GRAPH_PASSES_KEEP_ROWS_H_
#define PROF2CG_GRAPH_PASSES_KEEP_ROWS_H_

#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Keeps the functions of `keep`, a bit per row, and all calls between them.
// Rows stay in their order; those that are equal become one, with the sum of
// their figures. No context may be one of a function that goes.
//
// Strings stay, also those that no function has any more: their ids hold.
// O(functions + calls + contexts).
void KeepFunctions(Profile& profile, const std::vector<bool>& keep);

// Keeps what is not all zero: calls with a figure, and functions with a figure
// or such a call.
void KeepFigures(Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_KEEP_ROWS_H_
