#include "converter/readers/amount.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "converter/readers/event_columns.h"

namespace prof2cg {
namespace {

constexpr Amount kLargest = static_cast<Amount>(INT64_MAX / 2);
constexpr Amount kMillion = 1e6;

}  // namespace

bool IsWhole(Amount amount) { return amount == std::trunc(amount); }

AmountColumn ColumnOf(std::string_view name, std::string_view long_name,
                      std::string_view unit, bool has_fractions) {
  AmountColumn column{std::string(name), std::string(long_name)};
  std::string shown(unit);
  if (const CostUnit* const known = FindCostUnit(unit)) {
    column.unit = known->unit;
    column.size = static_cast<Amount>(known->size);
    if (known->unit == Unit::kNanoseconds) shown = "ns";
  }
  if (has_fractions && column.unit != Unit::kNanoseconds) {
    column.unit = Unit::kCount;
    column.size = kMillion;
    column.name += "_millionths";
    shown = "millionths" + (shown.empty() ? "" : " of " + shown);
  }
  if (!shown.empty()) column.long_name += " [" + shown + "]";
  return column;
}

EventSet EventsOf(const std::vector<AmountColumn>& columns) {
  std::vector<Event> events;
  for (const AmountColumn& column : columns) {
    events.push_back(
        {column.name, column.long_name, column.unit, KindByName(column.name)});
  }
  return EventSet(std::move(events));
}

std::optional<int64_t> Rounded(Amount amount, Amount size) {
  const Amount rounded = std::round(amount * size);
  if (std::abs(rounded) > kLargest) return std::nullopt;
  return static_cast<int64_t>(rounded);
}

int64_t LimitedCost(double cost) {
  constexpr double kLimit = 0x1p62;
  return std::llround(std::clamp(cost, -kLimit, kLimit));
}

std::optional<int64_t> CostOf(Amount amount, Amount size) {
  const auto cost = Rounded(amount, size);
  return cost == 0 && amount != 0 ? std::nullopt : cost;
}

}  // namespace prof2cg
