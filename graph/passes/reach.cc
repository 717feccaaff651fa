#include "graph/passes/reach.h"

#include <cstddef>

#include "graph/passes/call_index.h"

namespace prof2cg {

std::vector<bool> Reach(const CallGraph& graph, const Selection& kept,
                        std::span<const FunctionId> from, Direction direction,
                        uint32_t depth) {
  const bool down = direction == Direction::kToCallees;
  const CallIndex calls = down ? IndexByCaller(graph) : IndexByCallee(graph);
  std::vector<bool> reached(kept.functions.size());
  std::vector<FunctionId> order;
  const auto reach = [&](FunctionId function) {
    if (reached[function.row()] || !kept.functions[function.row()]) return;
    reached[function.row()] = true;
    order.push_back(function);
  };
  for (const FunctionId function : from) reach(function);
  size_t next = 0;
  for (uint32_t hop = 0; hop < depth && next < order.size(); ++hop) {
    for (const size_t end = order.size(); next < end; ++next) {
      for (const CallId id : calls.Of(order[next])) {
        const Call& call = graph.calls[id.row()];
        if (kept.calls[id.row()]) reach(down ? call.callee : call.caller);
      }
    }
  }
  return reached;
}

}  // namespace prof2cg
