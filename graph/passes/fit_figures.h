// Figures of contexts that add up to those of the context they are of.
#ifndef PROF2CG_GRAPH_PASSES_FIT_FIGURES_H_
#define PROF2CG_GRAPH_PASSES_FIT_FIGURES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/apportion.h"
#include "graph/passes/estimated_contexts.h"

namespace prof2cg {

// What is known of the contexts' own calls tells each a part of a figure.
// Something may be left: of direct recursion, or where nothing is told. It is
// shared out by what the contexts weigh. If more is told than there is, parts
// are in proportion to that. Figures are rows as in Flows.
class FigureFitter {
 public:
  struct Whole {
    std::span<const int64_t> figures;
    // In cycles, inclusive costs and primitive calls are what calls tell, which
    // is more than the function's in all.
    bool is_in_cycle;
  };

  // Changes these rows of figures, which weigh so much per event. True if that
  // only took care of rounding. O(rows).
  bool Fit(const Whole& whole, Siblings rows, const EventWeights& weights,
           CostTable& figures);

 private:
  // The same of a column.
  bool FitColumn(const Whole& whole, size_t column,
                 std::span<const int64_t> weights);

  Apportioner apportioner_;
  CostTable* figures_ = nullptr;
  Siblings rows_ = {0, 0};
  std::vector<int64_t> told_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FIT_FIGURES_H_
