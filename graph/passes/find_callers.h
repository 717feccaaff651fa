// Who called the functions of calling contexts.
#ifndef PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_
#define PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/context_tree.h"
#include "graph/ids.h"

namespace prof2cg {

// The nearest context above that is of another function.
struct Caller {
  ContextId context;  // not valid: there is none
  uint32_t line = 0;  // of the call in it
};

// Per context. Direct recursion is gone over once, not for each context that it
// is in: O(contexts).
std::vector<Caller> FindCallers(const std::vector<Context>& contexts);

// Goes from each context to its callers, one at a time.
class CallerWalk {
 public:
  // Borrows the contexts. O(contexts).
  explicit CallerWalk(const std::vector<Context>& contexts)
      : contexts_(contexts), callers_(FindCallers(contexts)) {
    for (size_t row = 0; row < contexts.size(); ++row) {
      reached_.push_back(ContextId(row));
    }
  }

  // Goes on from the contexts that wants(row), and gives the functions that are
  // reached: a row per context, not valid where there is none. O(contexts).
  template <class Wants>
  std::vector<FunctionId> Next(Wants wants) {
    std::vector<FunctionId> functions(contexts_.size());
    for (size_t row = 0; row < functions.size(); ++row) {
      ContextId& reached = reached_[row];
      if (!reached.is_valid() || !wants(row)) continue;
      reached = CallerOf(reached);
      if (reached.is_valid()) {
        functions[row] = contexts_[reached.row()].function;
      }
    }
    return functions;
  }

  ContextId CallerOf(ContextId context) const {
    return callers_[context.row()].context;
  }

 private:
  const std::vector<Context>& contexts_;
  const std::vector<Caller> callers_;  // per context
  std::vector<ContextId> reached_;     // per context
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_
