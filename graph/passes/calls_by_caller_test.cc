#include "graph/passes/calls_by_caller.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(CallsStandAsAStableSortPutsThem) {
  for (const size_t functions : {1, 2, 7, 300, 5000}) {
    for (const size_t calls : {0, 1, 40, 30'000, 100'000}) {
      const Profile profile = RandomProfile(functions, calls, 1);
      std::vector<Call> expected = profile.graph.calls;
      std::ranges::stable_sort(expected, {}, &Call::caller);
      std::vector<Call> found;
      for (const CallId call : IndexByCaller(profile.graph).calls) {
        found.push_back(profile.graph.calls[call.row()]);
      }
      BOOST_REQUIRE(found == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(EachCallerHasItsOwnCalls) {
  const Profile profile = RandomProfile(900, 50'000, 2);
  const CallsByCaller index = IndexByCaller(profile.graph);
  size_t calls = 0;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    for (const CallId call : index.Of(FunctionId(f))) {
      BOOST_REQUIRE_EQUAL(profile.graph.calls[call.row()].caller.row(), f);
      ++calls;
    }
  }
  BOOST_TEST(calls == profile.graph.calls.size());
}

}  // namespace
}  // namespace prof2cg
