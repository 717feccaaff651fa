// What contexts of a function weigh when what it does is shared among them.
#ifndef PROF2CG_GRAPH_PASSES_WEIGH_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_WEIGH_CONTEXTS_H_

#include "graph/passes/estimated_contexts.h"
#include "graph/passes/flows.h"

namespace prof2cg {

struct ContextWeights {
  Rule rule = Rule::kBelow;
  // Of contexts within a cycle of functions, where inclusive costs overlap.
  // With the same rule for both, all contexts have their weights by it.
  Rule in_cycles = Rule::kCalls;
};

// Of these contexts, for each event. A function of a cycle is called by what
// enters the cycle, and within it. How much each of the two weighs is told by
// the rule for cycles; but what goes on within is nested in what entered, so
// with one caller known it weighs no more than its part of the cost there.
// Contexts that entered part by the first rule, those within by the other.
// O(contexts).
void WeighContexts(const EstimatedContexts& estimate, Siblings siblings,
                   ContextWeights weights, EventWeights& all);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_WEIGH_CONTEXTS_H_
