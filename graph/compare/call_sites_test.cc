#include "graph/compare/call_sites.h"

#include <boost/test/unit_test.hpp>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// Line, and how often it calls.
using Lines = std::vector<std::pair<uint32_t, int64_t>>;

// A program in which f, which begins at `first_line`, calls g from `lines`, and
// h from others.
Profile Program(uint32_t first_line, const Lines& lines) {
  SampleProfile sample;
  const FunctionId h = sample.Add("h", "a.py", 1, {1, 1}, {1}, {1});
  const FunctionId f = sample.Add("f", "a.py", first_line, {1, 1}, {1}, {1});
  const FunctionId g = sample.Add("g", "a.py", 1, {1, 1}, {1}, {1});
  sample.Call(f, h, {1, 1}, {1}, {1}, first_line + 1);
  for (const auto& [line, calls] : lines) {
    sample.Call(f, g, {calls, calls}, {1}, {1}, line);
  }
  return sample.Build();
}

std::vector<CallSite> SitesOf(const Profile& base, const Profile& current) {
  const JoinedGraph graph = JoinByName(base, current);
  const auto call = graph.FindCall({1, 2});
  return CallSiteFinder(base, current, graph).Find(*call);
}

using Sites = std::vector<CallSite>;

BOOST_AUTO_TEST_SUITE(CallSiteFinderSuite)

BOOST_AUTO_TEST_CASE(SitesMoveWithTheirFunction) {
  const Sites sites =
      SitesOf(Program(10, {{12, 3}, {15, 4}}), Program(40, {{45, 5}, {42, 6}}));
  BOOST_CHECK(sites == Sites({{12, 42, 3, 6}, {15, 45, 4, 5}}));
}

BOOST_AUTO_TEST_CASE(SiteThatIsFartherFromAnyOldOneIsNew) {
  const Sites sites = SitesOf(Program(10, {{12, 1}, {15, 1}}),
                              Program(40, {{42, 1}, {45, 1}, {88, 7}}));
  BOOST_CHECK(sites == Sites({{12, 42, 1, 1}, {15, 45, 1, 1}, {{}, 88, 0, 7}}));
  BOOST_TEST(sites[2].is_new());
  BOOST_TEST(!sites[1].is_new());
}

BOOST_AUTO_TEST_CASE(SiteThatIsGoneComesLast) {
  const Sites sites =
      SitesOf(Program(10, {{12, 2}, {15, 1}}), Program(10, {{15, 1}}));
  BOOST_CHECK(sites == Sites({{15, 15, 1, 1}, {12, {}, 2, 0}}));
  BOOST_TEST(sites[1].is_gone());
}

BOOST_AUTO_TEST_CASE(NewCallHasNewSitesOnly) {
  const Sites sites = SitesOf(Program(10, {}), Program(10, {{15, 1}}));
  BOOST_CHECK(sites == Sites({{{}, 15, 0, 1}}));
}

BOOST_AUTO_TEST_CASE(LinesStandAsTheyAreWhereAFirstLineIsUnknown) {
  const Sites sites =
      SitesOf(Program(0, {{15, 1}}), Program(10, {{15, 1}, {25, 1}}));
  BOOST_CHECK(sites == Sites({{15, 15, 1, 1}, {{}, 25, 0, 1}}));
}

BOOST_AUTO_TEST_CASE(NothingIsToldOfUnknownLines) {
  BOOST_CHECK(SitesOf(Program(10, {{0, 1}}), Program(10, {{15, 1}})).empty());
  BOOST_CHECK(
      SitesOf(Program(10, {{15, 1}}), Program(10, {{15, 1}, {0, 1}})).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
