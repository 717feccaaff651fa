#include "graph/passes/share_call.h"

#include <algorithm>

#include "graph/passes/flows.h"

namespace prof2cg {

void CallSharer::ShareBy(const EventWeights& weights) {
  weights_ = weights;
  parts_.Resize(weights_[0].size());
}

void CallSharer::FindParts(std::span<const int64_t> figures) {
  FindColumn(Flows::kCalls, figures, weights_[0]);
  calls_ = column_;
  FindColumn(Flows::kPrimitive, figures, calls_);
  for (size_t e = 0; e < weights_.size(); ++e) {
    const std::vector<int64_t>& weights =
        WeightsOfCallers(e, figures[Flows::kCalls] > 0);
    const size_t inclusive = Flows::kCosts + e;
    FindColumn(inclusive, figures, weights);
    const bool has_cost = figures[inclusive] > 0;
    FindColumn(inclusive + weights_.size(), figures,
               has_cost ? column_ : weights);
  }
}

const std::vector<int64_t>& CallSharer::WeightsOfCallers(size_t event,
                                                         bool has_calls) {
  if (!has_calls) return weights_[event];
  callers_ = weights_[event];
  for (size_t i = 0; i < callers_.size(); ++i) {
    if (calls_[i] == 0) callers_[i] = 0;
  }
  return HasNone(callers_) ? calls_ : callers_;
}

void CallSharer::FindColumn(size_t column, std::span<const int64_t> figures,
                            const std::vector<int64_t>& weights) {
  const auto parts = apportioner_.Share(figures[column], weights);
  column_.assign(parts.begin(), parts.end());
  for (size_t i = 0; i < column_.size(); ++i) parts_[i][column] = column_[i];
}

size_t CallSharer::Heaviest() const {
  const auto heaviest = std::ranges::max_element(weights_[0]);
  return static_cast<size_t>(heaviest - weights_[0].begin());
}

}  // namespace prof2cg
