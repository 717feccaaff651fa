// Figures of functions for sources that tell only self costs and calls.
#ifndef PROF2CG_GRAPH_PASSES_DERIVE_FUNCTIONS_H_
#define PROF2CG_GRAPH_PASSES_DERIVE_FUNCTIONS_H_

#include <cstdint>

#include "graph/profile.h"

namespace prof2cg {

// Derives every function's counts and inclusive cost, and marks them as
// derived, from self costs, the total counts of calls and their costs.
//
//  - A function that others call costs what these calls cost; one that nobody
//    calls, its self cost and the calls that it makes. Its own calls of itself
//    are left out: they lie within the others. That is what KCachegrind shows.
//  - The same holds for a cycle, functions that call each other, as a whole.
//    Within it, each level of the recursion is counted again, so a member's
//    inclusive cost is at most the cycle's, and at most that of the calls into
//    it. Where one member has all calls from outside, that is its exact cost.
//  - A call by a function outside of the callee's cycle is primitive. A call by
//    the callee itself is not, nor is one within the cycle into its one entry,
//    which is active as long as the cycle is. Others of the cycle may be
//    either, and count as primitive.
//
// Gives the number of functions whose figures are such upper bounds.
// O(functions + calls).
int64_t DeriveFunctions(Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_DERIVE_FUNCTIONS_H_
