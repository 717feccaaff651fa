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
  // line `line`, new without costs if need be. `thread` is a root's; others are
  // of their parent's. O(1).
  ContextId Enter(ContextId parent, FunctionId function, uint32_t line,
                  uint32_t thread = 0);

  void AddSelf(ContextId context, std::span<const int64_t> costs) {
    tree_.self.Add(context.row(), costs);
  }
  void AddCalls(ContextId context, int64_t calls) {
    int64_t& sum = tree_.contexts[context.row()].calls;
    sum = SaturatingAdd(sum, calls);
  }

  void AddSizes(const SizeCount& more);

  size_t contexts() const { return tree_.contexts.size(); }

  ContextTree Build() && { return std::move(tree_); }

 private:
  // Where children of a context are told of; those of nobody come first.
  static size_t Place(ContextId parent) {
    return parent.is_valid() ? parent.row() + 1 : 0;
  }

  static uint64_t Hash(const Context& context);
  bool Is(uint32_t row, const Context& context) const {
    const Context& other = tree_.contexts[row];
    return other.parent == context.parent &&
           other.function == context.function && other.line == context.line &&
           other.thread == context.thread;
  }
  uint32_t Find(const Context& context);
  void Add(const Context& context);

  ContextTree tree_;
  // The child that was entered last: most often the next one, too.
  std::vector<uint32_t> recent_ = {RowIndex::kNoRow};
  std::vector<bool> has_several_ = {false};
  // Of the contexts that have siblings. An only child is the recent one: most
  // of a deep tree, and nothing to look up.
  RowIndex index_;
  RowIndex sizes_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_CONTEXT_TREE_BUILDER_H_
