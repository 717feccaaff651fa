#include "graph/passes/flows.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

// Of one event: calls, primitive calls, inclusive and self cost each.
Flows Some(const std::vector<Costs>& rows) {
  Flows flows(1);
  for (const Costs& row : rows) flows.Add({}, row);
  return flows;
}

// What each flow gets of a cost.
Costs Shares(const Flows& flows, Rule rule, int64_t cost) {
  Costs shares(flows.size());
  Weights(flows, 0, rule).ShareOut(cost, [&](size_t row, int64_t share) {
    shares[row] = share;
  });
  return shares;
}

BOOST_AUTO_TEST_CASE(EachRuleHasItsWeights) {
  const Flows flows = Some({{3, 1, 50, 10}, {1, 1, 30, 20}});
  BOOST_TEST(Shares(flows, Rule::kSelf, 300) == (Costs{100, 200}));
  BOOST_TEST(Shares(flows, Rule::kBelow, 50) == (Costs{40, 10}));
  BOOST_TEST(Shares(flows, Rule::kInclusive, 160) == (Costs{100, 60}));
  BOOST_TEST(Shares(flows, Rule::kCalls, 40) == (Costs{30, 10}));
  BOOST_TEST(Shares(flows, Rule::kEqually, 40) == (Costs{20, 20}));
}

BOOST_AUTO_TEST_CASE(WhereNothingWeighsTheNextRuleHolds) {
  BOOST_TEST(Shares(Some({{1, 1, 30, 0}, {1, 1, 10, -9}}), Rule::kSelf, 4) ==
             (Costs{3, 1}));
  BOOST_TEST(Shares(Some({{1, 1, 30, 30}, {1, 1, 10, 10}}), Rule::kBelow, 4) ==
             (Costs{3, 1}));
  BOOST_TEST(Shares(Some({{3, 3, 0, 0}, {1, 1, -5, 0}}), Rule::kSelf, 4) ==
             (Costs{3, 1}));
  BOOST_TEST(Shares(Some({{0, 0, 0, 0}, {0, 0, 0, 0}}), Rule::kSelf, 4) ==
             (Costs{2, 2}));
  BOOST_TEST(Shares(Some({}), Rule::kSelf, 4).empty());
}

BOOST_AUTO_TEST_CASE(SharesAddUpToTheCost) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 1000; ++round) {
    std::vector<Costs> rows(1 + random() % 9);
    // Also where sums are beyond the limits.
    const auto figure = [&] {
      return static_cast<int64_t>(random() >> (round % 2 == 0 ? 40 : 0));
    };
    for (Costs& row : rows) row = {figure(), 0, figure(), figure()};
    const Flows flows = Some(rows);
    const int64_t cost = figure();
    for (const Rule rule : {Rule::kSelf, Rule::kBelow, Rule::kInclusive,
                            Rule::kCalls, Rule::kEqually}) {
      int64_t sum = 0;
      for (const int64_t share : Shares(flows, rule, cost)) sum += share;
      BOOST_TEST(sum == cost);
    }
  }
}

}  // namespace
}  // namespace prof2cg
