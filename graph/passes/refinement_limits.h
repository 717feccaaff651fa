// What to do without where contexts of a call graph would be too many.
#ifndef PROF2CG_GRAPH_PASSES_REFINEMENT_LIMITS_H_
#define PROF2CG_GRAPH_PASSES_REFINEMENT_LIMITS_H_

#include <cstddef>

#include "graph/passes/refinement.h"

namespace prof2cg {

// Functions that ask for most do with fewer callers: see EstimateCallers.
class RefinementLimits {
 public:
  // Before any caller is known. Borrows it.
  explicit RefinementLimits(Refinement& at);

  // Keep what the next caller adds within limits. Each O(contexts + calls).
  void LimitNames();
  // Makes room for the parts, too.
  void LimitParts();

 private:
  static constexpr size_t kParts = size_t{1} << 20;
  static constexpr size_t kPartsPerCall = 8;

  Refinement& at_;
  EstimatedContexts& estimate_;
  size_t names_ = 0;
  size_t parts_left_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_REFINEMENT_LIMITS_H_
