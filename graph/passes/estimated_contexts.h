// The contexts that a call graph lets expect, caller by caller.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATED_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATED_CONTEXTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/cost_table.h"
#include "graph/ids.h"

namespace prof2cg {

// A function called by the function of another context. Contexts are a tree:
// those that know one caller more are the children of a context, and share out
// its figures. They stand behind it, side by side.
struct EstimatedContext {
  static constexpr uint32_t kNone = UINT32_MAX;

  FunctionId function;
  uint32_t parent = kNone;
  // The farthest known, which its parent does not know; not valid: it knows
  // none, or one further away was entered from outside.
  FunctionId caller = {};
  uint32_t depth = 0;  // callers known, with the one outside
  uint32_t children = 0;
  uint32_t children_end = 0;
  // All callers known are of the function's cycle, if it has one with others.
  bool is_within_cycle = false;
  bool is_estimated = false;

  bool HasChildren() const { return children != children_end; }
};

// Rows of contexts that are children of one.
struct Siblings {
  size_t begin;
  size_t end;

  size_t size() const { return end - begin; }
};

// The part of a call that one of its caller's contexts has.
struct EstimatedCall {
  CallId call;
  uint32_t caller;  // contexts
  uint32_t callee;
  bool is_refined = false;  // others, of the caller's children, stand for it
  bool is_estimated = false;
};

// Per event, of each of such contexts.
using EventWeights = std::vector<std::vector<int64_t>>;

// Figures are as in Flows (passes/flows.h).
struct EstimatedContexts {
  explicit EstimatedContexts(size_t columns)
      : context_figures(columns), call_figures(columns) {}

  std::vector<EstimatedContext> contexts;  // first the functions themselves
  CostTable context_figures;
  std::vector<EstimatedCall> calls;  // first those of the graph
  CostTable call_figures;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATED_CONTEXTS_H_
