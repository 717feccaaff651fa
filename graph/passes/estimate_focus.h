// Focusing on functions of a call graph, which does not know whole stacks.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATE_FOCUS_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATE_FOCUS_H_

#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Keeps, of a profile without contexts, the costs of stacks that hold a
// function of `chosen`, a bit per row: what they are expected to be if a
// function does the same whoever called it. For each event, of a function
//
//   above  the part of its stacks that hold a chosen function at it or before
//          it: 1 if it is chosen, else that of its callers, weighed by what
//          their calls cost; 0 of what came from outside the profile;
//   below  the part of its cost that leads to a chosen function: 1 if it is
//          chosen, else that of its callees, weighed by what it calls them for,
//          with 0 of its self cost;
//
// and what remains is
//
//   self          of it: above
//   inclusive     of it: above + (1 - above) * below
//   call          of it from a caller: the caller's above + (1 - that) * below
//   call's self   1 if it is chosen, else the caller's above
//   counts        all if it leads to a chosen function, else above, where calls
//                 weigh what they are counted
//
// Other functions that call each other are taken for one. What is then a part
// of a figure, rounded, is marked as estimated, and noted; all and nothing are
// not. Rows without figures go. O(functions + calls), without recursion.
void EstimateFocus(Profile& profile, const std::vector<bool>& chosen);

// Keeps what EstimateFocus takes away of costs, to the last unit. Counts are
// those outside of stacks with a chosen function.
void EstimateIgnored(Profile& profile, const std::vector<bool>& chosen);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATE_FOCUS_H_
