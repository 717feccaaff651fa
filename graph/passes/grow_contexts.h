// Contexts of a call graph with one caller more.
#ifndef PROF2CG_GRAPH_PASSES_GROW_CONTEXTS_H_
#define PROF2CG_GRAPH_PASSES_GROW_CONTEXTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/estimated_contexts.h"
#include "graph/passes/fit_figures.h"
#include "graph/passes/incoming_calls.h"
#include "graph/passes/refinement.h"

namespace prof2cg {

// By context: what its children weighed when their figures were fitted. That
// left a part of direct recursion for each, which the calls must have, too.
using RecursionWeights = absl::flat_hash_map<uint32_t, EventWeights>;

// Makes contexts of extensions, and leads the calls there.
class ContextGrower {
 public:
  // Borrows it.
  explicit ContextGrower(Refinement& at);

  // What entered functions from outside the profile.
  const EntryCalls& entries() const { return entries_; }

  // Adds those contexts that a function needs, with figures. O(contexts +
  // calls).
  RecursionWeights Grow();

 private:
  std::vector<uint32_t> AddChildren();
  void AddCallFigures(const std::vector<uint32_t>& children);
  void AddEntryFigures();
  void FitChildren(uint32_t context, RecursionWeights& weights);

  [[gnu::always_inline]] void PrefetchCaller(size_t extension) const;
  // Of a context of the function with that caller.
  FunctionId FarthestCaller(uint32_t caller) const;
  bool IsWithinCycle(FunctionId f, uint32_t caller) const;

  Refinement& at_;
  EstimatedContexts& estimate_;
  const std::vector<bool> is_in_cycle_;  // per function, with others
  std::vector<bool> calls_itself_;       // per function
  const IncomingCalls incoming_;
  const EntryCalls entries_;
  FigureFitter fitter_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_GROW_CONTEXTS_H_
