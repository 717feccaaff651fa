// A profile with other contexts than it was read with.
#ifndef PROF2CG_GRAPH_PASSES_REPLACE_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_REPLACE_CONTEXTS_H_

#include "graph/profile.h"

namespace prof2cg {

// Gives the profile, which has contexts, these in their place, and makes its
// call graph from them; function rows stay. O(functions + contexts).
void ReplaceContexts(Profile& profile, ContextTree contexts);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REPLACE_CONTEXTS_H_
