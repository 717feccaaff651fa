// Functions told apart by callers that whole stacks tell.
#ifndef PROF2CG_GRAPH_PASSES_SEPARATE_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_SEPARATE_CONTEXTS_H_

#include "graph/passes/separation_rules.h"
#include "graph/profile.h"

namespace prof2cg {

// SeparateCallers of a profile that has contexts: exact. They stay, now of the
// new functions, and the call graph is made from them. A count of calls that
// contexts do not tell stands with the first of a function's rows.
void SeparateContexts(Profile& profile, const SeparationRules& rules);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SEPARATE_CONTEXTS_H_
