#include "graph/passes/join_call_sites.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Ends = std::pair<FunctionId, FunctionId>;

struct Sum {
  CallCounts counts;
  std::vector<int64_t> inclusive = {0, 0};
  std::vector<int64_t> self = {0, 0};
  std::optional<uint32_t> line;
  bool is_estimated = false;

  friend bool operator==(const Sum&, const Sum&) = default;
};

// What the calls of each caller and callee amount to, and the order in which
// these come first.
std::map<Ends, Sum> SumUp(const Profile& profile, std::vector<Ends>& order) {
  std::map<Ends, Sum> sums;
  for (size_t row = 0; row < profile.graph.calls.size(); ++row) {
    const Call& call = profile.graph.calls[row];
    const auto [found, is_new] =
        sums.try_emplace(Ends{call.caller, call.callee});
    Sum& sum = found->second;
    if (is_new) order.push_back(found->first);
    sum.line = is_new ? call.line : 0;
    sum.counts += call.counts;
    for (size_t e = 0; e < 2; ++e) {
      sum.inclusive[e] += profile.graph.call_inclusive[row][e];
      if (profile.graph.call_self.rows() == 0) continue;
      sum.self[e] += profile.graph.call_self[row][e];
    }
    sum.is_estimated |= profile.provenance.IsEstimated(row);
  }
  return sums;
}

BOOST_AUTO_TEST_SUITE(JoinCallSitesSuite)

BOOST_AUTO_TEST_CASE(CallsAmountToTheSameAndAreOneOfEachCallerAndCallee) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    Profile profile = RandomProfile(2 + seed, 20 * seed, seed, 1 + seed % 5);
    std::vector<Ends> order;
    const std::map<Ends, Sum> expected = SumUp(profile, order);
    BOOST_TEST(HasSeveralSites(profile.graph) ==
               (expected.size() < profile.graph.calls.size()));
    JoinCallSites(profile);
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(!HasSeveralSites(profile.graph));
    std::vector<Ends> joined_order;
    BOOST_TEST((SumUp(profile, joined_order) == expected));
    BOOST_TEST((joined_order == order));
    BOOST_TEST(profile.graph.calls.size() == expected.size());
  }
}

BOOST_AUTO_TEST_CASE(FunctionsStayAsTheyAre) {
  Profile profile = RandomProfile(20, 400, 1, 3);
  const Profile before = RandomProfile(20, 400, 1, 3);
  JoinCallSites(profile);
  BOOST_TEST((profile.functions == before.functions));
  BOOST_TEST((profile.graph.counts == before.graph.counts));
  BOOST_TEST((profile.graph.self.Totals() == before.graph.self.Totals()));
}

BOOST_AUTO_TEST_CASE(ACallFromOneLineKeepsIt) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {1});
  const FunctionId g = sample.Add("g", {1, 1}, {1}, {1});
  sample.Call(f, g, {1, 1}, {1}, {1}, 7);
  sample.Call(g, f, {1, 1}, {1}, {1}, 8);
  sample.Call(g, f, {1, 1}, {1}, {1}, 9);
  Profile profile = sample.Build();
  JoinCallSites(profile);
  BOOST_TEST(profile.graph.calls[0].line == 7);
  BOOST_TEST(profile.graph.calls[1].line == 0);
}

// f calls g, which calls f again, which calls g from another line.
BOOST_AUTO_TEST_CASE(RecursionThroughSeveralLinesCountsOnceWithContexts) {
  SampleStacks stacks;
  stacks.Add({{"f"}, {"g", 1}}, {1}, 1);
  stacks.Add({{"f"}, {"g", 1}, {"f", 5}, {"g", 2}}, {10}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(profile.graph.calls.size() == 3);
  JoinCallSites(profile);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.graph.calls.size() == 2);
  BOOST_CHECK((profile.graph.calls[0].counts == CallCounts{2, 1}));
  BOOST_TEST(profile.graph.call_inclusive[0][0] == 11);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
