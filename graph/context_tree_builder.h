// Builds a tree of calling contexts from stacks in any order.
#ifndef PROF2CG_GRAPH_CONTEXT_TREE_BUILDER_H_
#define PROF2CG_GRAPH_CONTEXT_TREE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/context_tree.h"
#include "graph/row_index.h"

namespace prof2cg {

// Stacks that begin alike share their first contexts. A stack is entered frame
// by frame from its root; what it cost belongs to its last context:
//
//   ContextId context;
//   for (const Frame& frame : stack) {
//     context = tree.Enter(context, frame.function, frame.call_site);
//   }
//   tree.AddSelf(context, costs);
//
// Memory is linear in the contexts.
class ContextTreeBuilder {
 public:
  explicit ContextTreeBuilder(size_t events) { tree_.self = CostTable(events); }

  // The context in which `parent` (not valid: nobody) calls `function` on its
  // line `line`, new without costs if need be. O(1); at once where the parent
  // called the same before.
  ContextId Enter(ContextId parent, FunctionId function, uint32_t line);

  void AddSelf(ContextId context, std::span<const int64_t> costs) {
    tree_.self.Add(context.row(), costs);
  }
  void AddCalls(ContextId context, int64_t calls) {
    int64_t& sum = tree_.contexts[context.row()].calls;
    sum = SaturatingAdd(sum, calls);
  }

  size_t contexts() const { return tree_.contexts.size(); }

  ContextTree Build() && { return std::move(tree_); }

 private:
  // Where a parent's most recent child stands: that of nobody comes first.
  static uint32_t Place(ContextId parent) { return parent.row() + 1; }
  static_assert(static_cast<uint32_t>(UINT32_MAX + 1) == 0,
                "no row and one is 0");

  bool Is(uint32_t row, const Context& context) const {
    const Context& other = tree_.contexts[row];
    return other.parent == context.parent &&
           other.function == context.function && other.line == context.line;
  }

  ContextTree tree_;
  RowIndex index_;                                     // of the contexts
  std::vector<uint32_t> recent_ = {RowIndex::kNoRow};  // rows
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_CONTEXT_TREE_BUILDER_H_
