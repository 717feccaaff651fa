#include "graph/passes/calls_by_caller.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

// Distinct random calls between `functions` functions, two events each.
Profile RandomProfile(size_t functions, size_t calls, uint32_t seed) {
  ProfileBuilder builder(EventSet(
      {{"ns", "Time", Unit::kNanoseconds}, {"bytes", "Bytes", Unit::kBytes}}));
  for (size_t f = 0; f < functions; ++f) {
    builder.AddFunction(
        {builder.Intern("f" + std::to_string(f)), StringId(0), StringId(0), 0});
  }
  std::mt19937 random(seed);
  for (size_t c = 0; c < calls; ++c) {
    const auto n = static_cast<int64_t>(c);
    // Squared, so that some callers have most of the calls.
    const auto caller = static_cast<size_t>(random()) % functions *
                        (random() % functions) / functions;
    const int64_t costs[] = {n, -n};
    builder.AddCall({FunctionId(caller),
                     FunctionId(random() % functions),
                     static_cast<uint32_t>(c),
                     {n, n}},
                    costs, costs);
  }
  return std::move(builder).Build();
}

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
