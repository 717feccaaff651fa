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

int64_t Weigh(const CostTable& figures, size_t begin, size_t end, size_t event,
              Rule rule, std::vector<int64_t>& weights) {
  weights.assign(end - begin, 0);
  int64_t sum = 0;
  while (sum == 0 && !weights.empty()) {
    for (size_t i = 0; i < weights.size(); ++i) {
      weights[i] = WeightOf(figures[begin + i], event, rule);
      sum = SaturatingAdd(sum, weights[i]);
    }
    rule = static_cast<Rule>(static_cast<int>(rule) + 1);
  }
  return sum;
}

}  // namespace prof2cg
