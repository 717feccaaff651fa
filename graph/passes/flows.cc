#include "graph/passes/flows.h"

namespace prof2cg {

int64_t WeightOf(const Flows& flows, size_t row, size_t event, Rule rule) {
  const int64_t inclusive = flows.Inclusive(row)[event];
  const int64_t self = std::max<int64_t>(0, flows.Self(row)[event]);
  switch (rule) {
    case Rule::kSelf:
      return self;
    case Rule::kBelow:
      return std::max<int64_t>(0, SaturatingAdd(inclusive, -self));
    case Rule::kInclusive:
      return std::max<int64_t>(0, inclusive);
    case Rule::kCalls:
      return std::max<int64_t>(0, flows.figures[row][Flows::kCalls]);
    case Rule::kEqually:
      break;
  }
  return 1;
}

Weights::Weights(const Flows& flows, size_t event, Rule rule)
    : weights_(flows.size()) {
  while (sum_ == 0 && !weights_.empty()) {
    for (size_t row = 0; row < weights_.size(); ++row) {
      weights_[row] = WeightOf(flows, row, event, rule);
      sum_ = SaturatingAdd(sum_, weights_[row]);
    }
    rule = static_cast<Rule>(static_cast<int>(rule) + 1);
  }
}

}  // namespace prof2cg
