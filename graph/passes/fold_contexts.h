// Calling contexts as a call graph.
#ifndef PROF2CG_GRAPH_PASSES_FOLD_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_FOLD_CONTEXTS_H_

#include "graph/profile.h"

namespace prof2cg {

enum class CallSites {
  kApart,   // calls from several lines are several
  kJoined,  // they are one, with their line if they have the same
};

// Makes the costs and the calls of the profile's graph from its contexts, which
// it has. A cost counts once for a function, and once for a call, that stands
// on its stack, however often it does. Calls come in the order of contexts.
//
// Counts are made, too, where contexts have calls: those of a function are
// primitive where it stands no higher on the stack, and those of a call where
// it does not, as cProfile has them. Elsewhere calls have none, and those of
// functions stay what they are.
//
// O(functions + contexts), without recursion.
void FoldContexts(Profile& profile, CallSites sites = CallSites::kApart);

// The graph that FoldContexts would make.
CallGraph FoldedGraph(const Profile& profile, CallSites sites);

// Whether FoldContexts would change nothing.
bool IsFolded(const Profile& profile);

// Whether a graph was made of the contexts, or beside them: it has a call or a
// cost. O(functions).
bool HasGraph(const Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FOLD_CONTEXTS_H_
