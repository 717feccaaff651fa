#include "converter/picture/compare.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

struct Row {
  const char* name;
  const char* file;
  int64_t self;
  int64_t inclusive;
};

// Functions that the first calls, but for the first.
Profile Of(const std::vector<Row>& rows) {
  SampleProfile sample;
  for (const Row& row : rows) {
    const FunctionId f = sample.Add(row.name, row.file, 1, {row.self, row.self},
                                    {row.self}, {row.inclusive});
    if (f.row() == 0) continue;
    sample.Call(FunctionId(0), f, {row.self, row.self}, {row.inclusive}, {0});
  }
  sample.profile().naming = Naming::kModuleLineName;
  return sample.Build();
}

const Profile& First() {
  static const Profile profile = Of({{"main", "app.py", 200, 1000},
                                     {"f", "app.py", 300, 300},
                                     {"g", "app.py", 500, 500},
                                     {"gone", "app.py", 0, 0}});
  return profile;
}

// In another order: main 10 %, f 50 %, g 40 %.
const Profile& Second() {
  static const Profile profile = Of({{"main", "app.py", 100, 1000},
                                     {"g", "app.py", 400, 400},
                                     {"new", "app.py", 0, 0},
                                     {"f", "app.py", 500, 500}});
  return profile;
}

Picture Compared(const CompareOptions& comparison,
                 const PictureOptions& options = {.node_threshold = 0,
                                                  .edge_threshold = 0}) {
  return DrawComparison(First(), Second(), options, comparison);
}

std::string Label(const Picture& picture, size_t node) {
  return picture.views[0].nodes[node].label;
}

BOOST_AUTO_TEST_SUITE(DrawComparisonSuite)

BOOST_AUTO_TEST_CASE(FunctionsHaveTheFirstsFiguresAndWhatBecameOfThem) {
  const Picture picture = Compared({});
  BOOST_TEST(picture.is_comparison);
  BOOST_TEST(Label(picture, 0) == "100.00%\n(20.00%) - 10.0%\n200× / 100×");
  BOOST_TEST(Label(picture, 1) ==
             "30.00% + 20.0%\n(30.00%) + 20.0%\n300× / 500×");
  BOOST_TEST(Label(picture, 2) ==
             "50.00% - 10.0%\n(50.00%) - 10.0%\n500× / 400×");
  BOOST_TEST((picture.nodes[0].trend == Trend::kNone));
  BOOST_TEST((picture.nodes[1].trend == Trend::kGrew));
  BOOST_TEST((picture.nodes[2].trend == Trend::kShrank));
}

BOOST_AUTO_TEST_CASE(WhatOnlyOneHasIsNotCompared) {
  const Picture picture = Compared({});
  BOOST_TEST(picture.nodes.size() == 4);
  BOOST_TEST(Label(picture, 3) == "0.00%\n(0.00%)\n0×");
  BOOST_TEST((picture.nodes[3].trend == Trend::kNone));
  BOOST_TEST(picture.views[0].edges[2].label == "0.00%\n0×");
}

BOOST_AUTO_TEST_CASE(CallsHaveTheFiguresOfBoth) {
  const Picture picture = Compared({});
  BOOST_TEST(picture.views[0].edges[0].label == "30.00% / 50.00%\n300× / 500×");
  BOOST_TEST(picture.views[0].edges[1].label == "50.00% / 40.00%\n500× / 400×");
}

BOOST_AUTO_TEST_CASE(WhatIsColdInTheSecondIsComparedAllTheSame) {
  const Profile hot = Of({{"main", "a.py", 1, 100}, {"f", "a.py", 99, 99}});
  const Profile cold =
      Of({{"main", "a.py", 9999, 10'000}, {"f", "a.py", 1, 1}});
  const Picture picture = DrawComparison(hot, cold, {}, {});
  BOOST_TEST(Label(picture, 1).starts_with("99.00% - 98.99%\n"));
}

BOOST_AUTO_TEST_CASE(SmallerDifferencesThanTheToleranceAreNone) {
  const Picture picture = Compared({.tolerance = 15});
  BOOST_TEST(Label(picture, 2) == "50.00%\n(50.00%)\n500× / 400×");
  BOOST_TEST((picture.nodes[1].trend == Trend::kGrew));
  BOOST_TEST((picture.nodes[2].trend == Trend::kNone));
}

// Expected are Python's round(difference, -floor(log10(tolerance))).
BOOST_AUTO_TEST_CASE(DifferencesAreRoundedByTheTolerance) {
  const Profile a = Of({{"main", "a.py", 0, 1'000'000}, {"f", "", 0, 0}});
  const Profile b = Of({{"main", "a.py", 0, 1'000'000}, {"f", "", 0, 123'456}});
  const auto total = [&](double tolerance) {
    const Picture picture =
        DrawComparison(a, b, {.node_threshold = 0}, {.tolerance = tolerance});
    const std::string label = Label(picture, 1);
    return label.substr(0, label.find('\n'));
  };
  BOOST_TEST(total(.00001) == "0.00% + 12.3456%");
  BOOST_TEST(total(.001) == "0.00% + 12.346%");
  BOOST_TEST(total(.002) == "0.00% + 12.346%");
  BOOST_TEST(total(.01) == "0.00% + 12.35%");
  BOOST_TEST(total(.1) == "0.00% + 12.3%");
  BOOST_TEST(total(.5) == "0.00% + 12.3%");
  BOOST_TEST(total(1) == "0.00% + 12.0%");
  BOOST_TEST(total(10) == "0.00% + 10.0%");
  BOOST_TEST(total(0) == "0.00% + 12.3456%");
}

BOOST_AUTO_TEST_CASE(OnlyWhatIsAskedForIsMarked) {
  const Picture slower = Compared({.marks_shrunk = false});
  BOOST_TEST((slower.nodes[1].trend == Trend::kGrew));
  BOOST_TEST((slower.nodes[2].trend == Trend::kNone));
  // Self shares keep their difference, as gprof2dot has it.
  BOOST_TEST(Label(slower, 2) == "50.00%\n(50.00%) - 10.0%\n500× / 400×");
  const Picture faster = Compared({.marks_grown = false});
  BOOST_TEST((faster.nodes[1].trend == Trend::kNone));
  BOOST_TEST((faster.nodes[2].trend == Trend::kShrank));
}

BOOST_AUTO_TEST_CASE(ColoursByDifferenceGoFromTheLeastToTheGreatest) {
  const Picture picture = Compared({.colors_by_difference = true});
  const PictureView& view = picture.views.front();
  BOOST_TEST(view.nodes[0].weight == 0);
  BOOST_TEST(view.nodes[1].weight == 1);
  BOOST_TEST(view.nodes[2].weight == .5, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(view.edges[0].weight == 0);
}

BOOST_AUTO_TEST_CASE(WithoutDifferencesNothingStandsOut) {
  const PictureOptions all = {.node_threshold = 0, .edge_threshold = 0};
  const Picture picture =
      DrawComparison(First(), First(), all, {.colors_by_difference = true});
  for (const NodeFigures& figures : picture.views[0].nodes) {
    BOOST_TEST(figures.weight == 0);
    BOOST_TEST(figures.label.find('+') == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(FunctionsThatLookAlikeAreComparedInTheirOrder) {
  const Profile first = Of({{"main", "a.py", 0, 100},
                            {"get", "one/util.py", 10, 10},
                            {"get", "two/util.py", 20, 20}});
  const Profile second = Of({{"main", "a.py", 0, 100},
                             {"get", "one/util.py", 30, 30},
                             {"get", "two/util.py", 40, 40}});
  const Picture picture = DrawComparison(first, second, {}, {});
  BOOST_TEST(Label(picture, 1).starts_with("10.00% + 20.0%\n"));
  BOOST_TEST(Label(picture, 2).starts_with("20.00% + 20.0%\n"));
}

BOOST_AUTO_TEST_CASE(AmountsStandSideBySide) {
  PictureOptions options = {.node_threshold = 0};
  options.node_lines = {NodeLine::kTotalTime, NodeLine::kSelf};
  BOOST_TEST(Label(Compared({}, options), 1) ==
             "3e-07 / 5e-07\n(300 ns) / (500 ns)\n300× / 500×");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
