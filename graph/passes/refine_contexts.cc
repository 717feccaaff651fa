#include "graph/passes/refine_contexts.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/passes/find_extensions.h"
#include "graph/passes/flow_figures.h"
#include "graph/passes/grow_contexts.h"
#include "graph/passes/refine_calls.h"
#include "graph/passes/refinement_limits.h"

namespace prof2cg {
namespace {

void AddFunctions(const Profile& profile, EstimatedContexts& estimate) {
  const size_t functions = profile.graph.counts.size();
  estimate.context_figures = FunctionFigures(profile.graph);
  estimate.contexts.reserve(functions);
  for (size_t f = 0; f < functions; ++f) {
    estimate.contexts.push_back(
        {.function = FunctionId(f),
         .is_estimated = profile.provenance.IsFunctionEstimated(f)});
  }
}

void AddCalls(const Profile& profile, EstimatedContexts& estimate) {
  const std::vector<Call>& calls = profile.graph.calls;
  estimate.call_figures = CallFigures(profile.graph);
  estimate.calls.reserve(calls.size());
  for (size_t c = 0; c < calls.size(); ++c) {
    estimate.calls.push_back(
        {.call = CallId(c),
         .caller = calls[c].caller.row(),
         .callee = calls[c].callee.row(),
         .is_estimated = profile.provenance.IsEstimated(c)});
  }
}

bool NeedsMore(const Refinement& at) {
  for (size_t f = 0; f < at.profile.graph.counts.size(); ++f) {
    if (at.depths.Needed(FunctionId(f)) > at.known.depth) return true;
  }
  return false;
}

}  // namespace

EstimatedContexts RefineContexts(const Profile& profile,
                                 const RefineOptions& options,
                                 CallerDepths& depths) {
  Refinement at(profile, options, depths);
  EstimatedContexts& estimate = at.estimate;
  AddFunctions(profile, estimate);
  AddCalls(profile, estimate);
  RefinementLimits limits(at);
  ContextGrower grower(at);
  while (NeedsMore(at)) {
    at.into = IndexParts(estimate, at.known, &EstimatedCall::callee);
    at.from = IndexParts(estimate, at.known, &EstimatedCall::caller);
    at.extensions =
        FindExtensions(estimate, at.known, at.into, grower.entries(), depths);
    limits.LimitNames();
    limits.LimitParts();
    const auto contexts = static_cast<uint32_t>(estimate.contexts.size());
    const auto calls = static_cast<uint32_t>(estimate.calls.size());
    RefineCalls(at, grower.Grow());
    if (contexts == estimate.contexts.size()) break;
    at.known = {at.known.depth + 1, contexts, calls};
  }
  return std::move(estimate);
}

}  // namespace prof2cg
