#include "graph/passes/fit_figures.h"

#include <algorithm>
#include <iterator>

#include "graph/passes/flows.h"

namespace prof2cg {

bool FigureFitter::Fit(const Whole& whole, Siblings rows,
                       const EventWeights& weights, CostTable& figures) {
  figures_ = &figures;
  rows_ = rows;
  bool is_exact = FitColumn(whole, Flows::kCalls, weights[0]);
  if (!whole.is_in_cycle) {
    is_exact &= FitColumn(whole, Flows::kPrimitive, weights[0]);
  }
  for (size_t e = 0; e < weights.size(); ++e) {
    const size_t inclusive = Flows::kCosts + e;
    is_exact &= FitColumn(whole, inclusive + weights.size(), weights[e]);
    if (!whole.is_in_cycle) {
      is_exact &= FitColumn(whole, inclusive, weights[e]);
      continue;
    }
    // Of several lines, each tells the recursion through the others again.
    for (size_t row = rows.begin; row < rows.end; ++row) {
      int64_t& cost = figures[row][inclusive];
      cost = std::min(cost, whole.figures[inclusive]);
    }
  }
  return is_exact;
}

bool FigureFitter::FitColumn(const Whole& whole, size_t column,
                             std::span<const int64_t> weights) {
  told_.clear();
  __int128 sum = 0;
  for (size_t row = rows_.begin; row < rows_.end; ++row) {
    told_.push_back((*figures_)[row][column]);
    sum += told_.back();
  }
  const int64_t figure = whole.figures[column];
  const __int128 rest = figure - sum;
  if (rest == 0) return true;
  // Without negative parts, which could not be added to.
  const bool adds = rest > 0 && std::ranges::min(told_) >= 0;
  const std::span<const int64_t> shares =
      adds ? apportioner_.Share(static_cast<int64_t>(rest), weights)
           : apportioner_.Share(figure, told_);
  for (size_t i = 0; i < shares.size(); ++i) {
    (*figures_)[rows_.begin + i][column] = shares[i] + (adds ? told_[i] : 0);
  }
  // Costs were rounded one by one, counts were not.
  const bool is_cost = column >= Flows::kCosts;
  const auto rounding = is_cost ? std::ssize(told_) : 0;
  return rest <= rounding && rest >= -rounding;
}

}  // namespace prof2cg
