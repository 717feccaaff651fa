// Functions told apart by callers that only a call graph tells of.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATE_CALLERS_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATE_CALLERS_H_

#include "graph/passes/separation_rules.h"
#include "graph/passes/weigh_contexts.h"
#include "graph/profile.h"

namespace prof2cg {

// SeparateCallers of a profile without contexts.
//
//  - With one caller, functions are exact: f'g has the figures of g's calls of
//    f, and f those of what came from outside the profile
//    (passes/entry_calls.h). A source that does not tell what a callee cost
//    itself in a call leaves that to be shared by what calls cost.
//  - What f calls is shared among its contexts in proportion to what these cost
//    below f, for each event: the likeliest table of which both margins are
//    known. Counts go by the first event, and a call goes to no more contexts
//    than it was made times. This gives the contexts of what f calls, and so
//    on, caller by caller.
//  - Where functions call each other, inclusive costs overlap: there contexts
//    weigh by their calls (passes/weigh_contexts.h).
//  - A function that calls itself has two levels, if as many are asked for: the
//    second has the figures of that call. Further ones, and levels of functions
//    that call each other, cannot be told, which is noted.
//
// Parts of a figure are whole numbers that add up to it; parts of nothing make
// no context and no call. What is not exact is marked as estimated.
//
// No more than about a million parts of calls are told, more in large graphs:
// functions with most of them do with fewer callers, which is noted as with
// max_names. Without recursion, in O(n log n) of what comes out and goes in.
void EstimateCallers(Profile& profile, const SeparationRules& rules,
                     ContextWeights weights = {});

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATE_CALLERS_H_
