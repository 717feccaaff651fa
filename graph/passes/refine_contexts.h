// Tells contexts of a call graph apart, caller by caller.
#ifndef PROF2CG_GRAPH_PASSES_REFINE_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_REFINE_CONTEXTS_H_

#include "graph/passes/caller_depths.h"
#include "graph/passes/estimated_contexts.h"
#include "graph/passes/refinement.h"
#include "graph/profile.h"

namespace prof2cg {

// All contexts and parts of calls that `depths` ask for; where these would be
// too many, they are reduced. See EstimateCallers.
EstimatedContexts RefineContexts(const Profile& profile,
                                 const RefineOptions& options,
                                 CallerDepths& depths);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REFINE_CONTEXTS_H_
