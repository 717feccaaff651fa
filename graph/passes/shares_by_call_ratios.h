// Inclusive shares from self costs alone, by how much each caller has of its
// callees.
#ifndef PROF2CG_GRAPH_PASSES_SHARES_BY_CALL_RATIOS_H_
#define PROF2CG_GRAPH_PASSES_SHARES_BY_CALL_RATIOS_H_

#include "graph/passes/shares.h"
#include "graph/profile.h"

namespace prof2cg {

// A function's inclusive share is its self share and, of each callee's, the
// part that the costs of the calls give to this caller: gprof's rule, which
// gprof2dot follows for every source of samples. The costs of calls serve as
// proportions only. From contexts, a call costs what stood below it, each time
// that it stood on a stack.
//
// A cycle of functions has one inclusive share: all that its members have
// themselves or call outside of it. It is given to the members that are called
// from outside, by these calls, and from each of those along the calls that
// lead further away from it; calls that lead back get none (not a number).
// Where nobody outside calls the cycle, it was entered at the member that costs
// most.
//
// What tells how much a caller has of its callees is the profile's (ShareBy):
// the costs of the calls or, of gprof, their counts. By callers' costs, only
// the shares of calls are found so: functions have those that are recorded,
// calls within cycles have their part, too, and those of a function by itself
// all of it.
//
// Calls are unique by caller and callee (join_call_sites.h). O(functions +
// calls + contexts): of a cycle's entries, a fixed number of the costliest are
// followed one by one, the others together.
Shares SharesByCallRatios(const Profile& profile, EventId event);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SHARES_BY_CALL_RATIOS_H_
