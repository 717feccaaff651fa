// Calls that were led around hidden functions.
#ifndef PROF2CG_GRAPH_PASSES_REROUTE_CALLS_H_
#define PROF2CG_GRAPH_PASSES_REROUTE_CALLS_H_

#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/flows.h"
#include "graph/profile.h"

namespace prof2cg {

struct Reroute {
  Flows flows;       // the calls that are now; some may be equal
  CostTable gained;  // a row per function: self cost of hidden ones
  std::vector<bool> is_gain_estimated;  // per event
};

// Makes these the calls of the profile, which still has those from before, and
// adds what functions gained to their self cost, also in the calls into them:
// in proportion to what these cost below them. Says what of it is estimated.
// O(functions + calls log calls).
void RerouteCalls(Profile& profile, Reroute reroute);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REROUTE_CALLS_H_
