// Calling contexts that a call graph lets expect: for formats that hold stacks
// and nothing else.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATE_STACKS_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATE_STACKS_H_

#include <cstddef>

#include "graph/context_tree.h"
#include "graph/profile.h"

namespace prof2cg {

// Contexts enough for a flame graph in which nothing that can be seen is
// missing, and few enough to write and open.
inline constexpr size_t kMostEstimatedStacks = 100'000;

// A tree in which every function has all of its self cost and calls. How they
// are shared out among its contexts is an estimate: as if what it does were the
// same whoever called it, so that a context has the part of its call's cost
// that its caller's context has of its caller's cost (gprof's assumption; by
// cost where the source has that of calls, else by their numbers).
//
// What is entered from outside the profile is a root. A function that is on the
// stack already is not entered again: its cost is in the context that it has.
// No stack is deeper than 256: what is called below begins another. The
// heaviest contexts are there first; beyond `most` a function has another
// context only if it has none. Of each event the heaviest shares come out
// alike; sums are exact. O((most + calls) log most).
ContextTree EstimateStacks(const Profile& profile,
                           size_t most = kMostEstimatedStacks);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATE_STACKS_H_
