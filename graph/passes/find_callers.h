// Who called the functions of calling contexts.
#ifndef PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_
#define PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_

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

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FIND_CALLERS_H_
