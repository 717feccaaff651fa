#include "converter/picture/select.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "graph/error.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Names = std::vector<std::string>;

// main calls warm and cold; warm calls hot; cold calls icy; icy calls frozen.
// Inclusive and self shares in percent of 10 000.
Profile Sample() {
  SampleProfile sample;
  const auto add = [&](const char* name, int64_t self, int64_t inclusive) {
    return sample.Add(name, "/app/" + std::string(name) + ".py", 1, {1, 1},
                      {self}, {inclusive});
  };
  const FunctionId main = add("main", 1000, 10'000);
  const FunctionId warm = add("warm", 2000, 8960);
  const FunctionId hot = add("hot", 6960, 6960);
  const FunctionId cold = add("cold", 10, 40);
  const FunctionId icy = add("icy", 10, 30);
  const FunctionId frozen = add("frozen", 20, 20);
  const auto call = [&](FunctionId caller, FunctionId callee, int64_t cost) {
    sample.Call(caller, callee, {1, 1}, {cost}, {0});
  };
  call(main, warm, 8960);
  call(warm, hot, 6955);
  call(main, hot, 5);
  call(main, cold, 40);
  call(cold, icy, 30);
  call(icy, frozen, 20);
  return sample.Build();
}

PictureSelection Select(const PictureOptions& options) {
  const Profile profile = Sample();
  return SelectForPicture(profile, SharesAsRecorded(profile, EventId(0)),
                          options);
}

Names Functions(const PictureOptions& options) {
  const Profile profile = Sample();
  const PictureSelection selection = Select(options);
  Names names;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    if (!selection.kept.functions[f]) continue;
    names.emplace_back(profile.Name(FunctionId(f)));
  }
  return names;
}

Names Calls(const PictureOptions& options) {
  const Profile profile = Sample();
  const PictureSelection selection = Select(options);
  Names names;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    if (!selection.kept.calls[c]) continue;
    const Call& call = profile.graph.calls[c];
    names.push_back(std::string(profile.Name(call.caller)) + "-" +
                    std::string(profile.Name(call.callee)));
  }
  return names;
}

const Names kAll = {"main", "warm", "hot", "cold", "icy", "frozen"};

BOOST_AUTO_TEST_SUITE(SelectForPictureSuite)

BOOST_AUTO_TEST_CASE(WhatIsBelowTheThresholdsIsLeftOut) {
  BOOST_TEST((Functions({}) == Names{"main", "warm", "hot"}));
  BOOST_TEST((Calls({}) == Names{"main-warm", "warm-hot"}));
  BOOST_TEST((Calls({.edge_threshold = 0}) ==
              Names{"main-warm", "warm-hot", "main-hot"}));
  BOOST_TEST((Functions({.node_threshold = 0}) == kAll));
}

BOOST_AUTO_TEST_CASE(RootsKeepWhatTheyCall) {
  BOOST_TEST((Functions({.roots = {"warm"}}) == Names{"warm", "hot"}));
  BOOST_TEST((Functions({.node_threshold = 0, .roots = {"cold"}}) ==
              Names{"cold", "icy", "frozen"}));
  BOOST_TEST((Functions({.node_threshold = 0, .roots = {"hot", "icy"}}) ==
              Names{"hot", "icy", "frozen"}));
}

BOOST_AUTO_TEST_CASE(LeavesKeepWhatCallsThem) {
  BOOST_TEST((Functions({.leaves = {"warm"}}) == Names{"main", "warm"}));
  BOOST_TEST((Functions({.node_threshold = 0, .leaves = {"icy"}}) ==
              Names{"main", "cold", "icy"}));
}

BOOST_AUTO_TEST_CASE(DepthCountsCalls) {
  const auto below = [](uint32_t depth) {
    return Functions({.node_threshold = 0, .roots = {"main"}, .depth = depth});
  };
  BOOST_TEST((below(0) == Names{"main"}));
  // `hot` is one cheap call away, which is not drawn, and two others.
  BOOST_TEST((below(1) == Names{"main", "warm", "cold"}));
  BOOST_TEST((below(2) == Names{"main", "warm", "hot", "cold", "icy"}));
  BOOST_TEST((below(kAnyDepth) == kAll));
}

// gprof2dot does not find it, and ends.
BOOST_AUTO_TEST_CASE(AColdRootIsShownWithWhatItCallsAndALeafWithItsCallers) {
  BOOST_TEST((Functions({.roots = {"cold"}}) == Names{"cold", "icy"}));
  BOOST_TEST((Functions({.leaves = {"icy"}}) == Names{"main", "cold", "icy"}));
}

BOOST_AUTO_TEST_CASE(WhatNobodyHasIsAnError) {
  BOOST_CHECK_THROW(Select({.roots = {"nobody"}}), Error);
  BOOST_CHECK_THROW(Select({.leaves = {"nobody"}}), Error);
}

BOOST_AUTO_TEST_CASE(NothingToDrawBetweenRootsAndLeavesIsAnError) {
  BOOST_CHECK_THROW(
      Select({.node_threshold = 0, .roots = {"warm"}, .leaves = {"frozen"}}),
      Error);
  BOOST_TEST((Functions({.node_threshold = 0,
                         .edge_threshold = 0,
                         .roots = {"main"},
                         .leaves = {"hot"}}) == Names{"main", "warm", "hot"}));
}

BOOST_AUTO_TEST_CASE(PathsKeepTheirFunctionsAndRootsStay) {
  BOOST_TEST((Functions({.paths = {"/app/warm.py", "/app/hot"}}) ==
              Names{"warm", "hot"}));
  BOOST_TEST(
      (Functions({.paths = {"/app/hot"}, .roots = {"main"}}) == Names{"main"}));
  BOOST_TEST((Functions({.edge_threshold = 0,
                         .paths = {"/app/hot"},
                         .roots = {"main"}}) == Names{"main", "hot"}));
}

BOOST_AUTO_TEST_CASE(WhatIsNearIsShownWhateverItCosts) {
  BOOST_TEST((Functions({.near = {"icy"}}) == Names{"cold", "icy", "frozen"}));
  BOOST_TEST((Functions({.near = {"icy"}, .hops = 2}) ==
              Names{"main", "cold", "icy", "frozen"}));
  BOOST_TEST(
      (Calls({.near = {"hot"}}) == Names{"main-warm", "warm-hot", "main-hot"}));
}

BOOST_AUTO_TEST_CASE(OfTooManyTheCostliestAreShownAndWhoWasNamed) {
  BOOST_TEST((Functions({.most_nodes = 2}) == Names{"main", "warm"}));
  BOOST_TEST(
      (Functions({.node_threshold = 0, .most_nodes = 2, .roots = {"cold"}}) ==
       Names{"cold", "icy"}));
  const PictureSelection cut = Select({.node_threshold = 0, .most_nodes = 2});
  BOOST_TEST(cut.cut.starts_with("4 more functions are not drawn"));
  BOOST_TEST(Select({.most_nodes = 3}).cut == "");
  BOOST_TEST(Select({.most_nodes = 0}).cut == "");
}

// Before roots are looked at, as gprof2dot has it.
BOOST_AUTO_TEST_CASE(MostSelfIsOfWhatThresholdsAndPathsLeave) {
  BOOST_TEST(Select({}).most_self == .696);
  BOOST_TEST(Select({.node_threshold = 0, .roots = {"cold"}}).most_self ==
             .696);
  BOOST_TEST(Select({.paths = {"/app/warm.py"}}).most_self == .2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
