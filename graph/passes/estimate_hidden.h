// Hiding functions of a call graph, which does not know whole stacks.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATE_HIDDEN_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATE_HIDDEN_H_

#include <cstdint>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Leads the calls of a profile without contexts around the functions of
// `hidden`, a bit per row, whose rows stay for the caller to drop. Returns the
// self cost, per event, that no visible function called for.
//
// It is what stacks would give if a function did the same whoever called it:
//
//  - Each callee of a hidden function is called by each of its callers. Costs
//    are shared out in proportion to what the callers' calls cost below the
//    hidden function, counts to how many calls those are.
//  - Its self cost goes to its callers: as the profile tells it per call
//    (call_self), the rest in proportion to what they cost below it. What calls
//    nothing visible, not through others either, is all self cost of its
//    callers, which their calls tell.
//  - What entered it from outside the profile is a caller, too, but nobody who
//    could be shown: callees then count as entered from outside.
//  - Hidden functions that call each other are taken for one.
//
// Each column is shared out without a rest, so that the calls into a function
// cost together what they did. A call with one possible caller is not estimated
// unless caller and callee call each other; others are marked, and noted. A
// share of nothing makes no call.
//
// Callers times callees may be many, of a hub that everything goes through.
// Where no room is left for them (about a million, more in large graphs),
// hidden functions are shown as a single function, "(hidden)", which is exact,
// and noted. Without recursion, in O(n log n) for n functions, calls and such
// products.
std::vector<int64_t> EstimateHidden(Profile& profile,
                                    const std::vector<bool>& hidden);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATE_HIDDEN_H_
