// Calls in the order of their callers.
#ifndef PROF2CG_GRAPH_PASSES_SORT_CALLS_H_
#define PROF2CG_GRAPH_PASSES_SORT_CALLS_H_

#include <vector>

#include "graph/call_graph.h"
#include "graph/profile.h"

namespace prof2cg {

// A copy of a profile's calls, row by row.
struct SortedCalls {
  std::vector<Call> calls;
  CostTable inclusive;
};

// Sorts by caller; the calls of one caller stay in their order. O(functions +
// calls), in two rounds that each stay within the caches: profiles list calls
// by callee, and to fetch them one by one in another order costs a wait for
// memory each.
SortedCalls SortCallsByCaller(const Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SORT_CALLS_H_
