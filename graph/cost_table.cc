#include "graph/cost_table.h"

namespace prof2cg {

std::vector<int64_t> CostTable::Totals() const {
  std::vector<int64_t> totals(events_);
  for (size_t i = 0; i < costs_.size(); ++i) {
    int64_t& total = totals[i % events_];
    total = SaturatingAdd(total, costs_[i]);
  }
  return totals;
}

}  // namespace prof2cg
