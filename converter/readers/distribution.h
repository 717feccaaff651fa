// Values of which only the powers of two are known that they lie between.
#ifndef PROF2CG_CONVERTER_READERS_DISTRIBUTION_H_
#define PROF2CG_CONVERTER_READERS_DISTRIBUTION_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

#include "graph/cost_table.h"

namespace prof2cg {

inline bool IsPowerOfTwo(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  return value == 0 || std::has_single_bit(value < 0 ? 0 - bits : bits);
}

// How many values, and what they add up to at least and at most. All sums are
// clamped.
struct Distribution {
  Distribution() = default;
  // So many of `value`, 0 or plus or minus a power of two, to the last before
  // twice that.
  Distribution(int64_t value, int64_t times) : count(times) {
    const __int128 sign = (value > 0) - (value < 0);
    const __int128 near = __int128{value} * times;
    const __int128 far = (2 * __int128{value} - sign) * times;
    least = Clamp(std::min(near, far));
    most = Clamp(std::max(near, far));
  }

  Distribution& operator+=(const Distribution& more) {
    count = SaturatingAdd(count, more.count);
    least = SaturatingAdd(least, more.least);
    most = SaturatingAdd(most, more.most);
    return *this;
  }

  // The estimate of their sum that is never wrong by more than half of what is
  // unknown.
  int64_t Middle() const { return std::midpoint(least, most); }

  int64_t count = 0;
  int64_t least = 0;
  int64_t most = 0;

 private:
  static int64_t Clamp(__int128 sum) {
    return static_cast<int64_t>(
        std::clamp<__int128>(sum, INT64_MIN, INT64_MAX));
  }
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_DISTRIBUTION_H_
