#include "converter/diff/sentences.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "converter/diff/sample_report.h"
#include "converter/diff/words.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

using enum DiffFunction::Side;

BOOST_AUTO_TEST_SUITE(DiffSentences)

DiffFunction On(DiffFunction function, DiffFunction::Side side) {
  function.side = side;
  return function;
}

// A finding of that cause, which explains all of it.
DiffFinding Of(const Event& event, DiffBlame blame) {
  blame.explained = Difference(blame.base_cost, blame.current_cost);
  return {.kind = Subject::Kind::kInclusive,
          .function = blame.function,
          .event = event,
          .base = blame.base_cost,
          .current = blame.current_cost,
          .blame = std::move(blame)};
}

DiffBlame Call(Cause::Kind kind, DiffCall call, int64_t base_calls,
               int64_t current_calls, int64_t base_cost, int64_t current_cost) {
  return {.kind = kind,
          .function = call.callee,
          .call = call,
          .base_calls = base_calls,
          .current_calls = current_calls,
          .base_cost = base_cost,
          .current_cost = current_cost};
}

DiffBlame Own(DiffFunction function, int64_t base_calls, int64_t current_calls,
              int64_t base_cost, int64_t current_cost) {
  return {.kind = Cause::Kind::kSelf,
          .function = std::move(function),
          .base_calls = base_calls,
          .current_calls = current_calls,
          .base_cost = base_cost,
          .current_cost = current_cost};
}

constexpr auto kMoreCalls = Cause::Kind::kMoreCalls;
constexpr auto kNewCall = Cause::Kind::kNewCall;

BOOST_AUTO_TEST_CASE(CallsAreMoreOrFewerOrCostMoreOrLessEach) {
  const DiffCall call{kRefresh, kParseRow, {}, {}};
  BOOST_TEST(
      BlameText(Of(Time(), Call(kMoreCalls, {kRefresh, kParseRow, {88}, {}},
                                100, 300, 1'000'000, 3'000'000))) ==
      "`parse_row` is called 3.0 × as often from `Loader.refresh` (100 → 300 "
      "calls; new call at `app/loader.py:88`); its cost per call is "
      "unchanged.");
  BOOST_TEST(BlameText(Of(Time(), Call(kMoreCalls, call, 100, 120, 1'000'000,
                                       1'320'000))) ==
             "`parse_row` is called 20.0 % more often from `Loader.refresh` "
             "(100 → 120 calls); a call of it costs 10.0 % more.");
  BOOST_TEST(
      BlameText(Of(AllocBytes(), Call(kMoreCalls, call, 1, 2, 100, 400))) ==
      "`parse_row` is called 2.0 × as often from `Loader.refresh` "
      "(1 → 2 calls); a call of it allocates 2.0 × as much.");
  BOOST_TEST(BlameText(Of(Time(), Call(kMoreCalls, call, 2, 1, 100, 50))) ==
             "`parse_row` is called 50.0 % less often from `Loader.refresh` "
             "(2 → 1 call); its cost per call is unchanged.");
}

BOOST_AUTO_TEST_CASE(CountsOfCallsHaveNoCostPerCall) {
  BOOST_TEST(BlameText(MoreCallsOfParseRow()) ==
             "`parse_row` is called 3.0 × as often from `Loader.refresh` "
             "(1 000 → 3 000 calls; new call at `app/loader.py:88`).");
}

BOOST_AUTO_TEST_CASE(CallSitesThatAreNewAndGoneAreNamed) {
  const auto text = [](std::vector<uint32_t> added,
                       std::vector<uint32_t> gone) {
    return BlameText(Of(
        Calls(), Call(kMoreCalls,
                      {kRefresh, kParseRow, std::move(added), std::move(gone)},
                      1, 2, 1, 2)));
  };
  const std::string begin =
      "`parse_row` is called 2.0 × as often from `Loader.refresh` (1 → 2 "
      "calls";
  BOOST_TEST(text({}, {}) == begin + ").");
  BOOST_TEST(text({88}, {70}) ==
             begin +
                 "; new call at `app/loader.py:88`; gone from "
                 "`app/loader.py:70`).");
  BOOST_TEST(text({88, 91}, {}) ==
             begin + "; new calls at `app/loader.py:88` and 1 more line).");
  BOOST_TEST(text({1, 2, 3}, {}) ==
             begin + "; new calls at `app/loader.py:1` and 2 more lines).");
}

BOOST_AUTO_TEST_CASE(CallsThatAreNewSayWhatTheyCost) {
  const auto text = [](DiffFunction caller, DiffFunction callee, int64_t calls,
                       std::vector<uint32_t> lines) {
    return BlameText(
        Of(Time(), Call(kNewCall, {caller, callee, std::move(lines), {}}, 0,
                        calls, 0, 4'000'000)));
  };
  BOOST_TEST(text(kRefresh, kParseRow, 200, {88}) ==
             "`Loader.refresh` now calls `parse_row` (new call at "
             "`app/loader.py:88`): 200 calls cost 4.00 ms.");
  BOOST_TEST(text(kRefresh, On(kParseRow, kCurrent), 1, {}) ==
             "`Loader.refresh` now calls `parse_row`, which is new: 1 call "
             "costs 4.00 ms.");
  BOOST_TEST(text(On(kRefresh, kCurrent), On(kParseRow, kCurrent), 0, {}) ==
             "`Loader.refresh`, which is new, calls `parse_row`, new too: this "
             "costs 4.00 ms.");
  BOOST_TEST(BlameText(Of(Calls(), Call(kNewCall, {kRefresh, kParseRow, {}, {}},
                                        0, 7, 0, 7))) ==
             "`Loader.refresh` now calls `parse_row`: 7 calls.");
}

BOOST_AUTO_TEST_CASE(CallsThatAreGoneSayWhatTheyHadCost) {
  const auto text = [](DiffFunction caller, DiffFunction callee,
                       std::vector<uint32_t> lines) {
    return BlameText(Of(
        AllocBytes(),
        Call(kNewCall, {caller, callee, {}, std::move(lines)}, 1, 0, 2048, 0)));
  };
  BOOST_TEST(text(kRefresh, kParseRow, {88}) ==
             "`Loader.refresh` no longer calls `parse_row` (it did at "
             "`app/loader.py:88`): 1 call allocated 2.00 KiB.");
  BOOST_TEST(text(On(kRefresh, kBase), On(kParseRow, kBase), {}) ==
             "`Loader.refresh` is gone, which called `parse_row`, gone too: 1 "
             "call allocated 2.00 KiB.");
}

BOOST_AUTO_TEST_CASE(CausesOnOnePathNameIt) {
  DiffBlame call = Call(kMoreCalls, {kRefresh, kParseRow}, 10, 30, 100, 300);
  call.path = {kMain, kRefresh, kParseRow};
  BOOST_TEST(BlameText(Of(Time(), call)) ==
             "On the path `main > Loader.refresh > parse_row`, `parse_row` is "
             "called 3.0 × as often from `Loader.refresh` (10 → 30 calls); its "
             "cost per call is unchanged.");
  DiffBlame own = Own(kParseRow, 10, 10, 100, 300);
  own.path = call.path;
  BOOST_TEST(BlameText(Of(Time(), own))
                 .starts_with("On the path `main > Loader.refresh > "
                              "parse_row`, a call of `parse_row` itself "));
}

BOOST_AUTO_TEST_CASE(SelfCostIsToldPerCall) {
  BOOST_TEST(BlameText(Of(Time(), Own(kRender, 10, 10, 400'000, 600'000))) ==
             "A call of `render` itself costs 50.0 % more (40.0 µs → 60.0 µs); "
             "it is called as often as before.");
  BOOST_TEST(
      BlameText(Of(AllocBytes(), Own(kRender, 10, 12, 10'240, 6144))) ==
      "A call of `render` itself allocates 50.0 % less (1.00 KiB → 512 B); it "
      "is called 20.0 % more often.");
  const Event blocks{"alloc_blocks", "Blocks", Unit::kCount};
  BOOST_TEST(BlameText(Of(blocks, Own(kRender, 2, 2, 2, 5))) ==
             "A call of `render` itself costs 2.5 × as much (1 alloc_blocks → "
             "2.50 alloc_blocks); it is called as often as before.");
}

BOOST_AUTO_TEST_CASE(WithoutCountsCostsAreThoseOfAllCalls) {
  BOOST_TEST(BlameText(Of(Time(), Own(kRender, 0, 0, 8'000'000, 12'000'000))) ==
             "`render` itself costs 50.0 % more (8.00 ms → 12.0 ms).");
  BOOST_TEST(BlameText(Of(Time(), Own(kRender, 0, 0, 0, 12'000'000))) ==
             "`render` itself costs more (0 ns → 12.0 ms).");
  BOOST_TEST(
      BlameText(Of(Time(), Call(kMoreCalls, {kRefresh, kParseRow, {}, {}}, 0, 0,
                                1000, 2000))) ==
      "`parse_row`, called from `Loader.refresh`, costs 2.0 × as much "
      "(1.00 µs → 2.00 µs).");
}

BOOST_AUTO_TEST_CASE(OfCallsOnlyTheirCountsAreTold) {
  const auto text = [](int64_t base, int64_t current) {
    return BlameText(Of(Calls(), Own(kRender, base, current, base, current)));
  };
  BOOST_TEST(text(10, 30) ==
             "`render` is called 3.0 × as often (10 → 30 calls).");
  BOOST_TEST(text(0, 1) == "`render` is now called (0 → 1 call).");
  BOOST_TEST(text(5, 0) == "`render` is no longer called (5 → 0 calls).");
}

BOOST_AUTO_TEST_CASE(NewAndGoneFunctionsSayWhatTheyCost) {
  BOOST_TEST(
      BlameText(Of(Time(), Own(On(kRender, kCurrent), 0, 3, 0, 12'000'000))) ==
      "`render` is new and costs 12.0 ms itself, in 3 calls.");
  BOOST_TEST(
      BlameText(Of(Time(), Own(On(kRender, kBase), 1, 0, 12'000'000, 0))) ==
      "`render` is gone; it cost 12.0 ms itself, in 1 call.");
  BOOST_TEST(
      BlameText(Of(Time(), Own(On(kRender, kBase), 0, 0, 12'000'000, 0))) ==
      "`render` is gone; it cost 12.0 ms itself.");
}

BOOST_AUTO_TEST_CASE(MemoryThatIsLiveIsHeld) {
  const Event live{"live_bytes", "Live bytes", Unit::kBytes, Kind::kLive};
  BOOST_TEST(BlameText(Of(live, Own(kRender, 1, 1, 100, 300))) ==
             "A call of `render` itself holds 3.0 × as much (100 B → 300 B); "
             "it is called as often as before.");
}

BOOST_AUTO_TEST_CASE(EntriesCyclesAndWhatHasNoCauseAreNamed) {
  const auto text = [](Cause::Kind kind) {
    DiffBlame blame = Own(kMain, 10, 30, 1000, 3000);
    blame.kind = kind;
    return BlameText(Of(Time(), blame));
  };
  BOOST_TEST(text(Cause::Kind::kEntry) ==
             "`main` is called 3.0 × as often from outside the profile (10 → "
             "30 calls); its cost per call is unchanged.");
  BOOST_TEST(text(Cause::Kind::kCycle) ==
             "`main` lies within functions that call each other: which of them "
             "is the cause cannot be told.");
  BOOST_TEST(text(Cause::Kind::kUnexplained) ==
             "No single call or function below `main` has most of the "
             "difference.");
}

BOOST_AUTO_TEST_CASE(ACauseOfAPartOfTheDifferenceSaysWhichPart) {
  DiffFinding f = Of(Time(), Own(kRender, 1, 1, 100, 200));
  f.blame->explained = 62;
  BOOST_TEST(
      BlameText(f).ends_with(" This explains 62.0 % of the difference."));
  f.blame->explained = 99;
  BOOST_TEST(BlameText(f).ends_with("as before."));
  f.blame->explained = -5;
  BOOST_TEST(BlameText(f).ends_with("as before."));
}

const Criterion kFivePercent{.threshold = {.relative = .05}};

std::string Reason(Reason reason, int64_t base, int64_t current,
                   const Criterion& criterion = kFivePercent) {
  return ReasonText({.event = Calls(),
                     .reason = reason,
                     .base = base,
                     .current = current,
                     .p = .0213,
                     .detectable = .14},
                    criterion);
}

BOOST_AUTO_TEST_CASE(EveryReasonIsALine) {
  using enum prof2cg::Reason;
  const Criterion both{.threshold = {.relative = .05, .absolute = 100}};
  const Criterion ten{.threshold = {.relative = .05},
                      .base_profiles = 10,
                      .current_profiles = 10};
  BOOST_TEST(Reason(kEqual, 5, 5) == "the same as before");
  BOOST_TEST(Reason(kLess, 100, 80) == "-20.0 %, less than before");
  BOOST_TEST(Reason(kWithinThreshold, 100, 103, both) ==
             "+3.0 %, not more than 5 %");
  BOOST_TEST(Reason(kWithinThreshold, 100, 150, both) ==
             "+50.0 %, not more than 100");
  BOOST_TEST(Reason(kBelowShare, 100, 150, {.least_share = .001}) ==
             "+50.0 %, but of less than 0.1 % of all");
  BOOST_TEST(Reason(kMore, 1000, 1120, both) ==
             "+12.0 %, more than 5 % and 100; calls are counted exactly");
  BOOST_TEST(Reason(kMore, 0, 300) ==
             "+300, more than 5 %; calls are counted exactly");
  BOOST_TEST(Reason(kSignificant, 100, 300, ten) ==
             "3.0 ×, more than 5 %, and not by chance (p = 0.021, 10 and 10 "
             "profiles)");
  BOOST_TEST(Reason(kMayBeChance, 100, 112, ten) ==
             "+12.0 %, but it may be chance (p = 0.021, 10 and 10 profiles): "
             "only a difference of 14.0 % could have been shown");
  BOOST_TEST(
      Reason(kTooFewRepeats, 100, 112) ==
      "+12.0 %, but 1 and 1 profiles are too few to show any difference");
  BOOST_TEST(Reason(kScatters, 100, 112) ==
             "+12.0 %, but the repeats overlap, which should not differ: only "
             "a difference of 14.0 % could have been shown");
  BOOST_TEST(Reason(kUnmatched, 100, 112) ==
             "+12.0 %, but too much of the cost is in functions that only one "
             "side has");
}

BOOST_AUTO_TEST_CASE(SmallProbabilitiesAndBoundlessDifferencesAreNotNumbers) {
  DiffFinding f{.event = Time(),
                .reason = Reason::kSignificant,
                .base = 100,
                .current = 120,
                .p = 1e-9,
                .detectable = std::numeric_limits<double>::infinity()};
  BOOST_TEST(ReasonText(f, {}).find("p < 0.001") != std::string::npos);
  f.reason = Reason::kMayBeChance;
  BOOST_TEST(ReasonText(f, {}).ends_with("(p < 0.001, 1 and 1 profiles)"));
}

BOOST_AUTO_TEST_CASE(TheVerdictNamesTheFirstFinding) {
  DiffReport report = SampleReport();
  BOOST_TEST(VerdictText(report) ==
             "2 findings, most of all calls of `parse_row`: 3.0 × (1 000 → "
             "3 000 calls); 1 cannot be told");
  report.findings.erase(report.findings.begin(), report.findings.begin() + 2);
  report.answer = Answer::kCannotTell;
  BOOST_TEST(VerdictText(report) ==
             "1 finding, ns of `render` itself: " + report.findings[0].why);
  report.findings.clear();
  BOOST_TEST(VerdictText(report) ==
             "too much of the cost is in functions that only one side has");
  BOOST_TEST(VerdictText(EqualReport()) == "all figures are the same (5)");
  report.answer = Answer::kNotWorse;
  report.findings = {FewerSorts()};
  BOOST_TEST(VerdictText(report) ==
             "nothing costs more than the thresholds allow");
}

BOOST_AUTO_TEST_CASE(TheVerdictCountsBrokenBudgetsFirst) {
  DiffReport report = ReportOfBudgets();
  BOOST_TEST(VerdictText(report).starts_with(
      "1 of 3 budgets is broken; 2 findings, most of all "));
  report.findings.clear();
  BOOST_TEST(VerdictText(report) == "1 of 3 budgets is broken");
  report.budgets[1].answer = Answer::kWorse;
  BOOST_TEST(VerdictText(report) == "2 of 3 budgets are broken");
  for (DiffBudget& budget : report.budgets) budget.answer = Answer::kNotWorse;
  report.budgets[2].answer = Answer::kCannotTell;
  BOOST_TEST(VerdictText(report) == "1 of 3 budgets cannot be told");
  report.budgets[2].answer = Answer::kNotWorse;
  report.answer = Answer::kNotWorse;
  BOOST_TEST(VerdictText(report) == "all figures are the same (117)");
}

BOOST_AUTO_TEST_CASE(NoFiguresAndNoNamesBreakASentence) {
  std::mt19937_64 random(7);
  const auto figure = [&]() -> int64_t {
    constexpr int64_t kOdd[] = {0, 1, 2, 100, -1, INT64_MAX, INT64_MIN};
    return kOdd[random() % std::size(kOdd)];
  };
  for (const std::string& name : HostileNames()) {
    const DiffFunction function{name, name, 1};
    for (int kind = 0; kind < 6 * 40; ++kind) {
      DiffFinding f = Of({name, name, static_cast<Unit>(kind % 3)},
                         {.kind = static_cast<Cause::Kind>(kind % 6),
                          .function = function,
                          .call = DiffCall{function, function, {1, 2}, {3}},
                          .base_calls = figure(),
                          .current_calls = figure(),
                          .base_cost = figure(),
                          .current_cost = figure()});
      f.reason = static_cast<prof2cg::Reason>(kind % 10);
      for (const std::string& text : {BlameText(f), ReasonText(f, {})}) {
        BOOST_TEST(IsPrintable(text));
        BOOST_TEST(text.size() < 4000u);
        BOOST_TEST(std::ranges::count(text, '`') % 2 == 0);
        BOOST_TEST(text.find("nan") == text.npos);
        BOOST_TEST(text.find("inf") == text.npos);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
