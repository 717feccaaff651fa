#include "converter/display/figures.h"

#include <cmath>
#include <cstdio>
#include <span>
#include <string_view>

namespace prof2cg {
namespace {

struct Scale {
  double size;
  std::string_view name;
};

constexpr Scale kTimes[] = {{1, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}};
constexpr Scale kSizes[] = {{1, "B"},        {0x1p10, "KiB"}, {0x1p20, "MiB"},
                            {0x1p30, "GiB"}, {0x1p40, "TiB"}, {0x1p50, "PiB"},
                            {0x1p60, "EiB"}};
constexpr Scale kCounts[] = {{1, ""},     {1e3, "k"},  {1e6, "M"}, {1e9, "G"},
                             {1e12, "T"}, {1e15, "P"}, {1e18, "E"}};

std::span<const Scale> ScalesOf(Unit unit) {
  switch (unit) {
    case Unit::kNanoseconds:
      return kTimes;
    case Unit::kBytes:
      return kSizes;
    case Unit::kCount:
      return kCounts;
  }
  return kCounts;
}

// Digits after the point that make `digits` in all; none beyond thousands.
int Decimals(double number, int digits) {
  if (std::abs(number) >= 999.5) return 0;
  int decimals = digits - 1;
  // 9.995 is shown as 10.0.
  for (double limit = 10; decimals > 0; limit *= 10, --decimals) {
    if (std::abs(number) < limit - 0.5 * std::pow(10, -decimals)) break;
  }
  return decimals;
}

std::string Fixed(double number, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return text;
}

}  // namespace

std::string Figure::Text() const {
  return unit.empty() ? number : number + " " + unit;
}

Figure ScaleCost(double cost, Unit unit, int digits) {
  if (cost == 0) return {"0", ""};
  const std::span<const Scale> scales = ScalesOf(unit);
  size_t scale = 0;
  // Not 1000 of a unit where there is a greater one, also after rounding.
  while (scale + 1 < scales.size() &&
         std::abs(cost) / scales[scale].size >=
             scales[scale + 1].size / scales[scale].size - 0.5) {
    ++scale;
  }
  const std::string name(scales[scale].name);
  const double number = cost / scales[scale].size;
  const int decimals = Decimals(number, digits);
  const bool is_whole = scale == 0 && number == std::floor(number);
  if (is_whole || decimals == 0) {
    return {GroupDigits(std::llround(number)), name};
  }
  if (std::abs(number) < 0.005) return {number < 0 ? ">-0.01" : "<0.01", name};
  return {Fixed(number, decimals), name};
}

std::string GroupDigits(int64_t count) {
  std::string text = std::to_string(count);
  const size_t first = count < 0 ? 1 : 0;
  for (size_t i = text.size(); i > first + 3;) {
    i -= 3;
    text.insert(i, 1, ' ');
  }
  return text;
}

std::string Percent(double share) {
  const double percent = 100 * share;
  if (percent >= 999.5) return ">999%";
  if (percent <= -999.5) return "<-999%";
  const bool is_long = std::abs(percent) >= 99.95;
  return Fixed(percent == 0 ? 0 : percent, is_long ? 0 : 1) + "%";
}

}  // namespace prof2cg
