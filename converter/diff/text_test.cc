#include "converter/diff/text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "converter/diff/sample_report.h"
#include "converter/display/display_width.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffTextTest)

std::string Text(const DiffReport& report, size_t width, bool shows_all = false,
                 bool has_colour = false) {
  return DiffText(report, {.text = {.width = width, .has_colour = has_colour},
                           .shows_all = shows_all});
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

size_t Count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t i = 0; (i = text.find(part, i)) != text.npos; ++i) ++count;
  return count;
}

template <class Use>
void ForEachLine(std::string_view text, Use use) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    BOOST_REQUIRE(end != text.npos);
    use(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

BOOST_AUTO_TEST_CASE(EightyColumnsHoldDifferencesAndTheirCauses) {
  BOOST_TEST(Text(SampleReport(), 80) ==
             R"(base     `old1.pstats`, `old2.pstats`
current  `new1.pstats`, `new2.pstats`

       difference        base → current  in all
     +1 800 2.5 ×      1 240 →    3 040  calls
  +1.95 MiB 3.0 ×  1 004 KiB → 2.93 MiB  alloc_bytes

worse: 2 findings, most of all calls of `parse_row`: 3.0 × (1 000 → 3 000
    calls); 1 cannot be told

        difference                of  function
worse
     +2 000  3.0 ×             calls  parse_row           app/loader.py:12
    `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 → 3 000
      calls; new call at `app/loader.py:88`).
    3.0 ×, more than 5 %; calls are counted exactly

  +1.95 MiB  3.0 ×  incl alloc_bytes  main                app/main.py:3
    `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 → 3 000
      calls; new call at `app/loader.py:88`); its cost per call is unchanged.
      This explains 50.0 % of the difference.
    by way of `main` → `Loader.refresh` → `parse_row`
    3.0 ×, more than 5 %; alloc_bytes is counted exactly
    and 1 more by the same cause: alloc_bytes of `Loader.refresh`

cannot tell
    +800 µs +8.0 %           self ns  render              app/page.py:40
    +8.0 %, but it may be chance (p = 0.210, 2 and 2 profiles): only a
      difference of 14.0 % could have been shown

costs less
       -200 -100 %             calls  render → list.sort  app/page.py:44
    `render` no longer calls `list.sort` (it did at `app/page.py:44`): 200
      calls.

1 is within the limits; --all shows everything

perhaps the same, but compared as gone and new
  `read_row` (`app/loader.py:60`) → `load_row` (`app/loader.py:61`), renamed

note: alloc_bytes: 2.0 % of current is in functions without a counterpart
note: ns: all functions alike cost 25.0 % more; whether the machine or the
    program is the cause cannot be told
note: 1 of 41 functions of current has no counterpart
note: files of current are without `/builds/17/`
note: 3 callers have no entry of their own
note: 117 figures are the same
)");
}

BOOST_AUTO_TEST_CASE(AHundredAndTwentyColumnsHoldTheFiguresToo) {
  BOOST_TEST(Text(SampleReport(), 120) ==
             R"(base     `old1.pstats`, `old2.pstats`
current  `new1.pstats`, `new2.pstats`

       difference        base → current  in all
     +1 800 2.5 ×      1 240 →    3 040  calls
  +1.95 MiB 3.0 ×  1 004 KiB → 2.93 MiB  alloc_bytes

worse: 2 findings, most of all calls of `parse_row`: 3.0 × (1 000 → 3 000 calls); 1 cannot be told

        difference        base → current                of  function
worse
     +2 000  3.0 ×      1 000 →    3 000             calls  parse_row           app/loader.py:12
    `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 → 3 000 calls; new call at `app/loader.py:88`).
    3.0 ×, more than 5 %; calls are counted exactly

  +1.95 MiB  3.0 ×  1 000 KiB → 2.93 MiB  incl alloc_bytes  main                app/main.py:3
    `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 → 3 000 calls; new call at `app/loader.py:88`);
      its cost per call is unchanged. This explains 50.0 % of the difference.
    by way of `main` → `Loader.refresh` → `parse_row`
    3.0 ×, more than 5 %; alloc_bytes is counted exactly
    and 1 more by the same cause: alloc_bytes of `Loader.refresh`

cannot tell
    +800 µs +8.0 %    10.0 ms →  10.8 ms           self ns  render              app/page.py:40
    +8.0 %, but it may be chance (p = 0.210, 2 and 2 profiles): only a difference of 14.0 % could have been shown

costs less
       -200 -100 %        200 →        0             calls  render → list.sort  app/page.py:44
    `render` no longer calls `list.sort` (it did at `app/page.py:44`): 200 calls.

1 is within the limits; --all shows everything

perhaps the same, but compared as gone and new
  `read_row` (`app/loader.py:60`) → `load_row` (`app/loader.py:61`), renamed

note: alloc_bytes: 2.0 % of current is in functions without a counterpart
note: ns: all functions alike cost 25.0 % more; whether the machine or the program is the cause cannot be told
note: 1 of 41 functions of current has no counterpart
note: files of current are without `/builds/17/`
note: 3 callers have no entry of their own
note: 117 figures are the same
)");
}

BOOST_AUTO_TEST_CASE(WhereAllIsEqualThereIsOnlyTheVerdict) {
  BOOST_TEST(Text(EqualReport(), 80) == R"(base     `old.pstats`
current  `new.pstats`

  difference  base → current  in all
      0 same         12 → 12  calls

not worse: all figures are the same (5)
)");
}

BOOST_AUTO_TEST_CASE(TheFirstGroupIsRightBelowTheTitles) {
  const DiffReport report = LongReport(0, 1);
  BOOST_TEST(Has(Text(report, 80), "  function\ncannot tell\n"));
}

BOOST_AUTO_TEST_CASE(AllShowsWhatIsWithinTheLimits) {
  const std::string text = Text(SampleReport(), 120, true);
  BOOST_TEST(Has(text, "\nnot worse\n"));
  BOOST_TEST(Has(text, "+0.1 %, not more than 5 %"));
  BOOST_TEST(Has(text, "  ns  not judged\n"));
  BOOST_TEST(!Has(text, "--all"));
}

BOOST_AUTO_TEST_CASE(TwentyFindingsAreShownAndOthersCounted) {
  const DiffReport report = LongReport(30, 4);
  const std::string text = Text(report, 0);
  BOOST_TEST(Count(text, "calls are counted exactly") == kListed);
  BOOST_TEST(Has(text, "\n10 more are worse, 4 more cannot be told; --all "));
  BOOST_TEST(Count(Text(report, 0, true), "calls are counted exactly") == 30u);
}

BOOST_AUTO_TEST_CASE(BudgetsStandBehindTheVerdict) {
  const std::string text = Text(ReportOfBudgets(), 0);
  BOOST_TEST(Has(text, "\nworse: 1 of 3 budgets is broken; 2 findings, "));
  BOOST_TEST(Has(text,
                 "\nbudgets\n  broken: `calls parse_row <= 2 per call of "
                 "main`; `parse_row` is called 3.0 times per call of `main`: "
                 "the budget is 2\n  kept: `alloc_bytes render"));
  BOOST_TEST(!Has(Text(SampleReport(), 0), "budget"));
}

BOOST_AUTO_TEST_CASE(TenProbablePairsAreShownAndOthersCounted) {
  DiffReport report = SampleReport();
  report.probable_pairs.resize(12, report.probable_pairs[0]);
  BOOST_TEST(Count(Text(report, 0), ", renamed") == 10u);
  BOOST_TEST(Has(Text(report, 0), "\n  and 2 more; --all"));
  BOOST_TEST(Count(Text(report, 0, true), ", renamed") == 12u);
}

BOOST_AUTO_TEST_CASE(ColoursChangeNothingElse) {
  const std::string coloured = Text(SampleReport(), 80, false, true);
  BOOST_TEST(Has(coloured, "\x1b[1;31mworse\x1b[0m\n"));
  std::string plain;
  for (size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      plain += coloured[i];
    }
  }
  BOOST_TEST(plain == Text(SampleReport(), 80));
}

BOOST_AUTO_TEST_CASE(LinesFitAndAreSafeToPrintWhateverNamesAre) {
  for (const std::string& name : HostileNames()) {
    const DiffReport report = HostileReport(name);
    for (const size_t width : {1, 24, 40, 79, 80, 120, 200}) {
      ForEachLine(Text(report, width, true), [&](std::string_view line) {
        BOOST_TEST(IsPrintable(line));
        BOOST_TEST(DisplayWidth(line) <= std::max<size_t>(width, 24));
        BOOST_TEST(!line.ends_with(' '));
        // Nothing that GitHub's runner takes for a command.
        const size_t first = line.find_first_not_of(' ');
        BOOST_TEST(
            (first == line.npos || !line.substr(first).starts_with("::")));
      });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
