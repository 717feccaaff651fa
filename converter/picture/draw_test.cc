#include "converter/picture/draw.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"
#include "graph/passes/separate_callers.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

// By time, main is all of it; by bytes, each has something.
Profile Sample() {
  SampleProfile sample(TimeAndBytes());
  const FunctionId main =
      sample.Add("main", "/app/main.py", 1, {1, 1}, {50, 1}, {100, 4}, "app");
  const FunctionId g =
      sample.Add("g", "/app/lib.py", 9, {2, 2}, {30, 1}, {30, 1}, "app.lib");
  const FunctionId f =
      sample.Add("f", "/app/lib.py", 5, {3, 3}, {20, 2}, {20, 2}, "app.lib");
  sample.Call(main, f, {3, 3}, {20, 2}, {20, 2});
  sample.Call(g, g, {1, 1}, {10, 1}, {10, 1});
  sample.Call(main, g, {1, 1}, {30, 1}, {30, 1});
  sample.profile().naming = Naming::kModuleLineName;
  return sample.Build();
}

// main calls f, which is in a cycle with g; it costs 10 there, and main 5.
Profile Cycle(bool is_traced) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f"}, {"g"}, {"f"}}, {10});
  stacks.Add({{"main"}, {"g"}}, {3});
  stacks.Add({{"main"}}, {2});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  profile.is_traced = is_traced;
  return profile;
}

BOOST_AUTO_TEST_SUITE(DrawSuite)

BOOST_AUTO_TEST_CASE(SharesOfATraceAreThoseOfItsStacks) {
  const auto share_of_g = [](const Profile& profile, TotalBy rule) {
    return Draw(profile, {.total_by = rule}, false)
        .views[0]
        .nodes[2]
        .total_share;
  };
  constexpr double kExact = 13.0 / 15;
  const Profile traced = Cycle(true);
  const Profile sampled = Cycle(false);
  BOOST_TEST(traced.Name(FunctionId(2)) == "g");
  BOOST_TEST(share_of_g(traced, TotalBy::kCallRatios) == kExact);
  BOOST_TEST(share_of_g(sampled, TotalBy::kCallStacks) == kExact);
  BOOST_TEST(share_of_g(sampled, TotalBy::kCallRatios) != kExact);
}

// What gprof prints has shares of its own; it leaves out counts of 0.
BOOST_AUTO_TEST_CASE(SharesThatTheSourceHasFoundItselfAreFoundAgain) {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {0, 0}, {0}, {100});
  const FunctionId f = sample.Add("f", {4, 4}, {100}, {100});
  const FunctionId g = sample.Add("g", {1, 1}, {0}, {20});
  sample.Call(main, f, {3, 3}, {70}, {});
  sample.Call(main, g, {1, 1}, {20}, {});
  sample.Call(g, f, {1, 1}, {30}, {});
  Profile profile = sample.Build();
  profile.provenance.events[0].inclusive = Origin::kEstimated;
  profile.share_by = ShareBy::kCallCounts;
  const PictureView by_ratios = Draw(profile, {}, false).views[0];
  BOOST_TEST(by_ratios.edges[0].total_share == .75);
  BOOST_TEST(by_ratios.nodes[2].total_share == .25);
  BOOST_TEST(by_ratios.nodes[0].label == "100.00%\n(0.00%)");
  BOOST_TEST(by_ratios.nodes[1].label == "100.00%\n(100.00%)\n4×");
  const PictureView printed =
      Draw(profile, {.total_by = TotalBy::kCallStacks}, false).views[0];
  BOOST_TEST(printed.edges[0].total_share == .7);
  BOOST_TEST(printed.nodes[2].total_share == .2);
}

BOOST_AUTO_TEST_CASE(RowsOfViewsAreThoseOfNodesAndEdgesInOrder) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    Profile profile = RandomProfile(1 + seed, 5 * seed, seed);
    JoinCallSites(profile);
    const Picture picture = Draw(profile, {}, true);
    BOOST_TEST(picture.views.size() == 2);
    BOOST_TEST(
        std::ranges::is_sorted(picture.nodes, {}, &PictureNode::function));
    const auto ends = [](const PictureEdge& edge) {
      return std::pair(edge.caller, edge.callee);
    };
    BOOST_TEST(std::ranges::is_sorted(picture.edges, {}, ends));
    for (const PictureView& view : picture.views) {
      BOOST_TEST(view.nodes.size() == picture.nodes.size());
      BOOST_TEST(view.edges.size() == picture.edges.size());
      for (const NodeFigures& figures : view.nodes) {
        BOOST_TEST((figures.weight >= 0 && figures.weight <= 1));
      }
    }
    for (const PictureEdge& edge : picture.edges) {
      const Call& call = profile.graph.calls[edge.call.row()];
      BOOST_TEST((picture.nodes[edge.caller].function == call.caller));
      BOOST_TEST((picture.nodes[edge.callee].function == call.callee));
    }
  }
}

BOOST_AUTO_TEST_CASE(LabelsAndWeightsAreThoseOfTheEvent) {
  const Profile profile = Sample();
  PictureOptions options;
  const Picture by_time = Draw(profile, options, false);
  BOOST_TEST(by_time.views.size() == 1);
  BOOST_TEST(by_time.views[0].total == 100);
  BOOST_TEST(by_time.views[0].nodes[1].label == "30.00%\n(30.00%)\n2×");
  BOOST_TEST(by_time.views[0].nodes[1].weight == .3);
  BOOST_TEST(by_time.views[0].edges[0].label == "30.00%\n1×");
  options.event = "bytes";
  const Picture by_bytes = Draw(profile, options, true);
  BOOST_TEST(by_bytes.views.size() == 2);
  BOOST_TEST((by_bytes.views[0].event == EventId(1)));
  BOOST_TEST(by_bytes.views[0].nodes[1].label == "25.00%\n(25.00%)\n2×");
  BOOST_TEST(by_bytes.views[1].nodes[1].label == "30.00%\n(30.00%)\n2×");
  options.event = "nothing";
  BOOST_CHECK_THROW(Draw(profile, options, true), Error);
}

BOOST_AUTO_TEST_CASE(AnEventWithoutCostMakesNothingCostlyBesideAnother) {
  SampleProfile sample(TimeAndBytes());
  const FunctionId main = sample.Add("main", {1, 1}, {4, 0}, {9, 0});
  const FunctionId f = sample.Add("f", {2, 2}, {5, 0}, {5, 0});
  sample.Call(main, f, {2, 2}, {5, 0}, {5, 0});
  const Profile profile = sample.Build();
  const Picture picture = Draw(profile, {}, true);
  const PictureView& bytes = picture.views[1];
  BOOST_TEST(bytes.nodes[0].label == "0.00%\n(0.00%)\n1×");
  BOOST_TEST(bytes.nodes[0].weight == 0);
  BOOST_TEST(bytes.edges[0].weight == 0);
  PictureOptions options;
  options.event = "bytes";
  const Picture alone = Draw(profile, options, false);
  BOOST_TEST(alone.nodes.size() == 2);
}

BOOST_AUTO_TEST_CASE(ColoursBySelfCostAreRelativeToTheGreatest) {
  PictureOptions options;
  options.colors_by_self = true;
  const Picture picture = Draw(Sample(), options, true);
  const std::vector<NodeFigures>& by_time = picture.views[0].nodes;
  BOOST_TEST(by_time[0].weight == 1);
  BOOST_TEST(by_time[1].weight == .6);
  BOOST_TEST(by_time[2].weight == .4);
  BOOST_TEST(picture.views[1].nodes[2].weight == 1);
  BOOST_TEST(picture.views[0].edges[0].weight == .3);
}

BOOST_AUTO_TEST_CASE(ClustersAreFilesOrPackages) {
  const Profile profile = Sample();
  PictureOptions options;
  BOOST_TEST(Draw(profile, options, false).clusters.empty());
  options.cluster_by = ClusterBy::kFile;
  const Picture by_file = Draw(profile, options, false);
  BOOST_TEST((by_file.clusters ==
              std::vector<std::string>{"/app/main.py", "/app/lib.py"}));
  BOOST_TEST(by_file.nodes[1].cluster == 1);
  BOOST_TEST(by_file.nodes[2].cluster == 1);
  options.cluster_by = ClusterBy::kPackage;
  BOOST_TEST((Draw(profile, options, false).clusters ==
              std::vector<std::string>{"app", "app.lib"}));
}

// decode called by load and by main; main and load by nobody else.
Profile TwoCallers() {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"load"}, {"<method 'decode' of 'C' objects>"}}, {3});
  stacks.Add({{"main"}, {"<method 'decode' of 'C' objects>"}}, {1});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  SeparationRules rules;
  rules.callers.assign(profile.functions.size(), 2);
  rules.levels.assign(profile.functions.size(), 1);
  SeparateCallers(profile, rules);
  return profile;
}

BOOST_AUTO_TEST_CASE(ContextsOfAFunctionHaveBondsAndTellTheirCallers) {
  Profile profile = TwoCallers();
  for (const Naming naming : {Naming::kObjectName, Naming::kModuleLineName}) {
    profile.naming = naming;
    const Picture picture = Draw(profile, {}, false);
    BOOST_REQUIRE(picture.nodes.size() == 4u);
    BOOST_REQUIRE(picture.bonds.size() == 1u);
    BOOST_TEST(picture.bonds[0].first == 2u);
    BOOST_TEST(picture.bonds[0].second == 3u);
    for (const size_t n : {2, 3}) {
      const PictureNode& node = picture.nodes[n];
      BOOST_TEST(node.name.find("main") == std::string::npos);
      const std::vector<std::string> callers =
          n == 2 ? std::vector<std::string>{"← load", "← main"}
                 : std::vector<std::string>{"← main"};
      BOOST_TEST(node.callers == callers, boost::test_tools::per_element());
      BOOST_TEST(node.label.ends_with(n == 2 ? "objects>'load'main"
                                             : "objects>'main"));
    }
  }
  const Picture framed =
      Draw(profile, {.cluster_by = ClusterBy::kFunction}, false);
  BOOST_TEST(framed.bonds.empty());
  BOOST_TEST((framed.clusters ==
              std::vector<std::string>{":0:<method 'decode' of 'C' objects>"}));
  BOOST_TEST(framed.nodes[0].cluster == PictureNode::kNoCluster);
  BOOST_TEST(framed.nodes[2].cluster == 0u);
  BOOST_TEST(framed.nodes[3].cluster == 0u);
}

BOOST_AUTO_TEST_CASE(AContextIsFoundByItsNameAndByItsFunctions) {
  const Profile profile = TwoCallers();
  const auto drawn = [&](const char* leaf) {
    return Draw(profile, {.leaves = {leaf}}, false).nodes.size();
  };
  BOOST_TEST(drawn("C.decode") == 4u);
  BOOST_TEST(drawn("<method 'decode' of 'C' objects>'main") == 2u);
}

BOOST_AUTO_TEST_CASE(WhatIsEstimatedIsMarkedAndExplained) {
  Profile profile = Sample();
  BOOST_TEST(Draw(profile, {}, false).notes.size() == 2u);
  profile.provenance.estimated_functions = {false, true, false};
  profile.provenance.estimated_calls = {true, false, false};
  const Picture picture = Draw(profile, {}, false);
  for (size_t n = 0; n < 3; ++n) {
    BOOST_TEST(picture.nodes[n].is_estimated == (n == 1));
  }
  for (const PictureEdge& edge : picture.edges) {
    BOOST_TEST(edge.is_estimated == (edge.call == CallId(0)));
  }
  BOOST_TEST(picture.notes[1] ==
             "Dashes: estimated, since the input does not tell whole stacks");
}

BOOST_AUTO_TEST_CASE(NotesTellHowMuchIsDrawn) {
  PictureOptions options;
  options.node_threshold = .25;
  const Picture picture = Draw(Sample(), options, false);
  BOOST_TEST(picture.notes.front() == "2 of 3 functions and 2 of 3 calls");
}

BOOST_AUTO_TEST_CASE(AProfileOfNothingIsAPictureOfNothing) {
  SampleProfile sample;
  const Profile profile = sample.Build();
  const Picture picture = Draw(profile, {}, true);
  BOOST_TEST(picture.nodes.empty());
  BOOST_TEST(picture.views.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
