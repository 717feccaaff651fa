#include "converter/readers/event_columns.h"

#include <algorithm>

namespace prof2cg {
namespace {

constexpr CostUnit kUnits[] = {
    {"s", Unit::kNanoseconds, 1'000'000'000},
    {"sec", Unit::kNanoseconds, 1'000'000'000},
    {"second", Unit::kNanoseconds, 1'000'000'000},
    {"seconds", Unit::kNanoseconds, 1'000'000'000},
    {"ms", Unit::kNanoseconds, 1'000'000},
    {"milliseconds", Unit::kNanoseconds, 1'000'000},
    {"us", Unit::kNanoseconds, 1'000},
    {"µs", Unit::kNanoseconds, 1'000},
    {"microseconds", Unit::kNanoseconds, 1'000},
    {"ns", Unit::kNanoseconds, 1},
    {"nanosecond", Unit::kNanoseconds, 1},
    {"nanoseconds", Unit::kNanoseconds, 1},
    {"B", Unit::kBytes, 1},
    {"byte", Unit::kBytes, 1},
    {"bytes", Unit::kBytes, 1},
    {"kB", Unit::kBytes, 1 << 10},
    {"kilobyte", Unit::kBytes, 1 << 10},
    {"kilobytes", Unit::kBytes, 1 << 10},
    {"MB", Unit::kBytes, 1 << 20},
    {"megabyte", Unit::kBytes, 1 << 20},
    {"megabytes", Unit::kBytes, 1 << 20},
    {"GB", Unit::kBytes, 1 << 30},
    {"gigabyte", Unit::kBytes, 1 << 30},
    {"gigabytes", Unit::kBytes, 1 << 30},
};

}  // namespace

const CostUnit* FindCostUnit(std::string_view name) {
  const auto* const unit = std::ranges::find(kUnits, name, &CostUnit::name);
  return unit == std::end(kUnits) ? nullptr : unit;
}

std::string EventIdentifier(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_capital || is_plain) {
      name += static_cast<char>(is_capital ? c - 'A' + 'a' : c);
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  if (name.ends_with('_')) name.pop_back();
  if (name.empty()) return "cost";
  return name[0] >= '0' && name[0] <= '9' ? "cost_" + name : name;
}

Kind KindByName(std::string_view name) {
  if (name.starts_with("inuse_") || name.starts_with("live_")) {
    return Kind::kLive;
  }
  return name.starts_with("peak_") ? Kind::kPeak : Kind::kFlow;
}

std::string EventNames::Add(const std::string& name) {
  std::string unique = name;
  for (int n = 2; !names_.insert(unique).second; ++n) {
    unique = name + "_" + std::to_string(n);
  }
  return unique;
}

}  // namespace prof2cg
