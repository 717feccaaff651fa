// What is known while contexts of a call graph are told apart, caller by caller
// (passes/refine_contexts.h).
#ifndef PROF2CG_GRAPH_PASSES_REFINEMENT_H_
#define PROF2CG_GRAPH_PASSES_REFINEMENT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/call_graph.h"
#include "graph/passes/caller_depths.h"
#include "graph/passes/estimated_contexts.h"
#include "graph/passes/find_extensions.h"
#include "graph/passes/flows.h"
#include "graph/passes/weigh_contexts.h"
#include "graph/profile.h"

namespace prof2cg {

struct RefineOptions {
  ContextWeights weights;
  std::vector<uint32_t> cycles;  // per function (passes/cycles.h)
  std::vector<bool> has_levels;  // functions with two names in each context
  size_t max_names = SIZE_MAX;
};

struct Refinement {
  Refinement(const Profile& of, const RefineOptions& with, CallerDepths& to)
      : profile(of), options(with), depths(to) {}

  static constexpr size_t kAhead = CallGraph::kPrefetchedCalls;

  const Call& CallOf(const EstimatedCall& call) const {
    return profile.graph.calls[call.call.row()];
  }
  bool IsRecursion(const EstimatedCall& call) const {
    return CallOf(call).caller == CallOf(call).callee;
  }
  size_t FunctionOf(uint32_t context) const {
    return estimate.contexts[context].function.row();
  }
  Siblings ChildrenOf(uint32_t context) const {
    const EstimatedContext& of = estimate.contexts[context];
    return {of.children, of.children_end};
  }
  bool Grows(const Extension& extension) const {
    return depths.Needed(FunctionId(FunctionOf(extension.context))) >
           known.depth;
  }
  bool NeedsRefining(const EstimatedCall& call) const {
    return depths.Needed(CallOf(call)) > known.depth;
  }
  // Valid until the next call.
  const EventWeights& WeighChildren(uint32_t context) {
    WeighContexts(estimate, ChildrenOf(context), options.weights, weights);
    return weights;
  }
  // Calls of a caller lie all over the graph: asks for those that come up soon
  // behind a place in `from`.
  [[gnu::always_inline]] void PrefetchParts(size_t place) const {
    if (place + 2 * kAhead >= from.parts.size()) return;
    const uint32_t far = from.parts[place + 2 * kAhead];
    __builtin_prefetch(&estimate.calls[far]);
    estimate.call_figures.Prefetch(far);
    const uint32_t near = from.parts[place + kAhead];
    __builtin_prefetch(&CallOf(estimate.calls[near]));
  }

  const Profile& profile;
  const RefineOptions& options;
  CallerDepths& depths;
  EstimatedContexts estimate{Flows::kCosts + 2 * profile.events.size()};

  // Of the step under way, which adds a caller to those known:
  KnownCallers known;
  PartIndex into;  // by callee
  PartIndex from;  // by caller
  Extensions extensions;

  EventWeights weights;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REFINEMENT_H_
