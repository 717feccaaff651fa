#include "graph/compare/odd_profiles.h"

#include <algorithm>
#include <cmath>

#include "graph/compare/statistics.h"

namespace prof2cg {
namespace {

// Each value's distance from the median, in those that are odd.
std::vector<double> Scores(std::span<const double> values, double least) {
  constexpr double kDeviationsPerMad = 1.4826;
  std::vector<double> scores(values.begin(), values.end());
  const double median = Median(scores);
  for (double& score : scores) score -= median;
  std::vector<double> off = scores;
  for (double& distance : off) distance = std::abs(distance);
  const double limit =
      std::max(least, kOddDeviations * kDeviationsPerMad * Median(off));
  for (double& score : scores) score /= limit;
  return scores;
}

double Farthest(const OddProfile& odd) {
  return std::max(odd.total_score, odd.share_score);
}

}  // namespace

std::vector<OddProfile> FindOddProfiles(std::span<const double> totals,
                                        std::span<const double> moved) {
  std::vector<double> logs;
  for (const double total : totals)
    logs.push_back(std::log(std::max(total, 1.)));
  const double median = Median({totals.begin(), totals.end()});
  const std::vector<double> by_total = Scores(logs, std::log(kOddTimes));
  const std::vector<double> by_share = Scores(moved, kOddShare);
  std::vector<OddProfile> odd;
  for (size_t i = 0; i < totals.size(); ++i) {
    const OddProfile profile{i, median > 0 ? totals[i] / median : 1,
                             std::abs(by_total[i]), by_share[i]};
    if (Farthest(profile) > 1) odd.push_back(profile);
  }
  std::ranges::stable_sort(odd, [](const OddProfile& a, const OddProfile& b) {
    return Farthest(a) > Farthest(b);
  });
  return odd;
}

}  // namespace prof2cg
