#include "graph/compare/spread.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

// Of values of which some are zero and then are told, or are not.
Spread SpreadOf(const std::vector<double>& values, std::mt19937_64& random) {
  Spread spread;
  for (uint32_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0 || random() % 2 == 0) spread.Add(i, values[i]);
  }
  spread.Finish(static_cast<uint32_t>(values.size()));
  return spread;
}

std::vector<double> RandomValues(std::mt19937_64& random) {
  std::vector<double> values(1 + random() % 30);
  const double base = random() % 2 == 0 ? 0 : 1e9;
  for (double& value : values) {
    value = random() % 3 == 0 ? 0 : base + static_cast<double>(random() % 1000);
  }
  return values;
}

double Mean(const std::vector<double>& values) {
  return std::reduce(values.begin(), values.end()) /
         static_cast<double>(values.size());
}

BOOST_AUTO_TEST_SUITE(SpreadOverProfiles)

BOOST_AUTO_TEST_CASE(AgreesWithADirectComputation) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    const std::vector<double> values = RandomValues(random);
    const Spread spread = SpreadOf(values, random);
    const double mean = Mean(values);
    double squares = 0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    const double deviation =
        values.size() < 2
            ? 0
            : std::sqrt(squares / static_cast<double>(values.size() - 1));
    BOOST_TEST(std::abs(spread.mean() - mean) <= 1e-12 * mean);
    BOOST_TEST(std::abs(spread.Deviation() - deviation) <= 1e-6 * deviation);
    BOOST_TEST(spread.Variation() * mean == spread.Deviation(),
               boost::test_tools::tolerance(1e-9));
    const auto [least, greatest] = std::ranges::minmax_element(values);
    BOOST_TEST(spread.least().value == *least);
    BOOST_TEST(spread.least().profile == least - values.begin());
    BOOST_TEST(spread.greatest().value == *greatest);
    BOOST_TEST(spread.greatest().profile ==
               std::ranges::find(values, *greatest) - values.begin());
  }
}

BOOST_AUTO_TEST_CASE(OrderDoesNotMatter) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> values = RandomValues(random);
    const Spread one = SpreadOf(values, random);
    std::ranges::shuffle(values, random);
    const Spread other = SpreadOf(values, random);
    BOOST_TEST(std::abs(one.mean() - other.mean()) <= 1e-12 * one.mean());
    BOOST_TEST(std::abs(one.Deviation() - other.Deviation()) <=
               1e-6 * one.Deviation());
    BOOST_TEST(one.least().value == other.least().value);
    BOOST_TEST(one.greatest().value == other.greatest().value);
  }
}

BOOST_AUTO_TEST_CASE(TheMeanWithoutOneIsThatOfTheOthers) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> values = RandomValues(random);
    const Spread spread = SpreadOf(values, random);
    const double last = values.back();
    values.pop_back();
    const double mean = values.empty() ? 0 : Mean(values);
    BOOST_TEST(std::abs(spread.MeanWithout(last) - mean) <= 1e-6);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
