#include "graph/compare/statistics.h"

#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

using Values = std::vector<double>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Values Normal(std::mt19937_64& random, size_t size, double mean = 0) {
  std::normal_distribution<double> normal(mean);
  Values values(size);
  for (double& value : values) value = normal(random);
  return values;
}

// In how many pairs the current value is the greater one.
double CountU(const Values& base, const Values& current) {
  double u = 0;
  for (const double now : current) {
    for (const double then : base) u += now > then ? 1 : 0;
  }
  return u;
}

// Tries all ways to tell the sides apart.
double TryAllSides(const Values& base, const Values& current) {
  Values all = base;
  all.insert(all.end(), current.begin(), current.end());
  double ways = 0;
  double as_great = 0;
  for (uint32_t sides = 0; sides < 1u << all.size(); ++sides) {
    if (std::popcount(sides) != std::ssize(current)) continue;
    Values split[2];
    for (size_t i = 0; i < all.size(); ++i) {
      split[sides >> i & 1].push_back(all[i]);
    }
    ++ways;
    if (CountU(split[0], split[1]) >= CountU(base, current)) ++as_great;
  }
  return as_great / ways;
}

// What the differences above 0 have of the sum of ranks.
double SumRanks(const Values& differences) {
  double sum = 0;
  for (const double d : differences) {
    for (const double other : differences) {
      if (d > 0 && std::abs(other) <= std::abs(d)) ++sum;
    }
  }
  return sum;
}

double TryAllSigns(const Values& differences) {
  double as_great = 0;
  const uint32_t ways = 1u << differences.size();
  for (uint32_t signs = 0; signs < ways; ++signs) {
    Values other = differences;
    for (size_t i = 0; i < other.size(); ++i) {
      if (signs >> i & 1) other[i] = -other[i];
    }
    if (SumRanks(other) >= SumRanks(differences)) ++as_great;
  }
  return as_great / ways;
}

double Spread(const Values& values) {
  return *std::ranges::max_element(values) - *std::ranges::min_element(values);
}

BOOST_AUTO_TEST_SUITE(Statistics)

BOOST_AUTO_TEST_CASE(RankTestIsThePartOfAllSidesThatAreAsUnlike) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 60; ++i) {
    const Values base = Normal(random, 1 + random() % 6);
    const Values current = Normal(random, 1 + random() % 6, .5);
    BOOST_TEST(RankTest(base, current) == TryAllSides(base, current),
               boost::test_tools::tolerance(1e-12));
  }
}

BOOST_AUTO_TEST_CASE(SignedRankTestIsThePartOfAllSignsThatAreAsUnlike) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 60; ++i) {
    const Values base = Normal(random, 1 + random() % 9);
    const Values current = Normal(random, base.size(), .5);
    Values differences;
    for (size_t j = 0; j < base.size(); ++j) {
      differences.push_back(current[j] - base[j]);
    }
    BOOST_TEST(SignedRankTest(base, current) == TryAllSigns(differences),
               boost::test_tools::tolerance(1e-12));
  }
}

// scipy.stats.mannwhitneyu(current, base, alternative="greater") of 1.17, by
// the method that is named.
BOOST_AUTO_TEST_CASE(RankTestIsThatOfScipy) {
  const auto close = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(RankTest(Values{1.1, 2.3, 3.7, 4.2, 5.9},
                      Values{2.9, 4.8, 6.1, 7.3}) == 0.09523809523809523,
             close);  // exact
  const Values ten = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
  Values later = ten;
  for (double& value : later) value += 4.5;
  BOOST_TEST(RankTest(ten, later) == 0.0034207278789322136, close);  // exact
  BOOST_TEST(RankTest(Values{1, 2, 2, 3, 3, 3, 5, 8},
                      Values{2, 3, 5, 5, 8, 9, 9}) == 0.04374016696259858,
             close);  // asymptotic
  Values even;
  Values odd;
  for (int i = 0; i < 50; i += 2) even.push_back(i);
  for (int i = 7; i < 47; i += 2) odd.push_back(i);
  BOOST_TEST(RankTest(even, odd) == 0.3280112420627431, close);  // asymptotic
}

// scipy.stats.wilcoxon(current - base, alternative="greater",
// correction=True), by the method that is named.
BOOST_AUTO_TEST_CASE(SignedRankTestIsThatOfScipy) {
  const auto close = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(SignedRankTest(Values{125, 115, 130, 140, 140.5, 115.25, 140.75,
                                   125.5, 140.125, 135},
                            Values{110, 122, 125.25, 120, 140.25, 124, 123, 137,
                                   135.5, 145}) == 0.7216796875,
             close);  // exact
  BOOST_TEST(SignedRankTest(Values(10), Values{1, 1, 2, -1, 3, 0, 2, -2, 4,
                                               5}) == 0.03675510086331075,
             close);  // asymptotic
  Values many;
  for (int i = 1; i <= 45; ++i) many.push_back(i % 3 != 0 && i % 2 ? -i : i);
  BOOST_TEST(SignedRankTest(Values(45), many) == 0.0210890145004101,
             close);  // asymptotic
}

// With two degrees of freedom P(> t) is (1 - t / std::sqrt(2 + t^2)) / 2.
double TailOfTwo(double t) { return (1 - t / std::sqrt(2 + t * t)) / 2; }

BOOST_AUTO_TEST_CASE(MeanTestIsStudents) {
  const auto close = boost::test_tools::tolerance(1e-12);
  // As far from their means on both sides: 2 (2 - 1) degrees. Variances of 2
  // and of 2, each of the mean of two.
  BOOST_TEST(
      MeanTest(Values{1, 3}, Values{6, 8}) == TailOfTwo(5 / std::sqrt(2)),
      close);
  BOOST_TEST(
      MeanTest(Values{6, 8}, Values{1, 3}) == TailOfTwo(-5 / std::sqrt(2)),
      close);
  // One side without scatter has no say: as if it were known.
  BOOST_TEST(MeanTest(Values{4, 4, 4, 4}, Values{3, 6, 9}) ==
                 TailOfTwo(2 / std::sqrt(3)),
             close);
  BOOST_TEST(PairedMeanTest(Values{1, 2, 3}, Values{4, 8, 12}) ==
                 TailOfTwo(6 / std::sqrt(3)),
             close);
}

BOOST_AUTO_TEST_CASE(MeansWithoutScatterAreKnown) {
  BOOST_TEST(MeanTest(Values{2, 2}, Values{3, 3}) == 0);
  BOOST_TEST(MeanTest(Values{3, 3}, Values{2, 2}) == 1);
  BOOST_TEST(MeanTest(Values{2, 2}, Values{2, 2}) == 1);
  BOOST_TEST(DetectableMean(Values{2, 2}, Values{3, 3}, .01, .8) == 0);
}

BOOST_AUTO_TEST_CASE(TheLeastPValueIsThatOfSidesThatDoNotOverlap) {
  for (size_t n : {1, 2, 5, 10, 20, 21, 50}) {
    Values base;
    Values current;
    for (size_t i = 0; i < n; ++i) {
      base.push_back(static_cast<double>(i));
      current.push_back(static_cast<double>(2 * n + 2 * i));
    }
    const auto close = boost::test_tools::tolerance(1e-9);
    BOOST_TEST(LeastRankTest(n, n) == RankTest(base, current), close);
    BOOST_TEST(LeastSignedRankTest(n) == SignedRankTest(base, current), close);
  }
  BOOST_TEST(LeastRankTest(0, 5) == 1);
  BOOST_TEST(LeastRankTest(5, 0) == 1);
  BOOST_TEST(LeastSignedRankTest(0) == 1);
}

BOOST_AUTO_TEST_CASE(WhatIsNotThereOrAllTheSameProvesNothing) {
  BOOST_TEST(RankTest({}, Values{1}) == 1);
  BOOST_TEST(RankTest(Values{1}, {}) == 1);
  BOOST_TEST(RankTest(Values(30, 7.), Values(30, 7.)) == 1);
  BOOST_TEST(SignedRankTest(Values{1, 2}, Values{1, 2}) == 1);
  BOOST_TEST(MeanTest(Values{1}, Values{2, 3}) == 1);
  BOOST_TEST(MeanTest(Values{1, 2}, {}) == 1);
  BOOST_TEST(PairedMeanTest(Values{1}, Values{2}) == 1);
  BOOST_TEST(std::isnan(Shift({}, Values{1})));
  BOOST_TEST(std::isnan(PairedShift({}, {})));
  BOOST_TEST(std::isnan(Median({})));
}

// That a test at level p errs in p of all cases where nothing differs is what
// makes it one.
BOOST_AUTO_TEST_CASE(TestsErrNoMoreOftenThanTheySay) {
  std::mt19937_64 random(3);
  constexpr int kRounds = 4000;
  for (const size_t n : {10, 30}) {
    int by_rank = 0;
    int by_signed_rank = 0;
    int by_mean = 0;
    int by_paired_mean = 0;
    for (int i = 0; i < kRounds; ++i) {
      const Values base = Normal(random, n);
      const Values current = Normal(random, n);
      by_rank += RankTest(base, current) <= .05;
      by_signed_rank += SignedRankTest(base, current) <= .05;
      by_mean += MeanTest(base, current) <= .05;
      by_paired_mean += PairedMeanTest(base, current) <= .05;
    }
    // Four standard deviations more than 5 % is 6.4 %.
    for (const int found : {by_rank, by_signed_rank, by_mean, by_paired_mean}) {
      BOOST_TEST(found < .064 * kRounds);
      BOOST_TEST(found > .03 * kRounds);
    }
  }
}

// scipy.stats.false_discovery_control([.01, .04, .03, .005, .8, .04])
BOOST_AUTO_TEST_CASE(AdjustmentWithEqualWeightsIsThatOfScipy) {
  const Values p = {.01, .04, .03, .005, .8, .04};
  const Values expected = {.03, .048, .048, .03, .8, .048};
  for (const double weight : {1., 7.}) {
    const Values adjusted = AdjustForFamily(p, Values(p.size(), weight));
    for (size_t i = 0; i < p.size(); ++i) {
      BOOST_TEST(adjusted[i] == expected[i],
                 boost::test_tools::tolerance(1e-12));
    }
  }
  BOOST_TEST(AdjustForFamily({}, {}).empty());
}

BOOST_AUTO_TEST_CASE(WeightsShareOutTheRateOfFalseDiscoveries) {
  const auto close = boost::test_tools::tolerance(1e-12);
  // Alone, each is found at its part of the rate.
  BOOST_TEST(AdjustForFamily(Values{.04, 1}, Values{4, 1})[0] == .05, close);
  BOOST_TEST(AdjustForFamily(Values{1, .01}, Values{4, 1})[1] == .05, close);
  // Both, at twice that.
  BOOST_TEST(AdjustForFamily(Values{.04, .01}, Values{4, 1})[1] == .025, close);
}

BOOST_AUTO_TEST_CASE(ShiftIsWhatWasAddedAndDoesNotFollowOutliers) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 100; ++i) {
    const Values base = Normal(random, 5 + random() % 10);
    Values current = base;
    for (double& value : current) value += 3;
    const auto close = boost::test_tools::tolerance(1e-9);
    BOOST_TEST(PairedShift(base, current) == 3, close);
    BOOST_TEST(Shift(base, current) == 3, close);
    current[0] = 1e6;
    BOOST_TEST(std::abs(Shift(base, current) - 3) < Spread(base));
    BOOST_TEST(std::abs(PairedShift(base, current) - 3) < Spread(base));
  }
}

BOOST_AUTO_TEST_CASE(ADetectableShiftIsFoundAsOftenAsItSays) {
  std::mt19937_64 random(5);
  constexpr int kRounds = 1500;
  for (const size_t n : {15, 25}) {
    const Values many = Normal(random, 2001);
    // As if there were so few values, but their scatter were known.
    const double scale =
        std::sqrt(static_cast<double>(many.size()) / static_cast<double>(n));
    const double shift = scale * DetectableShift(many, many, .01, .8);
    const double paired =
        scale * DetectablePairedShift(Values(many.size()), many, .01, .8);
    const double mean = scale * DetectableMean(many, many, .01, .8);
    const double paired_mean =
        scale * DetectablePairedMean(Values(many.size()), many, .01, .8);
    int found = 0;
    int found_paired = 0;
    int found_mean = 0;
    int found_paired_mean = 0;
    for (int i = 0; i < kRounds; ++i) {
      found += RankTest(Normal(random, n), Normal(random, n, shift)) <= .01;
      found_paired +=
          SignedRankTest(Values(n), Normal(random, n, paired)) <= .01;
      found_mean += MeanTest(Normal(random, n), Normal(random, n, mean)) <= .01;
      found_paired_mean +=
          PairedMeanTest(Values(n), Normal(random, n, paired_mean)) <= .01;
    }
    for (const int times :
         {found, found_paired, found_mean, found_paired_mean}) {
      BOOST_TEST(times > .68 * kRounds);
      BOOST_TEST(times < .88 * kRounds);
    }
  }
}

BOOST_AUTO_TEST_CASE(TooFewValuesDetectNothing) {
  const Values three = {1, 2, 3};
  BOOST_TEST(DetectableShift(three, three, .05, .8) < kInfinity);
  BOOST_TEST(DetectableShift(three, three, .049, .8) == kInfinity);
  BOOST_TEST(DetectableShift(three, {}, .05, .8) == kInfinity);
  BOOST_TEST(DetectablePairedShift(three, three, .125, .8) < kInfinity);
  BOOST_TEST(DetectablePairedShift(three, three, .12, .8) == kInfinity);
  BOOST_TEST(DetectableMean(three, Values{1}, .05, .8) == kInfinity);
  BOOST_TEST(DetectablePairedMean(Values{1}, Values{2}, .05, .8) == kInfinity);
}

BOOST_AUTO_TEST_CASE(OnlyWhatIsFarOutIsAboveTheFence) {
  BOOST_TEST(OuterFence(Values{1, 2, 3, 4, 5}) == 10);
  BOOST_TEST(OuterFence(Values{5, 100, 4, 3, 2, 1}) == 12.25);
  BOOST_TEST(OuterFence(Values{1, 2, 3, 100}) == kInfinity);
  std::mt19937_64 random(6);
  const Values many = Normal(random, 1000);
  BOOST_TEST(std::ranges::count_if(many, [&](double value) {
               return value > OuterFence(many);
             }) == 0);
}

BOOST_AUTO_TEST_CASE(MedianIsInTheMiddle) {
  BOOST_TEST(Median({3}) == 3);
  BOOST_TEST(Median({4, 1}) == 2.5);
  BOOST_TEST(Median({9, 1, 2}) == 2);
  BOOST_TEST(Median({9, 1, 2, 4}) == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
