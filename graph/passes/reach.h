// Functions within some calls of chosen ones.
#ifndef PROF2CG_GRAPH_PASSES_REACH_H_
#define PROF2CG_GRAPH_PASSES_REACH_H_

#include <cstdint>
#include <span>
#include <vector>

#include "graph/ids.h"
#include "graph/passes/selection.h"
#include "graph/profile.h"

namespace prof2cg {

enum class Direction { kToCallees, kToCallers };

inline constexpr uint32_t kAnyDepth = UINT32_MAX;

// A bit per function: it is among `from`, or at most `depth` kept calls away
// from one of them. Functions that are not kept do not count. By breadth, so
// that the result depends on no order. O(functions + calls).
std::vector<bool> Reach(const CallGraph& graph, const Selection& kept,
                        std::span<const FunctionId> from, Direction direction,
                        uint32_t depth = kAnyDepth);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REACH_H_
