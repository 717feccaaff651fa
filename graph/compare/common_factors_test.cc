#include "graph/compare/common_factors.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

constexpr EventId kEvent(1);

// Of two events, the second as given.
Figures Profile(const Costs& costs) {
  Figures figures;
  figures.self = CostTable(2);
  for (const int64_t cost : costs) {
    const int64_t row[] = {7, cost};
    figures.self.Append(row);
  }
  return figures;
}

Costs Times(Costs costs, double times) {
  for (int64_t& cost : costs) {
    cost = std::llround(static_cast<double>(cost) * times);
  }
  return costs;
}

// `heavy`, and forty times 1000.
Costs Program(int64_t heavy) {
  Costs costs(41, 1000);
  costs[0] = heavy;
  return costs;
}

void CheckClose(const std::vector<double>& factors,
                const std::vector<double>& expected) {
  BOOST_REQUIRE_EQUAL(factors.size(), expected.size());
  for (size_t i = 0; i < factors.size(); ++i) {
    BOOST_TEST(factors[i] == expected[i], boost::test_tools::tolerance(1e-3));
  }
}

BOOST_AUTO_TEST_SUITE(CommonFactor)

BOOST_AUTO_TEST_CASE(IsHowMuchSlowerAllOfAProfileIs) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int64_t> any(1000, 1000000000);
  Costs costs(100);
  for (int64_t& cost : costs) cost = any(random);
  const auto factors = FindCommonFactors(
      {Profile(costs), Profile(Times(costs, 1.5)), Profile(Times(costs, .5))},
      {Profile(Times(costs, 3)), Profile(Times(costs, .25))}, kEvent);
  CheckClose(factors.base, {1, 1.5, .5});
  CheckClose(factors.current, {3, .25});
}

BOOST_AUTO_TEST_CASE(FavoursNeitherSide) {
  std::mt19937_64 random(2);
  std::lognormal_distribution<double> noise(0, .1);
  std::vector<Figures> sides[2];
  for (auto& side : sides) {
    for (int i = 0; i < 5; ++i) {
      Costs costs = Program(50000);
      for (int64_t& cost : costs)
        cost = std::llround(static_cast<double>(cost) * noise(random));
      side.push_back(Profile(Times(costs, noise(random))));
    }
  }
  const auto there = FindCommonFactors(sides[0], sides[1], kEvent);
  const auto back = FindCommonFactors(sides[1], sides[0], kEvent);
  std::vector<double> scaled = back.base;
  for (double& factor : scaled) factor *= there.base[0] / back.current[0];
  CheckClose(there.current, scaled);
}

BOOST_AUTO_TEST_CASE(IsNotMovedByAFunctionOfNearlyAllCostThatDoubles) {
  for (const int64_t heavy : {60000, 1000000}) {
    const auto factors = FindCommonFactors(
        {Profile(Program(heavy)), Profile(Times(Program(heavy), 1.5))},
        {Profile(Times(Program(2 * heavy), 1.25)), Profile(Program(2 * heavy))},
        kEvent);
    // The median of two is between them.
    CheckClose(factors.base, {.8, 1.2});
    CheckClose(factors.current, {1, .8});
  }
}

BOOST_AUTO_TEST_CASE(OfThreeFunctionsOneMayDouble) {
  const auto factors = FindCommonFactors({Profile({60, 20, 20})},
                                         {Profile({120, 20, 20})}, kEvent);
  CheckClose(factors.base, {1});
  CheckClose(factors.current, {1});
}

// There are many of them, and clocks are too coarse for them.
BOOST_AUTO_TEST_CASE(FollowsWhatCostsMuchRatherThanWhatThereIsMuchOf) {
  Costs base(1000, 1);
  Costs current(1000, 3);
  for (int i = 0; i < 100; ++i) {
    base.push_back(1000);
    current.push_back(1200);
  }
  const auto factors =
      FindCommonFactors({Profile(base)}, {Profile(current)}, kEvent);
  CheckClose(factors.current, {1.2});
}

BOOST_AUTO_TEST_CASE(LeavesOutWhatIsOnlyInSomeProfiles) {
  Costs base = Program(500);
  Costs current = Times(base, 2);
  for (int i = 0; i < 100; ++i) {
    base.push_back(i % 2 == 0 ? 900 : 0);
    current.push_back(i % 2 == 0 ? 0 : 900);
  }
  const auto factors = FindCommonFactors({Profile(base), Profile(base)},
                                         {Profile(current)}, kEvent);
  CheckClose(factors.base, {1, 1});
  CheckClose(factors.current, {2});
}

BOOST_AUTO_TEST_CASE(AProfileThatLacksAFunctionIsToldByTheOthers) {
  Costs truncated = Program(500);
  for (size_t f = 0; f < truncated.size(); f += 2) truncated[f] = 0;
  const Figures whole = Profile(Program(500));
  const auto factors = FindCommonFactors(
      {whole, whole, Profile(Times(truncated, 2))}, {whole}, kEvent);
  CheckClose(factors.base, {1, 1, 2});
  CheckClose(factors.current, {1});
}

BOOST_AUTO_TEST_CASE(IsOneWhereNothingCanBeTold) {
  const auto check = [](const Costs& base, const Costs& current) {
    const auto factors =
        FindCommonFactors({Profile(base)}, {Profile(current)}, kEvent);
    CheckClose(factors.base, {1});
    CheckClose(factors.current, {1});
  };
  check({}, {});
  check({0, 0}, {0, 0});
  check({5, 0}, {0, 5});
  check({-5, INT64_MIN}, {5, INT64_MAX});
  BOOST_TEST(FindCommonFactors({}, {Profile({1})}, kEvent).current[0] == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
