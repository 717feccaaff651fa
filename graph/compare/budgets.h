// What becomes of budgets and rules.
//
// Of several profiles a side, a limit is exceeded only if all of the current
// ones exceed it: one that scatters proves nothing.
#ifndef PROF2CG_GRAPH_COMPARE_BUDGETS_H_
#define PROF2CG_GRAPH_COMPARE_BUDGETS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/compare/budget.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// How the function that is worst off keeps to its budget: it costs `cost` where
// limit × `measure` is allowed.
struct BudgetUse {
  uint32_t function = 0;
  int64_t cost = 0;
  int64_t measure = 1;   // 1, the cost in the base, or calls
  size_t exceeding = 0;  // functions that cost more than they may
};

// Functions that the base does not have are not held to a part of it. Throws
// Error where nothing can be told, so that no budget is kept for ever because
// it names nothing: there is no such event, nothing was measured of it, its
// unit is another, or there is no function or call to measure by.
// O(profiles × functions).
BudgetUse Use(const Budget& budget, const JoinedGraph& graph,
              const Repeats& repeats);

// Calls by `callers` of a rule that break it, rows of the graph in order.
struct NewCalls {
  std::vector<uint32_t> proven = {};
  // That may be of functions which a snapshot does not tell apart.
  std::vector<uint32_t> possible = {};
};

// Calls that no profile of the base has, and all of the current side have.
// `others` is the function that stands for those which a snapshot does not list
// (graph/passes/fold_others.h), if there is one: what it calls, and what calls
// it, nobody knows to be new. Throws Error if a list is empty, or if no calls
// were counted on either side. O(profiles × functions).
NewCalls FindNewCalls(const CallerRule& rule, const JoinedGraph& graph,
                      const Repeats& repeats,
                      std::optional<uint32_t> others = {});

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_BUDGETS_H_
