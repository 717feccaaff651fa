#include "graph/passes/keep_rows.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(FunctionsAndTheCallsBetweenThemStayInOrder) {
  std::mt19937 random(1);
  for (uint32_t seed = 0; seed < 100; ++seed) {
    Profile profile = RandomProfile(20, 100, seed);
    std::vector<bool> keep(20);
    for (size_t f = 0; f < keep.size(); ++f) keep[f] = random() % 3 != 0;
    Contents expected = ContentsOf(profile);
    for (size_t f = keep.size(); f-- > 0;) {
      if (keep[f]) continue;
      const FunctionKey key = expected.functions[f].first;
      expected.functions.erase(expected.functions.begin() +
                               static_cast<ptrdiff_t>(f));
      std::erase_if(expected.calls, [&](const auto& call) {
        return std::get<0>(call.first) == key || std::get<1>(call.first) == key;
      });
    }
    KeepFunctions(profile, keep);
    BOOST_TEST(profile.Check() == "");
    BOOST_CHECK(ContentsOf(profile) == expected);
  }
}

BOOST_AUTO_TEST_CASE(ContextsAndWhatTheProfileIsStay) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 3}}, {5}, 2);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  const Contents before = ContentsOf(profile);
  profile.functions.insert(profile.functions.begin(),
                           {StringId(0), StringId(0), StringId(0), 7});
  profile.graph.counts.insert(profile.graph.counts.begin(), CallCounts());
  for (Context& context : profile.contexts->contexts) {
    context.function = FunctionId(context.function.row() + 1);
  }
  FoldContexts(profile);
  profile.command = "app.py";
  profile.naming = Naming::kFileName;
  profile.provenance.lost = 3;
  KeepFunctions(profile, {false, true, true});
  BOOST_TEST(profile.Check() == "");
  BOOST_CHECK(ContentsOf(profile) == before);
  BOOST_TEST(profile.command == "app.py");
  BOOST_CHECK(profile.naming == Naming::kFileName);
  BOOST_TEST(profile.provenance.lost == 3);
}

BOOST_AUTO_TEST_CASE(RowsWithAFigureStay) {
  SampleProfile p(TimeAndBytes());
  p.Add("nothing", {0, 0}, {0, 0}, {0, 0});
  p.Add("counted", {1, 0}, {0, 0}, {0, 0});
  p.Add("costly", {0, 0}, {0, -1}, {0, 0});
  p.Add("inclusive", {0, 0}, {0, 0}, {0, 1});
  const FunctionId caller = p.Add("caller", {0, 0}, {0, 0}, {0, 0});
  const FunctionId callee = p.Add("callee", {0, 0}, {0, 0}, {0, 0});
  const FunctionId idle = p.Add("idle", {0, 0}, {0, 0}, {0, 0});
  p.Call(caller, callee, {0, 0}, {0, 1}, {0, 0});
  p.Call(caller, idle, {0, 0}, {0, 0}, {0, 0});
  p.Call(callee, caller, {0, 0}, {0, 0}, {0, 2});
  p.MarkEstimated();
  Profile profile = p.Build();
  KeepFigures(profile);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.size() == 5);
  BOOST_REQUIRE_EQUAL(profile.graph.calls.size(), 2);
  BOOST_TEST(!profile.provenance.IsEstimated(0));
  BOOST_TEST(profile.provenance.IsEstimated(1));
}

BOOST_AUTO_TEST_CASE(SelfCostsOfCallsThatNobodyToldStayUntold) {
  Profile profile = RandomProfile(5, 20, 1);
  profile.graph.call_self = CostTable(2);
  KeepFunctions(profile, {true, true, true, false, true});
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.graph.call_self.rows() == 0);
  BOOST_TEST(!profile.graph.calls.empty());
}

}  // namespace
}  // namespace prof2cg
