// Why a function costs more than before, or less.
#ifndef PROF2CG_GRAPH_COMPARE_BLAME_H_
#define PROF2CG_GRAPH_COMPARE_BLAME_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/compare/call_order.h"
#include "graph/compare/change_terms.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/split.h"
#include "graph/ids.h"

namespace prof2cg {

// A cause, and how much of the difference it makes.
struct BlamePart {
  Cause cause;
  int64_t difference = 0;

  friend bool operator==(const BlamePart&, const BlamePart&) = default;
};

// A function on the way from what was found to its cause.
struct BlameStep {
  uint32_t function = 0;
  // To the next step's function, up or down, or the cause's, if that has one.
  std::optional<uint32_t> call;
  int64_t difference = 0;  // of inclusive cost
  Split split;             // of that

  friend bool operator==(const BlameStep&, const BlameStep&) = default;
};

struct Blame {
  Cause cause;            // of most of the difference; if none is, kUnexplained
  int64_t explained = 0;  // how much
  std::vector<BlameStep> steps;  // the first is the function itself
  // All causes of a thousandth or more, the greatest first. They add up to the
  // difference, but for rounding.
  std::vector<BlamePart> parts;
  // Of a path: the one whose last function, or call of it, is the cause.
  std::optional<uint32_t> path = {};
};

// Traces differences of inclusive cost back to what caused them.
//
// A difference is followed to the callers as far as the function is called
// more, and down to its own cost and its callees as far as a call of it costs
// more. Calls that are made more often since their caller is called more lead
// on up; a callee that costs more a call leads on down. What each way has is
// shared out over all that changed in the same direction, so that ways that
// part and meet again add up, and a program in which one thing changed is
// blamed on that. Calls that lead back, of recursion, lie within those that
// lead forward: of these a call then costs more. Where functions call each
// other, their costs overlap, and amounts are estimates.
//
// Borrows the graph. To make it is O(functions + calls).
class BlameFinder {
 public:
  explicit BlameFinder(const JoinedGraph& graph)
      : graph_(graph), order_(graph) {}

  // O(n log n) of the functions and calls that a thousandth of the difference
  // leads to.
  Blame Find(EventId event, uint32_t function) const;

 private:
  const JoinedGraph& graph_;
  const CallOrder order_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_BLAME_H_
