// Calling contexts: who called whom, all the way to the root.
#ifndef PROF2CG_GRAPH_CONTEXT_TREE_H_
#define PROF2CG_GRAPH_CONTEXT_TREE_H_

#include <cstdint>
#include <vector>

#include "graph/cost_table.h"
#include "graph/ids.h"

namespace prof2cg {

struct Context {
  ContextId parent;  // not valid: a root
  FunctionId function;
  uint32_t line = 0;    // of the call site in the parent; 0: unknown
  int64_t calls = 0;    // 0 in all contexts: the source does not count them
  uint32_t thread = 0;  // of the profile's threads: its parent's, if it has one

  friend bool operator==(const Context&, const Context&) = default;
};

// Blocks of sizes from `least` to below twice that were allocated in a context.
struct SizeCount {
  ContextId context;
  int64_t least = 0;  // a power of two, or 0: of no bytes
  int64_t blocks = 0;

  friend bool operator==(const SizeCount&, const SizeCount&) = default;
};

// A parent stands before its children, so every pass over the tree is a loop:
// inclusive cost is one scan from the back that adds each row to its parent's.
struct ContextTree {
  std::vector<Context> contexts;
  CostTable self;  // a row per context
  // By context and size; empty where the source does not tell, and where a pass
  // put contexts together in another way.
  std::vector<SizeCount> sizes = {};
};

// Whether the source counts calls. O(contexts).
bool HaveCalls(const ContextTree& tree);

// A row per context: its cost with that of all contexts below. O(contexts).
CostTable SumInclusive(const ContextTree& tree);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_CONTEXT_TREE_H_
