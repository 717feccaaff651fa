#include "graph/passes/apportion.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

using Figures = std::vector<int64_t>;

Figures Parts(int64_t whole, const Figures& weights) {
  Apportioner apportioner;
  const auto parts = apportioner.Share(whole, weights);
  return {parts.begin(), parts.end()};
}

// Any figure there is, most of them small.
int64_t AnyFigure(std::mt19937_64& random) {
  return static_cast<int64_t>(random()) >> random() % 64;
}

BOOST_AUTO_TEST_SUITE(Apportionment)

BOOST_AUTO_TEST_CASE(TheLargestRemaindersGetTheRest) {
  BOOST_TEST(Parts(10, {1, 1, 1}) == (Figures{4, 3, 3}));
  BOOST_TEST(Parts(1, {1, 98, 1}) == (Figures{0, 1, 0}));
  BOOST_TEST(Parts(7, {5, 3, 2}) == (Figures{4, 2, 1}));
  BOOST_TEST(Parts(-10, {1, 1, 1}) == (Figures{-4, -3, -3}));
}

BOOST_AUTO_TEST_CASE(WithoutWeightsPartsAreAlike) {
  BOOST_TEST(Parts(5, {0, -3}) == (Figures{3, 2}));
  BOOST_TEST(Parts(5, {0, -3, 1}) == (Figures{0, 0, 5}));
  BOOST_TEST(Parts(5, {}).empty());
}

BOOST_AUTO_TEST_CASE(PartsAddUpAndAreLessThanOneUnitOff) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const int64_t whole = AnyFigure(random);
    Figures weights(1 + random() % 8);
    for (int64_t& weight : weights) weight = AnyFigure(random);
    weights[0] = 1 + (weights[0] & INT64_MAX >> 1);
    const Figures parts = Parts(whole, weights);
    __int128 sum = 0;
    __int128 all = 0;
    for (const int64_t part : parts) sum += part;
    for (const int64_t weight : weights) all += std::max<int64_t>(0, weight);
    BOOST_TEST(static_cast<int64_t>(sum) == whole);
    for (size_t p = 0; p < parts.size(); ++p) {
      const __int128 weight = std::max<int64_t>(0, weights[p]);
      const __int128 off = parts[p] * all - whole * weight;
      BOOST_TEST((off < all && -off < all));
    }
  }
}

// What callers rely on, so that no part of self cost is above the inclusive.
BOOST_AUTO_TEST_CASE(LessThanAllWeightsGivesNoMoreThanEach) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 5000; ++i) {
    Figures weights(1 + random() % 8);
    int64_t sum = 0;
    for (int64_t& weight : weights) {
      weight = AnyFigure(random) & INT64_MAX >> 4;
      sum += weight;
    }
    BOOST_TEST(Parts(sum, weights) == weights);
    const auto less =
        static_cast<int64_t>(random() % static_cast<uint64_t>(sum + 1));
    const Figures parts = Parts(less, weights);
    for (size_t p = 0; p < parts.size(); ++p) {
      BOOST_TEST(parts[p] <= weights[p]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
