// A walk over calling contexts as the program went.
#ifndef PROF2CG_GRAPH_PASSES_WALK_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_WALK_CONTEXTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/context_tree.h"

namespace prof2cg {

// The children of each context, and the roots, as lists in order of their rows.
class ContextLinks {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  explicit ContextLinks(const std::vector<Context>& contexts);

  uint32_t first_root() const { return first_root_; }
  uint32_t FirstChild(uint32_t row) const { return first_child_[row]; }
  uint32_t NextSibling(uint32_t row) const { return next_sibling_[row]; }

 private:
  uint32_t first_root_ = kNone;         // the others are its siblings
  std::vector<uint32_t> first_child_;   // per context
  std::vector<uint32_t> next_sibling_;  // per context
};

// Calls enter(row) and leave(row) for each context: it is entered after its
// parent and left after its children. O(contexts), without recursion.
template <class Enter, class Leave>
void WalkContexts(const std::vector<Context>& contexts, Enter enter,
                  Leave leave) {
  const ContextLinks links(contexts);
  for (uint32_t row = links.first_root(); row != ContextLinks::kNone;) {
    enter(row);
    if (links.FirstChild(row) != ContextLinks::kNone) {
      row = links.FirstChild(row);
      continue;
    }
    leave(row);
    while (links.NextSibling(row) == ContextLinks::kNone &&
           contexts[row].parent.is_valid()) {
      row = contexts[row].parent.row();
      leave(row);
    }
    row = links.NextSibling(row);
  }
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_WALK_CONTEXTS_H_
