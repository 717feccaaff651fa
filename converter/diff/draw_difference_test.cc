#include "converter/diff/draw_difference.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "converter/picture/theme.h"
#include "graph/compare/joined_profile.h"
#include "graph/compare/match_functions.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

constexpr int64_t kMs = 1'000'000;

// main calls same, more, less and `only`, which is all that it costs.
Profile Program(int64_t more, int64_t less, std::string_view only,
                int64_t only_cost) {
  SampleProfile sample;
  const auto inclusive = 10 * kMs + more + less + only_cost;
  const FunctionId main = sample.Add("main", {1, 1}, {0}, {inclusive});
  const auto call = [&](std::string_view name, int64_t cost, int64_t calls) {
    const FunctionId f = sample.Add(name, {calls, calls}, {cost}, {cost});
    sample.Call(main, f, {calls, calls}, {cost}, {cost});
  };
  call("same", 10 * kMs, 5);
  call("more", more, more / kMs);
  call("less", less, 7);
  call(only, only_cost, 1);
  return sample.Build();
}

// Both sides, and a picture of them.
class Drawn {
 public:
  Drawn(Profile base, Profile current, DiffReport report = {},
        PictureOptions options = {.node_threshold = 0, .edge_threshold = 0})
      : base_(std::move(base)),
        current_(std::move(current)),
        graph_(JoinGraphs(base_, current_, MatchFunctions(base_, current_))),
        joined_(JoinedProfile(graph_, base_, current_)),
        picture_(DrawDifference(graph_, joined_, report, std::move(options),
                                true)) {}

  const Picture& operator*() const { return picture_; }
  const Picture* operator->() const { return &picture_; }
  const PictureView& view() const { return picture_.views.front(); }

  // Its row, which is there.
  size_t Node(std::string_view name) const {
    size_t row = 0;
    while (picture_.nodes.at(row).name != name) ++row;
    return row;
  }
  size_t EdgeTo(std::string_view name) const {
    size_t row = 0;
    while (picture_.edges.at(row).callee != Node(name)) ++row;
    return row;
  }

 private:
  Profile base_;
  Profile current_;
  JoinedGraph graph_;
  Profile joined_;
  Picture picture_;
};

const Drawn& Sample() {
  static const Drawn drawn(Program(10 * kMs, 20 * kMs, "gone", 4 * kMs),
                           Program(30 * kMs, 15 * kMs, "new", 6 * kMs));
  return drawn;
}

BOOST_AUTO_TEST_SUITE(DrawDifferenceSuite)

BOOST_AUTO_TEST_CASE(WhatEitherSideHasIsThereOnce) {
  BOOST_TEST(Sample()->nodes.size() == 6u);
  BOOST_TEST(Sample()->edges.size() == 5u);
}

BOOST_AUTO_TEST_CASE(WhatOneSideHasIsMarkedInDashesAndWords) {
  const Drawn& drawn = Sample();
  const auto check = [&](std::string_view name, Presence presence,
                         const std::string& label) {
    const size_t n = drawn.Node(name);
    const size_t e = drawn.EdgeTo(name);
    BOOST_TEST((drawn->nodes[n].presence == presence));
    BOOST_TEST((drawn->edges[e].presence == presence));
    BOOST_TEST(drawn->nodes[n].has_dashes() == (presence != Presence::kBoth));
    BOOST_TEST(drawn->edges[e].has_dashes() == (presence != Presence::kBoth));
    BOOST_TEST(drawn.view().nodes[n].label.starts_with(label));
    BOOST_TEST(drawn.view().edges[e].label.starts_with(label));
  };
  check("new", Presence::kNew, "new: 6.00 ms\n1 call");
  check("gone", Presence::kGone, "gone: 4.00 ms\n1 call");
  check("same", Presence::kBoth, "10.0 ms\n");
}

BOOST_AUTO_TEST_CASE(LabelsTellBothSidesAndTheDifference) {
  const Drawn& drawn = Sample();
  BOOST_TEST(
      drawn.view().nodes[drawn.Node("more")].label ==
      "10.0 ms → 30.0 ms\n+20.0 ms (3.0 ×)\nself +20.0 ms\n10 → 30 calls");
  BOOST_TEST(drawn.view().nodes[drawn.Node("less")].label ==
             "20.0 ms → 15.0 ms\n-5.00 ms (-25.0 %)\nself -5.00 ms\n7 calls");
  BOOST_TEST(drawn.view().edges[drawn.EdgeTo("more")].label ==
             "+20.0 ms\n10 → 30 calls");
}

// main has 17 ms more, `more` the greatest difference: 20 ms.
BOOST_AUTO_TEST_CASE(WeightsGoFromLessToMoreBothSidesOfAHalf) {
  const Drawn& drawn = Sample();
  const auto weight = [&](std::string_view name) {
    return drawn.view().nodes[drawn.Node(name)].weight;
  };
  BOOST_TEST(weight("more") == 1);
  BOOST_TEST(weight("same") == .5);
  BOOST_TEST(weight("less") == .375);
  BOOST_TEST(weight("new") == .65);
  BOOST_TEST(weight("gone") == .4);
  BOOST_TEST(weight("main") == .925);
  BOOST_TEST(drawn.view().scale.least == "-20.0 ms");
  BOOST_TEST(drawn.view().scale.most == "+20.0 ms");
}

BOOST_AUTO_TEST_CASE(ExchangedSidesHaveTheOppositeWeights) {
  for (uint32_t seed = 0; seed < 10; ++seed) {
    const Drawn there(RandomProfile(20, 60, seed, 1),
                      RandomProfile(20, 60, seed + 50, 1));
    const Drawn back(RandomProfile(20, 60, seed + 50, 1),
                     RandomProfile(20, 60, seed, 1));
    BOOST_REQUIRE(there->nodes.size() == back->nodes.size());
    double sum = 0;
    for (const NodeFigures& f : there.view().nodes) sum += f.weight;
    for (const NodeFigures& f : back.view().nodes) sum += f.weight;
    BOOST_TEST(sum == static_cast<double>(there->nodes.size()),
               boost::test_tools::tolerance(1e-9));
  }
}

BOOST_AUTO_TEST_CASE(LinesAreAsWideAsOnTheSideWithMore) {
  const Drawn& drawn = Sample();
  const auto breadth = [&](std::string_view name) {
    return drawn.view().edges[drawn.EdgeTo(name)].breadth;
  };
  BOOST_TEST(breadth("more") > breadth("less"));
  BOOST_TEST(breadth("less") > breadth("same"));
  BOOST_TEST(breadth("same") > breadth("gone"));
}

BOOST_AUTO_TEST_CASE(EqualSidesAreWithoutColour) {
  const Drawn drawn(Program(kMs, kMs, "f", kMs), Program(kMs, kMs, "f", kMs));
  for (const NodeFigures& figures : drawn.view().nodes) {
    BOOST_TEST(figures.weight == .5);
    BOOST_TEST(figures.label.find("→") == std::string::npos);
  }
}

// 10 µs of 41 ms are no alarm, be they all that differs.
BOOST_AUTO_TEST_CASE(DifferencesOfNothingArePale) {
  const Drawn drawn(Program(10 * kMs, 20 * kMs, "f", kMs),
                    Program(10 * kMs + kMs / 100, 20 * kMs, "f", kMs));
  BOOST_TEST(drawn.view().nodes[drawn.Node("more")].weight < .52);
}

BOOST_AUTO_TEST_CASE(WhatIsBelowTheThresholdOnBothSidesIsLeftOut) {
  const Drawn drawn(Program(10 * kMs, 20 * kMs, "gone", 4 * kMs),
                    Program(30 * kMs, 15 * kMs, "new", 6 * kMs), {},
                    {.node_threshold = .2});
  for (const PictureNode& node : drawn->nodes) {
    BOOST_TEST(node.name != "gone");
    BOOST_TEST(node.name != "new");
  }
  BOOST_TEST(drawn.Node("less") < drawn->nodes.size());
}

BOOST_AUTO_TEST_CASE(TheCaptionTellsTheVerdictAndTheSides) {
  DiffReport report;
  report.answer = Answer::kWorse;
  report.why = "ns of `more`";
  report.base.files = {"old.pstats"};
  report.current.files = {"new.pstats"};
  const Drawn drawn(Program(kMs, kMs, "f", kMs), Program(kMs, kMs, "f", kMs),
                    report);
  BOOST_TEST(drawn->title == "worse: base 'old.pstats' → current 'new.pstats'");
  BOOST_TEST(drawn->notes[0] == "ns of 'more'");
  BOOST_TEST(Sample().view().base_total == 44 * kMs);
  BOOST_TEST(Sample().view().total == 61 * kMs);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
