// Limits that a project sets itself, whatever the base was.
#ifndef PROF2CG_GRAPH_COMPARE_BUDGET_H_
#define PROF2CG_GRAPH_COMPARE_BUDGET_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
  std::vector<uint32_t> functions = {};  // rows of a JoinedGraph
  std::vector<uint32_t> per_calls_of = {};
};

// None but the base's `callers` may call `callees`: rows of a JoinedGraph.
struct CallerRule {
  std::vector<uint32_t> callees;
  std::vector<uint32_t> callers;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_BUDGET_H_
