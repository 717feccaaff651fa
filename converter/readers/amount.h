// Amounts as files of other programs have them, in units of their own, and the
// costs that they become.
#ifndef PROF2CG_CONVERTER_READERS_AMOUNT_H_
#define PROF2CG_CONVERTER_READERS_AMOUNT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/event_set.h"

namespace prof2cg {

using Amount = long double;  // holds every int64_t and every double

// A table has a column for each kind: a small file must not make a large one.
inline constexpr size_t kMostKindsOfCost = 32;

bool IsWhole(Amount amount);

// How a kind of amount becomes an event.
struct AmountColumn {
  std::string name;
  std::string long_name;
  Unit unit = Unit::kCount;
  Amount size = 1;  // of what the file counts, in units of the event
};

// Of amounts in that unit: seconds and their parts become nanoseconds; where
// another kind has fractions, it is told in millionths.
AmountColumn ColumnOf(std::string_view name, std::string_view long_name,
                      std::string_view unit, bool has_fractions);

EventSet EventsOf(const std::vector<AmountColumn>& columns);

// The nearest whole number. None: beyond this it is no measurement, and sums
// need room.
std::optional<int64_t> Rounded(Amount amount, Amount size);
// The same, and none where it is too small to be seen.
std::optional<int64_t> CostOf(Amount amount, Amount size);

// The nearest whole number, or the limit beyond which it is no measurement.
int64_t LimitedCost(double cost);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_AMOUNT_H_
