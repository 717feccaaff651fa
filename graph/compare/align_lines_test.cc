#include "graph/compare/align_lines.h"

#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <random>

namespace prof2cg {
namespace {

using Lines = std::vector<int64_t>;
using Pairs = std::vector<std::pair<size_t, size_t>>;

int64_t DistanceOf(const Pairs& pairs, const Lines& base,
                   const Lines& current) {
  int64_t sum = 0;
  for (const auto& [b, c] : pairs) sum += std::abs(base[b] - current[c]);
  return sum;
}

// The least that any choice of as many of `many` in order has.
int64_t LeastDistance(const Lines& few, const Lines& many) {
  int64_t least = INT64_MAX;
  for (uint32_t chosen = 0; chosen < uint32_t{1} << many.size(); ++chosen) {
    if (static_cast<size_t>(std::popcount(chosen)) != few.size()) continue;
    int64_t sum = 0;
    size_t i = 0;
    for (size_t j = 0; j < many.size(); ++j) {
      if (chosen >> j & 1) sum += std::abs(few[i++] - many[j]);
    }
    least = std::min(least, sum);
  }
  return least;
}

Lines RandomLines(std::mt19937& random) {
  Lines lines(random() % 9);
  for (int64_t& line : lines) line = static_cast<int64_t>(random() % 20);
  std::ranges::sort(lines);
  return lines;
}

void CheckPairs(const Lines& base, const Lines& current, const Pairs& pairs) {
  BOOST_TEST((AlignLines(base, current) == pairs));
}

BOOST_AUTO_TEST_SUITE(AlignLinesSuite)

BOOST_AUTO_TEST_CASE(NoOtherPairingInOrderIsCloser) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const Lines base = RandomLines(random), current = RandomLines(random);
    const Pairs pairs = AlignLines(base, current);
    BOOST_TEST(pairs.size() == std::min(base.size(), current.size()));
    for (size_t p = 1; p < pairs.size(); ++p) {
      BOOST_TEST(pairs[p - 1].first < pairs[p].first);
      BOOST_TEST(pairs[p - 1].second < pairs[p].second);
    }
    const bool is_swapped = base.size() > current.size();
    BOOST_TEST(DistanceOf(pairs, base, current) ==
               LeastDistance(is_swapped ? current : base,
                             is_swapped ? base : current));
  }
}

BOOST_AUTO_TEST_CASE(AsManyLinesArePairedInOrder) {
  CheckPairs({5, 6}, {6, 7}, {{0, 0}, {1, 1}});
  CheckPairs({}, {}, {});
}

BOOST_AUTO_TEST_CASE(OfEquallyClosePairingsTheFirstPlacesAreTaken) {
  CheckPairs({5}, {3, 7}, {{0, 0}});
  CheckPairs({3, 7}, {5}, {{0, 0}});
  CheckPairs({1, 1}, {1, 1, 1}, {{0, 0}, {1, 1}});
}

BOOST_AUTO_TEST_CASE(LineThatWasAddedIsLeftOut) {
  CheckPairs({5, 10}, {5, 7, 12}, {{0, 0}, {1, 2}});
  CheckPairs({5}, {3, 6}, {{0, 1}});
  CheckPairs({}, {3, 6}, {});
}

BOOST_AUTO_TEST_CASE(LineThatIsGoneIsLeftOut) {
  CheckPairs({5, 7, 12}, {5, 10}, {{0, 0}, {2, 1}});
}

BOOST_AUTO_TEST_CASE(ManyLinesTakeLittleTime) {
  const Lines base(100'000, 1), current(300'000, 1);
  BOOST_TEST(AlignLines(base, current).size() == base.size());
}

BOOST_AUTO_TEST_CASE(FarthestLinesDoNotOverflow) {
  CheckPairs({INT64_MIN}, {INT64_MAX}, {{0, 0}});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
