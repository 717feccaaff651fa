#include "converter/diff/choose_findings.h"

#include <boost/test/unit_test.hpp>

#include "converter/diff/sample_report.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(ChooseFindingsTest)

BOOST_AUTO_TEST_CASE(GroupsAreWorseUnknownLessAndOther) {
  const DiffReport report = SampleReport();
  const ChosenFindings chosen = ChooseFindings(report, {.shows_all = true});
  BOOST_TEST(chosen.groups[0].shown.size() == 2u);
  BOOST_TEST(chosen.groups[1].shown[0] == &report.findings[2]);
  BOOST_TEST(chosen.groups[2].shown[0] == &report.findings[3]);
  BOOST_TEST(chosen.groups[3].shown[0] == &report.findings[4]);
  BOOST_TEST(chosen.shown() == 5u);
  BOOST_TEST(chosen.LeftOutText() == "");
}

BOOST_AUTO_TEST_CASE(WhatIsWithinTheLimitsIsOnlyCounted) {
  const ChosenFindings chosen = ChooseFindings(SampleReport(), {});
  BOOST_TEST(chosen.shown() == 4u);
  BOOST_TEST(chosen.LeftOutText() == "1 is within the limits");
}

BOOST_AUTO_TEST_CASE(WorseOnesHaveTheRoomFirstAndTheRestIsCounted) {
  DiffReport report = LongReport(15, 10);
  for (int i = 0; i < 3; ++i) report.findings.push_back(FewerSorts());
  const ChosenFindings chosen = ChooseFindings(report, {.all = 20, .less = 2});
  BOOST_TEST(chosen.groups[0].shown.size() == 15u);
  BOOST_TEST(chosen.groups[1].shown.size() == 5u);
  BOOST_TEST(chosen.groups[2].shown.empty());
  BOOST_TEST(chosen.LeftOutText() == "5 more cannot be told, 3 more cost less");
  BOOST_TEST(ChooseFindings(report, {.all = 14}).LeftOutText() ==
             "1 more is worse, 10 more cannot be told, 3 more cost less");
}

BOOST_AUTO_TEST_CASE(FallsAreByTheirPartOfTheTotal) {
  DiffReport report = SampleReport();
  DiffFinding small = FewerSorts();
  small.current = 199;
  DiffFinding bytes = FewerSorts();  // 2 000 of 3 MB, less than 200 of 3 040
  bytes.event = AllocBytes();
  bytes.base = 2000;
  report.findings = {small, bytes, FewerSorts()};
  const ChosenFindings chosen = ChooseFindings(report, {.less = 2});
  BOOST_TEST(chosen.groups[2].shown[0] == &report.findings[2]);
  BOOST_TEST(chosen.groups[2].shown[1] == &report.findings[1]);
  BOOST_TEST(chosen.LeftOutText() == "1 more costs less");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
