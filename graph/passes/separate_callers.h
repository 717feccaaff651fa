// Functions told apart by who called them, as Callgrind's --separate-callers
// and --separate-recs do.
#ifndef PROF2CG_GRAPH_PASSES_SEPARATE_CALLERS_H_
#define PROF2CG_GRAPH_PASSES_SEPARATE_CALLERS_H_

#include "graph/passes/separation_rules.h"
#include "graph/profile.h"

namespace prof2cg {

// Gives each function a row, a name (passes/name_separated.h) and figures per
// calling context; profile.separation tells what these are of. Costs and counts
// of a function, per event, add up to what they were, so all totals stay.
//
// Exact with contexts, which are then the source of the call graph: a root has
// no callers, and a context near it fewer than asked for. Without, see
// EstimateCallers. The profile must not be separated yet. O((functions +
// contexts) * callers), without recursion.
void SeparateCallers(Profile& profile, const SeparationRules& rules);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SEPARATE_CALLERS_H_
