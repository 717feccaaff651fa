// The calls of each caller.
#ifndef PROF2CG_GRAPH_PASSES_CALLS_BY_CALLER_H_
#define PROF2CG_GRAPH_PASSES_CALLS_BY_CALLER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "graph/call_graph.h"
#include "graph/ids.h"

namespace prof2cg {

// An index: the rows of a graph's calls, caller by caller, each caller's in the
// order of the rows.
struct CallsByCaller {
  std::vector<CallId> calls;
  std::vector<uint32_t> begins;  // a row per function: its first in `calls`

  // What `caller` calls, where `begins` has it and the next.
  std::span<const CallId> Of(FunctionId caller) const {
    const uint32_t begin = begins[caller.row()];
    return {calls.data() + begin, begins[caller.row() + 1] - begin};
  }
};

// O(functions + calls).
CallsByCaller IndexByCaller(const CallGraph& graph);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CALLS_BY_CALLER_H_
