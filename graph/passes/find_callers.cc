#include "graph/passes/find_callers.h"

namespace prof2cg {

std::vector<Caller> FindCallers(const std::vector<Context>& contexts) {
  std::vector<Caller> callers;
  callers.reserve(contexts.size());
  for (const Context& context : contexts) {
    const ContextId parent = context.parent;
    const bool is_recursion =
        parent.is_valid() &&
        contexts[parent.row()].function == context.function;
    callers.push_back(is_recursion ? callers[parent.row()]
                                   : Caller{parent, context.line});
  }
  return callers;
}

}  // namespace prof2cg
