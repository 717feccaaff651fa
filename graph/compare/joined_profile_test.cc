#include "graph/compare/joined_profile.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>

#include "graph/compare/match_functions.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(JoinedProfileSuite)

BOOST_AUTO_TEST_CASE(EveryFigureIsTheGreaterOfBothSides) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const Profile base = RandomProfile(30, 90, seed, 1);
    const Profile current = RandomProfile(30, 90, seed + 100, 1);
    const JoinedGraph graph =
        JoinGraphs(base, current, MatchFunctions(base, current));
    const Profile joined = JoinedProfile(graph, base, current);
    BOOST_REQUIRE(joined.functions.size() == graph.functions.size());
    BOOST_REQUIRE(joined.graph.calls.size() == graph.calls.size());
    for (size_t f = 0; f < joined.functions.size(); ++f) {
      BOOST_TEST(joined.graph.counts[f].total ==
                 std::max(graph.base.calls[f], graph.current.calls[f]));
      for (size_t e = 0; e < joined.events.size(); ++e) {
        BOOST_TEST(joined.graph.inclusive[f][e] ==
                   std::max(graph.base.inclusive[f][e],
                            graph.current.inclusive[f][e]));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(NamesAreTheCurrentOnesWhereThereAre) {
  SampleProfile base;
  base.Add("f", "a.py", 3, {1, 1}, {10}, {10});
  base.Add("gone", "a.py", 7, {1, 1}, {5}, {5});
  SampleProfile current;
  current.Add("f", "a.py", 4, {2, 2}, {20}, {20});
  current.Add("new", "a.py", 9, {1, 1}, {6}, {6});
  const Profile before = base.Build();
  const Profile now = current.Build();
  const Profile joined = JoinedProfile(
      JoinGraphs(before, now, MatchFunctions(before, now)), before, now);
  BOOST_TEST(joined.Check() == "");
  BOOST_REQUIRE(joined.functions.size() == 3u);
  BOOST_TEST(joined.functions[0].line == 4u);
  BOOST_TEST(joined.Name(FunctionId(1)) == "gone");
  BOOST_TEST(joined.Name(FunctionId(2)) == "new");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
