// Costs of calls that a source does not tell, or tells to be nothing.
#ifndef PROF2CG_GRAPH_PASSES_COMPLETE_H_
#define PROF2CG_GRAPH_PASSES_COMPLETE_H_

#include "graph/profile.h"

namespace prof2cg {

// Completes what viewers need to find a function's inclusive cost in the calls
// into it. What is changed is marked as estimated; the functions' own figures
// stay.
//
//  - Estimated costs of calls into a cycle of functions: a source that only
//    counts calls (Python's profile module) says how often a function called
//    itself or was called from its cycle, but all of its inclusive cost belongs
//    to the calls that entered the cycle. It is shared out to those by their
//    counts.
//  - Calls that were counted 0 times, as Python 3.12 and later has them in
//    profiles of threads: they get the calls and the cost that the callee's
//    other calls leave, if their callers' inclusive cost allows for it. A
//    source that counts no calls leaves nothing to find.
//
// Contexts tell of each call what it cost, and which were never made: frames
// that were active already. With them nothing is completed.
//
// Done again, it does nothing. O(functions + calls).
void Complete(Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_COMPLETE_H_
