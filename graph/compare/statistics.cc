#include "graph/compare/statistics.h"

#include <algorithm>
#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/binomial.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace prof2cg {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

namespace math = boost::math;

// All in double. Where long double has no more range than that, as under
// Valgrind, what Boost computes before main() overflows and ends the program.
using InDouble = math::policies::policy<math::policies::promote_double<false>>;
using Normal = math::normal_distribution<double, InDouble>;
using StudentsT = math::students_t_distribution<double, InDouble>;

// That the standard normal distribution gives more.
double NormalTail(double z) { return math::cdf(math::complement(Normal(), z)); }

double NormalQuantileOfTail(double p) {
  return math::quantile(math::complement(Normal(), p));
}

// Ranks from 1 on, those of ties their mean.
struct Ranks {
  std::vector<double> of;  // each value
  double ties = 0;         // Σ t^3 - t over groups of t equal values
};

std::vector<size_t> Order(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return values[i]; });
  return order;
}

Ranks RanksOf(std::span<const double> values) {
  const std::vector<size_t> order = Order(values);
  Ranks ranks{std::vector<double>(values.size())};
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) {
      ++end;
    }
    const double mean = static_cast<double>(begin + 1 + end) / 2;
    for (size_t i = begin; i < end; ++i) ranks.of[order[i]] = mean;
    const auto tied = static_cast<double>(end - begin);
    ranks.ties += tied * tied * tied - tied;
  }
  return ranks;
}

// How many ways there are to each value of U: the coefficients of Gauss's
// binomial, Π (1 - q^(m+i)) / (1 - q^i) over i = 1 … n. All are whole numbers
// below 2^53.
std::vector<double> WaysToU(size_t n, size_t m) {
  std::vector<double> ways(n * m + 1);
  ways[0] = 1;
  for (size_t i = 1; i <= n; ++i) {
    for (size_t u = ways.size(); u-- > m + i;) ways[u] -= ways[u - m - i];
    for (size_t u = i; u < ways.size(); ++u) ways[u] += ways[u - i];
  }
  return ways;
}

// How many sets of the ranks 1 … n add up to each sum.
std::vector<double> WaysToRankSum(size_t n) {
  std::vector<double> ways(n * (n + 1) / 2 + 1);
  ways[0] = 1;
  for (size_t rank = 1; rank <= n; ++rank) {
    for (size_t sum = ways.size(); sum-- > rank;) ways[sum] += ways[sum - rank];
  }
  return ways;
}

double WaysFrom(const std::vector<double>& ways, double least) {
  return std::accumulate(
      ways.begin() + static_cast<std::ptrdiff_t>(std::lround(least)),
      ways.end(), 0.0);
}

double AllWays(size_t n, size_t m) {
  return math::binomial_coefficient<double>(
      static_cast<unsigned>(n + m), static_cast<unsigned>(n), InDouble());
}

// Half a unit less, since the statistic moves in steps.
double ApproximateTail(double statistic, double mean, double variance) {
  if (!(variance > 0)) return 1;
  return NormalTail((statistic - mean - .5) / std::sqrt(variance));
}

double ApproximateRankTest(double u, double n, double m, double ties) {
  const double all = n + m;
  return ApproximateTail(u, n * m / 2,
                         n * m / 12 * (all + 1 - ties / (all * (all - 1))));
}

double ApproximateSignedRankTest(double sum, double n, double ties) {
  return ApproximateTail(sum, n * (n + 1) / 4,
                         n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
}

std::vector<double> Differences(std::span<const double> base,
                                std::span<const double> current) {
  std::vector<double> differences;
  std::ranges::transform(current, base, std::back_inserter(differences),
                         std::minus<>());
  return differences;
}

void AppendDistances(std::span<const double> values,
                     std::vector<double>& distances) {
  const double middle = Median({values.begin(), values.end()});
  for (const double value : values)
    distances.push_back(std::abs(value - middle));
}

// Of a normal distribution whose values are as far off.
double Deviation(std::vector<double> distances) {
  return Median(std::move(distances)) / NormalQuantileOfTail(.25);
}

// A test by ranks needs pi / 3 times as many normal values as one by means.
double Detectable(double deviation, double values, double alpha, double power) {
  const double quantiles =
      NormalQuantileOfTail(alpha) - NormalQuantileOfTail(power);
  return quantiles * deviation *
         std::sqrt(math::constants::third_pi<double>() / values);
}

// A difference of means, as far as it is known.
struct MeanDifference {
  double difference = 0;
  double variance = 0;  // of the difference
  double freedom = 0;   // degrees of it; none: nothing is known
};

MeanDifference MeanOf(std::span<const double> values) {
  if (values.size() < 2) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, squares / (n - 1) / n, n - 1};
}

MeanDifference DifferenceOfMeans(std::span<const double> base,
                                 std::span<const double> current) {
  const MeanDifference then = MeanOf(base);
  const MeanDifference now = MeanOf(current);
  if (then.freedom == 0 || now.freedom == 0) return {};
  const double difference = now.difference - then.difference;
  const double variance = then.variance + now.variance;
  const double freedom = variance * variance /
                         (then.variance * then.variance / then.freedom +
                          now.variance * now.variance / now.freedom);
  return {difference, variance,
          variance > 0 ? freedom : then.freedom + now.freedom};
}

double MeanTest(const MeanDifference& mean) {
  if (mean.freedom == 0) return 1;
  if (!(mean.variance > 0)) return mean.difference > 0 ? 0 : 1;
  return math::cdf(math::complement(
      StudentsT(mean.freedom), mean.difference / std::sqrt(mean.variance)));
}

double DetectableMean(const MeanDifference& mean, double alpha, double power) {
  if (mean.freedom == 0 || !(alpha > 0)) return kInfinity;
  const StudentsT distribution(mean.freedom);
  const double quantiles =
      math::quantile(math::complement(distribution, alpha)) +
      math::quantile(distribution, power);
  return quantiles * std::sqrt(mean.variance);
}

double Quantile(const std::vector<double>& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above],
                   place - static_cast<double>(below));
}

}  // namespace

double RankTest(std::span<const double> base, std::span<const double> current) {
  if (base.empty() || current.empty()) return 1;
  std::vector<double> values(current.begin(), current.end());
  values.insert(values.end(), base.begin(), base.end());
  const Ranks ranks = RanksOf(values);
  const auto n = static_cast<double>(current.size());
  const auto end = ranks.of.begin() + std::ssize(current);
  const double u =
      std::accumulate(ranks.of.begin(), end, 0.0) - n * (n + 1) / 2;
  if (values.size() > kExactRanks || ranks.ties > 0) {
    return ApproximateRankTest(u, n, static_cast<double>(base.size()),
                               ranks.ties);
  }
  return WaysFrom(WaysToU(current.size(), base.size()), u) /
         AllWays(current.size(), base.size());
}

double SignedRankTest(std::span<const double> base,
                      std::span<const double> current) {
  std::vector<double> differences = Differences(base, current);
  std::erase(differences, 0);
  if (differences.empty()) return 1;
  std::vector<double> sizes;
  for (const double difference : differences) {
    sizes.push_back(std::abs(difference));
  }
  const Ranks ranks = RanksOf(sizes);
  double sum = 0;
  for (size_t i = 0; i < differences.size(); ++i) {
    if (differences[i] > 0) sum += ranks.of[i];
  }
  const size_t n = differences.size();
  if (n > kExactRanks || ranks.ties > 0) {
    return ApproximateSignedRankTest(sum, static_cast<double>(n), ranks.ties);
  }
  return std::ldexp(WaysFrom(WaysToRankSum(n), sum), -static_cast<int>(n));
}

double MeanTest(std::span<const double> base, std::span<const double> current) {
  return MeanTest(DifferenceOfMeans(base, current));
}

double PairedMeanTest(std::span<const double> base,
                      std::span<const double> current) {
  return MeanTest(MeanOf(Differences(base, current)));
}

double LeastRankTest(size_t base, size_t current) {
  if (base == 0 || current == 0) return 1;
  if (base + current <= kExactRanks) return 1 / AllWays(base, current);
  const auto n = static_cast<double>(base);
  const auto m = static_cast<double>(current);
  return ApproximateRankTest(n * m, n, m, 0);
}

double LeastSignedRankTest(size_t pairs) {
  if (pairs <= kExactRanks) return std::ldexp(1, -static_cast<int>(pairs));
  const auto n = static_cast<double>(pairs);
  return ApproximateSignedRankTest(n * (n + 1) / 2, n, 0);
}

std::vector<double> AdjustForFamily(std::span<const double> p,
                                    std::span<const double> weights) {
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> adjusted(p.size());
  for (size_t i = 0; i < p.size(); ++i) adjusted[i] = p[i] * all / weights[i];
  const std::vector<size_t> order = Order(adjusted);
  double least = 1;
  for (size_t rank = order.size(); rank > 0; --rank) {
    double& value = adjusted[order[rank - 1]];
    least = std::min(least, value / static_cast<double>(rank));
    value = least;
  }
  return adjusted;
}

double Shift(std::span<const double> base, std::span<const double> current) {
  std::vector<double> differences;
  differences.reserve(base.size() * current.size());
  for (const double now : current) {
    for (const double then : base) differences.push_back(now - then);
  }
  return Median(std::move(differences));
}

double PairedShift(std::span<const double> base,
                   std::span<const double> current) {
  const std::vector<double> differences = Differences(base, current);
  std::vector<double> means;
  means.reserve(differences.size() * (differences.size() + 1) / 2);
  for (size_t i = 0; i < differences.size(); ++i) {
    for (size_t j = 0; j <= i; ++j) {
      means.push_back((differences[i] + differences[j]) / 2);
    }
  }
  return Median(std::move(means));
}

double DetectableShift(std::span<const double> base,
                       std::span<const double> current, double alpha,
                       double power) {
  if (LeastRankTest(base.size(), current.size()) > alpha) return kInfinity;
  std::vector<double> distances;
  AppendDistances(base, distances);
  AppendDistances(current, distances);
  const auto n = static_cast<double>(base.size());
  const auto m = static_cast<double>(current.size());
  return Detectable(Deviation(std::move(distances)), n * m / (n + m), alpha,
                    power);
}

double DetectablePairedShift(std::span<const double> base,
                             std::span<const double> current, double alpha,
                             double power) {
  if (LeastSignedRankTest(base.size()) > alpha) return kInfinity;
  std::vector<double> distances;
  AppendDistances(Differences(base, current), distances);
  return Detectable(Deviation(std::move(distances)),
                    static_cast<double>(base.size()), alpha, power);
}

double DetectableMean(std::span<const double> base,
                      std::span<const double> current, double alpha,
                      double power) {
  return DetectableMean(DifferenceOfMeans(base, current), alpha, power);
}

double DetectablePairedMean(std::span<const double> base,
                            std::span<const double> current, double alpha,
                            double power) {
  return DetectableMean(MeanOf(Differences(base, current)), alpha, power);
}

double OuterFence(std::span<const double> values) {
  constexpr size_t kFewest = 5;
  if (values.size() < kFewest) return kInfinity;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double upper = Quantile(sorted, .75);
  return upper + 3 * (upper - Quantile(sorted, .25));
}

double Median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return std::midpoint(*std::max_element(values.begin(), middle), *middle);
}

}  // namespace prof2cg
