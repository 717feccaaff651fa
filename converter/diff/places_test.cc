#include "converter/diff/places.h"

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>

#include "converter/diff/sample_report.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffPlaces)

std::string Text(const std::optional<SourcePlace>& place) {
  return place ? place->file + ':' + std::to_string(place->line) : "none";
}

BOOST_AUTO_TEST_CASE(ANewCallSiteIsTheFirstPlaceToLookAt) {
  BOOST_TEST(Text(PlaceOf(MoreBytesOfMain())) == "app/loader.py:88");
}

BOOST_AUTO_TEST_CASE(TheFunctionToBlameIsTheNext) {
  DiffFinding f = MoreBytesOfMain();
  f.blame->call->new_lines.clear();
  BOOST_TEST(Text(PlaceOf(f)) == "app/loader.py:12");
}

BOOST_AUTO_TEST_CASE(ABuiltInIsLookedAtWhereItIsCalled) {
  BOOST_TEST(Text(PlaceOf(FewerSorts())) == "app/page.py:40");
}

BOOST_AUTO_TEST_CASE(WithoutBlameThePlaceIsThatOfTheSubject) {
  BOOST_TEST(Text(PlaceOf(SlowerRender())) == "app/page.py:40");
  DiffFinding f = FewerSorts();
  f.blame.reset();
  f.call->new_lines = {44};
  BOOST_TEST(Text(PlaceOf(f)) == "app/page.py:44");
}

BOOST_AUTO_TEST_CASE(TheWayToACauseWithoutAPlaceHasOne) {
  DiffFinding f = MoreBytesOfMain();
  f.function = f.blame->function = kSort;
  f.blame->call.reset();
  f.blame->steps = {
      {.function = kMain}, {.function = kRender}, {.function = kSort}};
  BOOST_TEST(Text(PlaceOf(f)) == "app/page.py:40");
}

BOOST_AUTO_TEST_CASE(ABudgetIsWhereItIsWritten) {
  DiffReport report = ReportOfBudgets();
  DiffBudget& budget = report.budgets[0];
  BOOST_TEST(Text(PlaceOf(report, budget)) == "prof2cg.toml:5");
  report.config = "/src/prof2cg.toml";
  BOOST_TEST(Text(PlaceOf(report, budget, "/src/")) == "prof2cg.toml:5");
  budget.line = 0;
  BOOST_TEST(Text(PlaceOf(report, budget)) == "/src/prof2cg.toml:1");
}

BOOST_AUTO_TEST_CASE(WhatIsNoFileOrOnlyInTheBaseIsNoPlace) {
  DiffFinding f = SlowerRender();
  for (const std::string file : {"", "~", "<string>", "<frozen zipimport>"}) {
    f.function.file = file;
    BOOST_TEST(Text(PlaceOf(f)) == "none");
  }
  f.function = kRender;
  f.function.line = 0;
  BOOST_TEST(Text(PlaceOf(f)) == "none");
  f.function = kRender;
  f.function.side = DiffFunction::Side::kBase;
  BOOST_TEST(Text(PlaceOf(f)) == "none");
}

BOOST_AUTO_TEST_CASE(TheRootIsLeftOutOfFilesWithinIt) {
  const auto place = [](std::string file, std::string_view root) {
    DiffFinding f = SlowerRender();
    f.function.file = std::move(file);
    return PlaceOf(f, root)->file;
  };
  BOOST_TEST(place("/src/app/a.py", "/src/app") == "a.py");
  BOOST_TEST(place("/src/app/a.py", "/src/app/") == "a.py");
  BOOST_TEST(place("/src/app/a.py", "") == "/src/app/a.py");
  BOOST_TEST(place("/src/apple/a.py", "/src/app") == "/src/apple/a.py");
  BOOST_TEST(place("/src/app/", "/src/app") == "/src/app/");
  BOOST_TEST(place("a.py", "/") == "a.py");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
