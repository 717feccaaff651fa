#include "graph/passes/call_index.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

std::vector<Call> InOrder(const Profile& profile, const CallIndex& index) {
  std::vector<Call> calls;
  for (const CallId call : index.calls) {
    calls.push_back(profile.graph.calls[call.row()]);
  }
  return calls;
}

BOOST_AUTO_TEST_CASE(CallsStandAsAStableSortPutsThem) {
  for (const size_t functions : {1, 2, 7, 300, 5000}) {
    for (const size_t calls : {0, 1, 40, 30'000, 100'000}) {
      const Profile profile = RandomProfile(functions, calls, 1);
      std::vector<Call> expected = profile.graph.calls;
      std::ranges::stable_sort(expected, {}, &Call::caller);
      BOOST_REQUIRE(InOrder(profile, IndexByCaller(profile.graph)) == expected);
      expected = profile.graph.calls;
      std::ranges::stable_sort(expected, {}, &Call::callee);
      BOOST_REQUIRE(InOrder(profile, IndexByCallee(profile.graph)) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(EachFunctionHasItsOwnCalls) {
  const Profile profile = RandomProfile(900, 50'000, 2);
  const CallIndex callers = IndexByCaller(profile.graph);
  const CallIndex callees = IndexByCallee(profile.graph);
  size_t calls = 0;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    for (const CallId call : callers.Of(FunctionId(f))) {
      BOOST_REQUIRE_EQUAL(profile.graph.calls[call.row()].caller.row(), f);
      ++calls;
    }
    for (const CallId call : callees.Of(FunctionId(f))) {
      BOOST_REQUIRE_EQUAL(profile.graph.calls[call.row()].callee.row(), f);
      ++calls;
    }
  }
  BOOST_TEST(calls == 2 * profile.graph.calls.size());
}

}  // namespace
}  // namespace prof2cg
