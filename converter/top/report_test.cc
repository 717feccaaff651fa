#include "converter/top/report.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/top/sample_profile.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(TopReportTest)

std::string Names(const std::vector<TopFunction>& functions) {
  std::string names;
  for (const TopFunction& f : functions) {
    names += (names.empty() ? "" : " ") + f.name;
  }
  return names;
}

std::string Names(const TopCalls& calls) {
  std::string names;
  for (const TopCall& call : calls.calls) {
    names += names.empty() ? "" : " ";
    names += call.is_outside ? "(outside)" : call.other.name;
  }
  return names;
}

TopReport Report(const TopOptions& options) {
  return MakeTopReport(SampleProgram(), options);
}

BOOST_AUTO_TEST_CASE(TotalsAreThoseOfTheWholeProfile) {
  const TopReport report = Report({.rows = 1, .filter = "fib"});
  BOOST_TEST(report.functions == 5u);
  BOOST_TEST(report.calls.total == 1'236'547);
  BOOST_TEST(report.calls.primitive == 1'234'575);
  BOOST_TEST(report.cost == 1'000'000);
  BOOST_TEST(report.fidelity.Text() == "measured 100 %, lost 0");
}

BOOST_AUTO_TEST_CASE(RowsFallInTheChosenOrderAndEqualOnesStandAsInTheProfile) {
  const struct {
    TopOrder order;
    std::string_view expected;
  } rows[] = {
      {TopOrder::kSelf, "decode fib main loads <built-in method builtins.len>"},
      {TopOrder::kInclusive,
       "main loads decode fib <built-in method builtins.len>"},
      {TopOrder::kCalls,
       "<built-in method builtins.len> fib loads decode main"},
      {TopOrder::kName, "<built-in method builtins.len> decode fib loads main"},
  };
  for (const auto& [order, expected] : rows) {
    BOOST_TEST(Names(Report({.order = order}).list) == expected);
    for (size_t count = 1; count <= 5; ++count) {
      const std::string first =
          Names(Report({.order = order, .rows = count}).list);
      BOOST_TEST(expected.starts_with(first));
    }
  }
}

BOOST_AUTO_TEST_CASE(TheFirstRowsAreThoseOfAFullSort) {
  std::mt19937 random(7);
  SampleProfile sample;
  for (uint32_t i = 0; i < 500; ++i) {
    const auto cost = static_cast<int64_t>(random() % 20) - 5;
    sample.Add("f", "f.py", i + 1, {cost, cost}, {cost}, {cost});
  }
  const Profile profile = sample.Build();
  for (const TopOrder order : {TopOrder::kSelf, TopOrder::kCalls,
                               TopOrder::kInclusive, TopOrder::kName}) {
    const TopReport all = MakeTopReport(profile, {.order = order, .rows = 0});
    const TopReport some = MakeTopReport(profile, {.order = order, .rows = 99});
    BOOST_REQUIRE(all.list.size() == 500u);
    BOOST_REQUIRE(some.list.size() == 99u);
    for (size_t i = 0; i < 500; ++i) {
      if (i < 99) BOOST_TEST(some.list[i].line == all.list[i].line);
      if (i == 0 || order == TopOrder::kName) continue;
      const TopFunction& before = all.list[i - 1];
      const TopFunction& after = all.list[i];
      BOOST_TEST(before.self >= after.self);
      if (before.self == after.self) BOOST_TEST(before.line < after.line);
    }
  }
}

// f has 10 ns and 16 bytes of its own, g, which it calls, 30 ns and 48 bytes.
Profile TimeAndBytesOfTwo() {
  SampleProfile sample(TimeAndBytes());
  const FunctionId f = sample.Add("f", {1, 1}, {10, 16}, {40, 64});
  const FunctionId g = sample.Add("g", {3, 3}, {30, 48}, {30, 48});
  sample.Call(f, g, {3, 3}, {30, 48}, {30, 48});
  return sample.Build();
}

BOOST_AUTO_TEST_CASE(ChosenColumnsHaveTheCostsOfTheirEvents) {
  const TopReport report = MakeTopReport(
      TimeAndBytesOfTwo(),
      {.columns = {"bytes", "bytes:inclusive", "calls", "self", "incl/call"}});
  BOOST_REQUIRE_EQUAL(report.columns.size(), 5u);
  BOOST_TEST(report.columns[0].whole == 64);
  BOOST_TEST(report.columns[3].whole == 40);
  BOOST_TEST(report.columns[0].is_of_other_event);
  BOOST_TEST(!report.columns[3].is_of_other_event);
  BOOST_TEST(Names(report.list) == "g f");
  const std::vector<int64_t> of_g = {48, 48, 0, 30, 30};
  const std::vector<int64_t> of_f = {16, 64, 0, 10, 40};
  BOOST_TEST(report.list[0].costs == of_g);
  BOOST_TEST(report.list[1].costs == of_f);
}

BOOST_AUTO_TEST_CASE(AColumnOfNoEventIsRefused) {
  for (const char* name : {"blocks", "bytes:self", ":inclusive"}) {
    BOOST_CHECK_THROW(MakeTopReport(TimeAndBytesOfTwo(), {.columns = {name}}),
                      Error);
  }
}

BOOST_AUTO_TEST_CASE(AColumnThatTheSourceDoesNotHaveIsRefused) {
  const auto has = [](const Profile& profile, const char* name) {
    try {
      return MakeTopReport(profile, {.columns = {name}}).columns.size() == 1;
    } catch (const Error&) {
      return false;
    }
  };
  Profile profile = TimeAndBytesOfTwo();
  profile.provenance.counts = Origin::kAbsent;
  profile.provenance.events[1].inclusive = Origin::kAbsent;
  for (const char* name : {"self", "inclusive", "bytes"}) {
    BOOST_TEST(has(profile, name));
  }
  for (const char* name :
       {"calls", "self/call", "incl/call", "bytes:inclusive"}) {
    BOOST_TEST(!has(profile, name));
  }
}

BOOST_AUTO_TEST_CASE(AFilterLimitsTheListAndTellsWhatItLeft) {
  const TopReport report = Report({.rows = 1, .filter = "json"});
  BOOST_TEST(Names(report.list) == "decode");
  BOOST_TEST(report.matched == 2u);
  BOOST_TEST(report.matched_self == 450'000);
  BOOST_TEST(report.listed_self == 400'000);
}

BOOST_AUTO_TEST_CASE(CallersAndCalleesHaveTheCostsOfTheirCalls) {
  const TopReport report =
      Report({.callers_of = "decode", .callees_of = "decode"});
  BOOST_REQUIRE(report.sections.size() == 1u);
  const TopSection& section = report.sections[0];
  BOOST_TEST(section.function.name == "decode");
  BOOST_REQUIRE(section.callers.has_value());
  BOOST_REQUIRE(section.callers->calls.size() == 1u);
  const TopCall& caller = section.callers->calls[0];
  BOOST_TEST(caller.other.name == "loads");
  BOOST_TEST(caller.line == 346u);
  BOOST_TEST(caller.counts.total == 3);
  BOOST_TEST(caller.inclusive == 450'000);
  BOOST_TEST(caller.self.value() == 400'000);
  BOOST_REQUIRE(section.callees.has_value());
  BOOST_TEST(Names(*section.callees) == "<built-in method builtins.len>");
  BOOST_TEST(section.callees->calls[0].counts.total == 1'234'567);
}

BOOST_AUTO_TEST_CASE(OnlyWhatWasAskedForIsFound) {
  const TopReport report = Report({.callers_of = "fib", .callees_of = "main"});
  BOOST_REQUIRE(report.sections.size() == 2u);
  BOOST_TEST(report.sections[0].function.name == "fib");
  BOOST_TEST(report.sections[0].callers.has_value());
  BOOST_TEST(!report.sections[0].callees.has_value());
  BOOST_TEST(report.sections[1].function.name == "main");
  BOOST_TEST(!report.sections[1].callers.has_value());
  BOOST_TEST(Names(*report.sections[1].callees) == "loads fib");
}

BOOST_AUTO_TEST_CASE(RecursionAndEntriesFromOutsideAreMarked) {
  const TopReport report = Report({.callers_of = "[fm][ia]*"});
  BOOST_REQUIRE(report.sections.size() == 2u);
  const TopCalls& of_fib = *report.sections[0].callers;
  BOOST_TEST(Names(of_fib) == "main fib");
  BOOST_TEST(!of_fib.calls[0].is_recursion);
  BOOST_TEST(of_fib.calls[1].is_recursion);
  const TopCalls& of_main = *report.sections[1].callers;
  BOOST_TEST(Names(of_main) == "(outside)");
  BOOST_TEST(of_main.calls[0].counts.total == 1);
  BOOST_TEST(of_main.calls[0].inclusive == 1'000'000);
}

BOOST_AUTO_TEST_CASE(WhatIsNotListedIsSummed) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", "f.py", 1, {60, 60}, {600}, {600});
  for (uint32_t i = 1; i <= 3; ++i) {
    const FunctionId g = sample.Add("g", "g.py", i, {1, 1}, {0}, {100 * i});
    sample.Call(g, f, {10 * i, 10 * i}, {100 * i}, {100 * i});
  }
  const TopReport report =
      MakeTopReport(sample.Build(), {.callers_of = "f", .neighbours = 1});
  const TopCalls& callers = *report.sections.at(0).callers;
  BOOST_REQUIRE(callers.calls.size() == 1u);
  BOOST_TEST(callers.calls[0].inclusive == 300);
  BOOST_TEST(callers.others == 2u);
  BOOST_TEST(callers.other_counts.total == 30);
  BOOST_TEST(callers.other_inclusive == 300);
  BOOST_TEST(!callers.others_are_estimated);
}

BOOST_AUTO_TEST_CASE(OfManyMatchesTheCostliestAreShownAndTheOthersCounted) {
  const TopReport report = Report({.callers_of = "*", .sections = 2});
  BOOST_REQUIRE(report.sections.size() == 2u);
  BOOST_TEST(report.sections[0].function.name == "decode");
  BOOST_TEST(report.sections[1].function.name == "fib");
  BOOST_TEST(report.more_sections == 3u);
}

BOOST_AUTO_TEST_CASE(TheLastPartOfABuiltInsNameIsItsName) {
  SampleProfile sample;
  sample.Add("compile", "re.py", 1, {1, 1}, {1}, {1});
  sample.Add("compile_file", "compileall.py", 1, {1, 1}, {2}, {2});
  sample.Add("<built-in method builtins.compile>", "~", 0, {1, 1}, {9}, {9});
  const TopReport report = MakeTopReport(
      sample.Build(), {.callers_of = "compile", .callees_of = "compile"});
  BOOST_REQUIRE(report.sections.size() == 2u);
  BOOST_TEST(report.sections[0].function.self == 9);  // the costliest first
  BOOST_REQUIRE(report.part_matches.size() == 1u);
  BOOST_TEST(report.part_matches[0].pattern == "compile");
  BOOST_TEST(report.part_matches[0].functions == 1u);
}

BOOST_AUTO_TEST_CASE(APatternWithoutAMatchIsAnError) {
  for (const TopOptions& options :
       {TopOptions{.filter = "x\x1b[2J"}, TopOptions{.callers_of = "x\x1b[2J"},
        TopOptions{.callers_of = "fib", .callees_of = "x\x1b[2J"}}) {
    BOOST_CHECK_EXCEPTION(Report(options), Error, [](const Error& e) {
      return e.Line() == R"(no function matches "x\x1b[2J")";
    });
  }
}

BOOST_AUTO_TEST_CASE(TheEventIsChosenByName) {
  SampleProfile sample(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                                 {"alloc_bytes", "Bytes", Unit::kBytes}}));
  sample.Add("slow", "a.py", 1, {1, 1}, {9, 1}, {9, 1});
  sample.Add("greedy", "a.py", 2, {1, 1}, {1, 512}, {1, 512});
  const Profile profile = sample.Build();
  const TopReport first = MakeTopReport(profile, {});
  BOOST_TEST(Names(first.list) == "slow greedy");
  BOOST_TEST(first.other_events.at(0) == "alloc_bytes");
  const TopReport bytes = MakeTopReport(profile, {.event = "alloc_bytes"});
  BOOST_TEST(Names(bytes.list) == "greedy slow");
  BOOST_TEST(bytes.cost == 513);
  BOOST_CHECK_EXCEPTION(
      MakeTopReport(profile, {.event = "cycles"}), Error, [](const Error& e) {
        return e.Line() ==
               "no event \"cycles\" in this profile; it has: ns, alloc_bytes";
      });
}

BOOST_AUTO_TEST_CASE(WithoutInclusiveCostsTheOrderIsThatOfSelf) {
  SampleProfile sample;
  sample.Add("small", "a.py", 1, {1, 1}, {1}, {0});
  sample.Add("great", "a.py", 2, {1, 1}, {2}, {0});
  sample.profile().provenance.events[0].inclusive = Origin::kAbsent;
  const TopReport report =
      MakeTopReport(sample.Build(), {.order = TopOrder::kInclusive});
  BOOST_TEST(Names(report.list) == "great small");
  BOOST_TEST((report.order == TopOrder::kSelf));
}

BOOST_AUTO_TEST_CASE(WithoutCountsTheOrderByCallsIsThatOfCosts) {
  SampleProfile sample;
  const FunctionId small = sample.Add("small", "a.py", 1, {9, 9}, {1}, {1});
  const FunctionId great = sample.Add("great", "a.py", 2, {2, 2}, {2}, {2});
  const FunctionId f = sample.Add("f", "a.py", 3, {3, 3}, {0}, {3});
  sample.Call(f, small, {9, 9}, {1}, {1});
  sample.Call(f, great, {2, 2}, {2}, {2});
  sample.profile().provenance.counts = Origin::kAbsent;
  sample.profile().provenance.call_counts = Origin::kAbsent;
  const TopReport report = MakeTopReport(
      sample.Build(), {.order = TopOrder::kCalls, .callees_of = "f"});
  BOOST_TEST(Names(report.list) == "great small f");
  BOOST_TEST((report.order == TopOrder::kSelf));
  const TopCalls& callees = *report.sections.at(0).callees;
  BOOST_TEST(callees.calls.at(0).other.name == "great");
  BOOST_TEST(callees.calls.at(1).other.name == "small");
}

BOOST_AUTO_TEST_CASE(ExtremeFiguresSaturate) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", "f.py", 1, {INT64_MAX, INT64_MIN},
                                  {INT64_MAX}, {INT64_MIN});
  const FunctionId g = sample.Add("g", "f.py", 2, {INT64_MAX, INT64_MIN},
                                  {INT64_MAX}, {INT64_MIN});
  sample.Call(f, g, {INT64_MIN, 0}, {INT64_MIN}, {INT64_MIN});
  sample.Call(g, f, {INT64_MIN, 0}, {INT64_MIN}, {INT64_MIN});
  sample.Call(g, g, {INT64_MIN, 0}, {INT64_MIN}, {INT64_MIN});
  const TopReport report =
      MakeTopReport(sample.Build(), {.callees_of = "g", .neighbours = 1});
  BOOST_TEST(report.cost == INT64_MAX);
  BOOST_TEST(report.calls.primitive == INT64_MIN);
  BOOST_TEST(report.sections.at(0).callees->other_inclusive == INT64_MIN);
}

BOOST_AUTO_TEST_CASE(AnEmptyProfileMakesAnEmptyReport) {
  SampleProfile sample;
  const TopReport report = MakeTopReport(sample.Build(), {});
  BOOST_TEST(report.list.empty());
  BOOST_TEST(report.sections.empty());
  BOOST_TEST(report.cost == 0);
}

BOOST_AUTO_TEST_CASE(SharesNeedAPositiveWhole) {
  BOOST_TEST(ShareOf(1, 4).value() == 0.25);
  BOOST_TEST(ShareOf(-1, 4).value() == -0.25);
  BOOST_TEST(!ShareOf(1, 0).has_value());
  BOOST_TEST(!ShareOf(1, -4).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
