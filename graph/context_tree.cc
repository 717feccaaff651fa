#include "graph/context_tree.h"

namespace prof2cg {

CostTable SumInclusive(const ContextTree& tree) {
  CostTable inclusive = tree.self;
  for (size_t row = tree.contexts.size(); row-- > 0;) {
    const ContextId parent = tree.contexts[row].parent;
    if (parent.is_valid()) inclusive.Add(parent.row(), inclusive[row]);
  }
  return inclusive;
}

}  // namespace prof2cg
