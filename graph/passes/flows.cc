#include "graph/passes/flows.h"

namespace prof2cg {

int64_t WeightOf(std::span<const int64_t> figures, size_t event, Rule rule) {
  const size_t events = (figures.size() - Flows::kCosts) / 2;
  const int64_t inclusive = figures[Flows::kCosts + event];
  const int64_t self =
      std::max<int64_t>(0, figures[Flows::kCosts + events + event]);
  switch (rule) {
    case Rule::kSelf:
      return self;
    case Rule::kBelow:
      return std::max<int64_t>(0, SaturatingAdd(inclusive, -self));
    case Rule::kInclusive:
      return std::max<int64_t>(0, inclusive);
    case Rule::kCalls:
      return std::max<int64_t>(0, figures[Flows::kCalls]);
    case Rule::kEqually:
      break;
  }
  return 1;
}

Weights::Weights(const CostTable& figures, size_t begin, size_t end,
                 size_t event, Rule rule)
    : weights_(end - begin) {
  while (sum_ == 0 && !weights_.empty()) {
    for (size_t i = 0; i < weights_.size(); ++i) {
      weights_[i] = WeightOf(figures[begin + i], event, rule);
      sum_ = SaturatingAdd(sum_, weights_[i]);
    }
    rule = static_cast<Rule>(static_cast<int>(rule) + 1);
  }
}

}  // namespace prof2cg
