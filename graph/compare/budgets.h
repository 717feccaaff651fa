// What functions may cost, and who may call them: limits that a project sets
// itself, whatever the base was.
//
// Of several profiles a side, a limit is exceeded only if all of the current
// ones exceed it: one that scatters proves nothing.
#ifndef PROF2CG_GRAPH_COMPARE_BUDGETS_H_
#define PROF2CG_GRAPH_COMPARE_BUDGETS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"
#include "graph/event_set.h"

namespace prof2cg {

// Holds each of `functions` to at most `limit`: its inclusive cost, or for
// kCallsEvent all calls of it.
struct Budget {
  enum class Kind {
    kAmount,   // so much in all
    kOfBase,   // so many times the greatest figure of the base's profiles
    kPerCall,  // so much for each call of the functions `per_calls_of`
  };

  std::string event;  // kCallsEvent or one of the graph's
  Kind kind = Kind::kAmount;
  double limit = 0;
  std::optional<Unit> unit = {};         // that `limit` was written in
  std::vector<uint32_t> functions = {};  // rows of the graph
  std::vector<uint32_t> per_calls_of = {};
};

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

// None but the base's `callers` may call `callees`: rows of the graph.
struct CallerRule {
  std::vector<uint32_t> callees;
  std::vector<uint32_t> callers;
};

// Rows of the calls that no profile of the base has, and all of the current
// side have, in order. Throws Error if a list is empty, or if no calls were
// counted on either side. O(profiles × functions).
std::vector<uint32_t> FindNewCalls(const CallerRule& rule,
                                   const JoinedGraph& graph,
                                   const Repeats& repeats);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_BUDGETS_H_
