#include "graph/grouping.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(RowsStandAsAStableSortByGroupHasThem) {
  std::mt19937 random(1);
  for (int time = 0; time < 100; ++time) {
    const size_t groups = 1 + random() % 10;
    std::vector<size_t> group(random() % 50);
    for (size_t& g : group) g = random() % groups;
    const auto group_of = [&](size_t row) { return group[row]; };

    std::vector<size_t> expected(group.size());
    for (size_t row = 0; row < expected.size(); ++row) expected[row] = row;
    std::ranges::stable_sort(expected, {}, group_of);

    Grouping grouping(group.size(), groups, group_of);
    std::vector<size_t> sorted(group.size());
    for (size_t row = 0; row < sorted.size(); ++row) {
      sorted[grouping.Take(group_of(row))] = row;
    }
    BOOST_TEST(sorted == expected, boost::test_tools::per_element());

    const std::vector<uint32_t> begins = std::move(grouping).Begins();
    BOOST_REQUIRE_EQUAL(begins.size(), groups + 1);
    for (size_t g = 0; g <= groups; ++g) {
      BOOST_TEST(begins[g] ==
                 std::ranges::count_if(group, [&](size_t o) { return o < g; }));
    }
  }
}

}  // namespace
}  // namespace prof2cg
