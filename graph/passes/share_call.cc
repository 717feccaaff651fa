#include "graph/passes/share_call.h"

#include <algorithm>
#include <utility>

#include "graph/passes/flows.h"

namespace prof2cg {
namespace {

bool HasNone(std::span<const int64_t> figures) {
  return std::ranges::all_of(figures, [](int64_t x) { return x == 0; });
}

}  // namespace

void CallSharer::ShareBy(EventWeights weights) {
  weights_ = std::move(weights);
  const size_t contexts = weights_[0].size();
  parts_.Resize(contexts);
  column_.resize(contexts);
}

void CallSharer::FindParts(std::span<const int64_t> figures) {
  FindColumn(Flows::kCalls, figures, weights_[0]);
  const std::vector<int64_t> calls = column_;
  FindColumn(Flows::kPrimitive, figures, calls);
  for (size_t e = 0; e < weights_.size(); ++e) {
    std::vector<int64_t> weights = weights_[e];
    if (figures[Flows::kCalls] > 0) {
      for (size_t i = 0; i < weights.size(); ++i) {
        if (calls[i] == 0) weights[i] = 0;
      }
      if (HasNone(weights)) weights = calls;
    }
    const size_t inclusive = Flows::kCosts + e;
    FindColumn(inclusive, figures, weights);
    const bool has_cost = figures[inclusive] > 0;
    FindColumn(inclusive + weights_.size(), figures,
               has_cost ? column_ : weights);
  }
  has_part_.clear();
  for (size_t i = 0; i < parts_.rows(); ++i) {
    has_part_.push_back(!HasNone(parts_[i]));
  }
  if (!HasNone(figures)) return;
  const auto heaviest = std::ranges::max_element(weights_[0]);
  has_part_[static_cast<size_t>(heaviest - weights_[0].begin())] = true;
}

void CallSharer::FindColumn(size_t column, std::span<const int64_t> figures,
                            const std::vector<int64_t>& weights) {
  const auto parts = apportioner_.Share(figures[column], weights);
  column_.assign(parts.begin(), parts.end());
  for (size_t i = 0; i < column_.size(); ++i) parts_[i][column] = column_[i];
}

}  // namespace prof2cg
