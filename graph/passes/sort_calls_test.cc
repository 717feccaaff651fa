#include "graph/passes/sort_calls.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(CallsComeOutAsAStableSortPutsThem) {
  for (const size_t functions : {1, 2, 7, 300, 5000}) {
    for (const size_t calls : {0, 1, 40, 30'000, 100'000}) {
      const Profile profile = RandomProfile(functions, calls, 1);
      std::vector<Call> expected = profile.graph.calls;
      std::ranges::stable_sort(expected, {}, &Call::caller);
      const SortedCalls sorted = SortCallsByCaller(profile);
      BOOST_REQUIRE(sorted.calls == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(EveryCallKeepsItsCosts) {
  const Profile profile = RandomProfile(900, 50'000, 2);
  const SortedCalls sorted = SortCallsByCaller(profile);
  BOOST_REQUIRE_EQUAL(sorted.inclusive.rows(), sorted.calls.size());
  for (size_t row = 0; row < sorted.calls.size(); ++row) {
    const int64_t n = sorted.calls[row].counts.total;
    BOOST_REQUIRE_EQUAL(sorted.inclusive[row][0], n);
    BOOST_REQUIRE_EQUAL(sorted.inclusive[row][1], -n);
  }
}

}  // namespace
}  // namespace prof2cg
