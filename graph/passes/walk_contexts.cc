#include "graph/passes/walk_contexts.h"

namespace prof2cg {

ContextLinks::ContextLinks(const std::vector<Context>& contexts)
    : first_child_(contexts.size(), kNone), next_sibling_(contexts.size()) {
  for (auto row = static_cast<uint32_t>(contexts.size()); row-- > 0;) {
    const ContextId parent = contexts[row].parent;
    uint32_t& first =
        parent.is_valid() ? first_child_[parent.row()] : first_root_;
    next_sibling_[row] = first;
    first = row;
  }
}

}  // namespace prof2cg
