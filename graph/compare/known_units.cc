#include "graph/compare/known_units.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace prof2cg {
namespace {

constexpr KnownUnit kUnits[] = {
    {"ns", Unit::kNanoseconds, 1},   {"us", Unit::kNanoseconds, 1e3},
    {"µs", Unit::kNanoseconds, 1e3}, {"ms", Unit::kNanoseconds, 1e6},
    {"s", Unit::kNanoseconds, 1e9},  {"B", Unit::kBytes, 1},
    {"kB", Unit::kBytes, 1e3},       {"MB", Unit::kBytes, 1e6},
    {"GB", Unit::kBytes, 1e9},       {"KiB", Unit::kBytes, 1024},
    {"MiB", Unit::kBytes, 1048576},  {"GiB", Unit::kBytes, 1073741824},
};

}  // namespace

const KnownUnit* FindUnit(std::string_view name) {
  const auto known = std::ranges::find(kUnits, name, &KnownUnit::name);
  return known == std::end(kUnits) ? nullptr : known;
}

std::string_view UnitName(Unit unit) {
  constexpr std::string_view kNames[] = {"nanoseconds", "bytes", "a count"};
  return kNames[static_cast<size_t>(unit)];
}

}  // namespace prof2cg
