// The calls of each caller, or into each callee.
#ifndef PROF2CG_GRAPH_PASSES_CALL_INDEX_H_
#define PROF2CG_GRAPH_PASSES_CALL_INDEX_H_

#include <cstdint>
#include <span>
#include <vector>

#include "graph/call_graph.h"
#include "graph/ids.h"

namespace prof2cg {

// The rows of a graph's calls, function by function, each function's in the
// order of the rows.
struct CallIndex {
  std::vector<CallId> calls;
  std::vector<uint32_t> begins;  // a row per function: its first in `calls`

  // Those of `function`, where `begins` has it and the next.
  std::span<const CallId> Of(FunctionId function) const {
    const uint32_t begin = begins[function.row()];
    return {calls.data() + begin, begins[function.row() + 1] - begin};
  }
};

// Each O(functions + calls).
CallIndex IndexByCaller(const CallGraph& graph);
CallIndex IndexByCallee(const CallGraph& graph);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CALL_INDEX_H_
