// Which of many profiles are unlike the others.
#ifndef PROF2CG_GRAPH_COMPARE_ODD_PROFILES_H_
#define PROF2CG_GRAPH_COMPARE_ODD_PROFILES_H_

#include <cstddef>
#include <span>
#include <vector>

namespace prof2cg {

// Fewer do not tell which of them is the odd one.
inline constexpr size_t kLeastProfiles = 3;

// A value is odd if it is farther from the median of all than five times the
// scatter, as the median of what is off tells it (1.4826 MAD: the standard
// deviation, were it normal), and far enough to matter: less than half of the
// values, however far out, do not hide each other. Of a profile that is
//  - the logarithm of its total: at least 1.5 times or 1 / 1.5 of the median;
//  - the share of its cost that is elsewhere than with the others: at least a
//    tenth more than the median.
inline constexpr double kOddDeviations = 5;
inline constexpr double kOddTimes = 1.5;
inline constexpr double kOddShare = .1;

struct OddProfile {
  size_t profile = 0;
  double times = 1;  // the median total
  // How far it is from the median: above 1 is odd.
  double total_score = 0;
  double share_score = 0;

  bool HasOddTotal() const { return total_score > 1; }
  bool HasOddShares() const { return share_score > 1; }
};

// The odd ones, the farthest first, of kLeastProfiles or more. A total below
// 1 counts as 1. O(n log n).
std::vector<OddProfile> FindOddProfiles(std::span<const double> totals,
                                        std::span<const double> moved);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_ODD_PROFILES_H_
