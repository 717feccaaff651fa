#include "converter/diff/check_budgets.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/compare_sides.h"
#include "graph/error.h"
#include "graph/passes/merge.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// handle in web/app.py calls loads in json/__init__.py so often, at 100 ns
// each; page in web/template/page.py calls it once, if at all, and handle does
// not where it is asked not to.
struct Requests {
  int64_t loaded = 20;
  bool page_loads = false;
  bool handle_loads = true;
};

Profile Make(const Requests& requests) {
  SampleProfile sample;
  const int64_t loaded = requests.loaded;
  const int64_t cost = 100 * loaded;
  const FunctionId handle =
      sample.Add("handle", "web/app.py", 1, {10, 10}, {1}, {1 + cost});
  const FunctionId page =
      sample.Add("page", "web/template/page.py", 7, {1, 1}, {1}, {1});
  const FunctionId loads = sample.Add("loads", "json/__init__.py", 3,
                                      {loaded, loaded}, {cost}, {cost});
  sample.Add("reloads", "json/__init__.py", 9, {5, 5}, {5}, {5});
  if (requests.handle_loads) {
    sample.Call(handle, loads, {loaded, loaded}, {cost}, {cost});
  }
  if (requests.page_loads) sample.Call(page, loads, {1, 1}, {100}, {100});
  return sample.Build();
}

Side SideOf(const std::string& file, const Requests& requests) {
  Side side{{file}, {}, {}, {}};
  Merger merger;
  Profile profile = Make(requests);
  std::vector<FunctionId> functions = merger.Add(profile);
  side.profiles.push_back({std::move(functions), std::move(profile)});
  side.sum = std::move(merger).Merge();
  return side;
}

// What is told of `options`' budgets and rules.
DiffReport Check(DiffOptions options, const Requests& base,
                 const Requests& current) {
  const Sides sides{SideOf("old", base), SideOf("new", current), {}};
  const ComparedSides compared = CompareSides(sides.base, sides.current);
  options.config = "prof2cg.toml";
  DiffReport report;
  CheckBudgets(options, sides, compared.graph, compared.repeats, report);
  return report;
}

DiffBudget CheckBudget(std::string_view text, const Requests& base = {},
                       const Requests& current = {}) {
  DiffOptions options;
  options.budgets = {ParseBudget(text)};
  return Check(options, base, current).budgets.at(0);
}

DiffBudget CheckRule(std::string_view text, const Requests& base,
                     const Requests& current) {
  DiffOptions options;
  options.rules = {ParseCallerRule(text)};
  return Check(options, base, current).budgets.at(0);
}

BOOST_AUTO_TEST_SUITE(CheckBudgetsTest)

BOOST_AUTO_TEST_CASE(WhatCostsJustItsBudgetKeepsIt) {
  for (const char* budget :
       {"calls loads <= 20", "ns loads <= 2us", "ns loads <= 1 x base",
        "calls loads <= 2 per call of handle"}) {
    BOOST_TEST((CheckBudget(budget).answer == Answer::kNotWorse), budget);
    BOOST_TEST(
        (CheckBudget(budget, {}, {.loaded = 21}).answer == Answer::kWorse),
        budget);
  }
}

BOOST_AUTO_TEST_CASE(SentencesTellFiguresAndLimit) {
  const auto sentence = [](std::string_view budget) {
    return CheckBudget(budget, {}, {.loaded = 30}).sentence;
  };
  BOOST_TEST(sentence("calls loads <= 2") ==
             "`loads` is called 30 times: the budget is 2");
  BOOST_TEST(sentence("calls loads <= 2 per call of handle") ==
             "`loads` is called 3.0 times per call of `handle`: the budget is "
             "2");
  BOOST_TEST(sentence("ns loads <= 1.05 x base") ==
             "`loads` costs 3.00 µs of ns, in the base 2.00 µs of ns: the "
             "budget is 1.05 x base");
  BOOST_TEST(sentence("calls * <= 5") ==
             "`loads` is called 30 times: the budget is 5; 1 more "
             "function exceeds it");
}

// 2.96 would not be told from 3 with one decimal.
BOOST_AUTO_TEST_CASE(AFigureIsToldFromALimitThatItExceeds) {
  BOOST_TEST(
      CheckBudget("calls loads <= 2.96 per call of handle", {}, {.loaded = 30})
          .sentence.starts_with("`loads` is called 3.0 times "));
  BOOST_TEST(CheckBudget("calls loads <= 2.0999 per call of handle", {},
                         {.loaded = 21})
                 .sentence.starts_with("`loads` is called 2.1 times "));
  BOOST_TEST(
      CheckBudget("calls handle <= 0.333 per call of loads", {}, {.loaded = 30})
          .sentence.starts_with("`handle` is called 0.3333 times "));
}

BOOST_AUTO_TEST_CASE(ANameStandsForNoPartOfAnother) {
  BOOST_TEST((CheckBudget("calls loads <= 20").answer == Answer::kNotWorse));
  BOOST_TEST((CheckBudget("calls *loads <= 20").answer == Answer::kNotWorse));
  BOOST_TEST((CheckBudget("calls *loads <= 4")
                  .sentence.ends_with("; 1 more function exceeds it")));
  BOOST_CHECK_THROW(CheckBudget("calls load <= 20"), Error);
}

BOOST_AUTO_TEST_CASE(WhatNamesNothingIsQuotedWithItsFile) {
  try {
    CheckBudget("calls load <= 20");
    BOOST_ERROR("it is taken");
  } catch (const Error& error) {
    BOOST_TEST(error.Line() ==
               "prof2cg.toml: budget 'calls load <= 20': no function has that "
               "name");
  }
}

BOOST_AUTO_TEST_CASE(NewCallersBreakARule) {
  const Requests more{.page_loads = true};
  for (const char* rule : {"no new callers of json.loads",
                           "no new callers of json.loads under web/template",
                           "no new callers of json.loads under template/**",
                           "no new callers of json.loads under *.py"}) {
    const DiffBudget broken = CheckRule(rule, {}, more);
    BOOST_TEST((broken.answer == Answer::kWorse), rule);
    BOOST_TEST((broken.kind == DiffBudget::Kind::kRule));
    BOOST_TEST(broken.sentence ==
               "`page` (`web/template/page.py:7`) is a new caller of "
               "`loads`");
    BOOST_TEST((CheckRule(rule, more, more).answer == Answer::kNotWorse));
    BOOST_TEST((CheckRule(rule, more, {}).answer == Answer::kNotWorse));
  }
  BOOST_TEST(
      (CheckRule("no new callers of json.loads under web/app.py", {}, more)
           .answer == Answer::kNotWorse));
  BOOST_TEST(
      CheckRule("no new callers of json.loads", {.handle_loads = false}, more)
          .sentence.ends_with("; 1 more call is new"));
}

BOOST_AUTO_TEST_CASE(TheReportIsWorseIfOneIsBroken) {
  DiffOptions options;
  options.budgets = {ParseBudget("calls loads <= 20"),
                     ParseBudget("ns loads <= 9us")};
  options.budgets[1].line = 4;
  DiffReport report = Check(options, {}, {});
  BOOST_TEST((report.answer == Answer::kNotWorse));
  BOOST_TEST(report.config == "prof2cg.toml");
  BOOST_REQUIRE(report.budgets.size() == 2u);
  BOOST_TEST(report.budgets[1].line == 4u);
  report = Check(options, {}, {.loaded = 21});
  BOOST_TEST((report.answer == Answer::kWorse));
  BOOST_TEST(report.why == "1 of 2 budgets is broken");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
