#include "graph/context_tree.h"

#include <algorithm>

namespace prof2cg {

bool HaveCalls(const ContextTree& tree) {
  return std::ranges::any_of(
      tree.contexts, [](const Context& context) { return context.calls != 0; });
}

CostTable SumInclusive(const ContextTree& tree) {
  CostTable inclusive = tree.self;
  for (size_t row = tree.contexts.size(); row-- > 0;) {
    const ContextId parent = tree.contexts[row].parent;
    if (parent.is_valid()) inclusive.Add(parent.row(), inclusive[row]);
  }
  return inclusive;
}

}  // namespace prof2cg
