#include "converter/diff/markdown.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffMarkdownTest)

size_t Count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t i = 0; (i = text.find(part, i)) != text.npos; ++i) ++count;
  return count;
}

bool Has(std::string_view text, std::string_view part) {
  return Count(text, part) != 0;
}

std::string WithoutZeroWidthSpaces(std::string_view line) {
  std::string text(line);
  constexpr std::string_view kSpace = "\u200b";
  for (size_t i = 0; (i = text.find(kSpace)) != text.npos;) {
    text.erase(i, kSpace.size());
  }
  return text;
}

// Cells of a row: bars without a backslash before them, but for the first.
size_t Cells(std::string_view row) {
  size_t bars = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\') {
      ++i;
    } else if (row[i] == '|') {
      ++bars;
    }
  }
  return bars - 1;
}

BOOST_AUTO_TEST_CASE(AReportHasAVerdictTablesAndFoldedDetails) {
  BOOST_TEST(DiffMarkdown(SampleReport(), {}) == R"md(### prof2cg diff: worse

2 findings, most of all calls of <code>parse\_row</code>: 3.0 × (1 000 → 3 000 calls); 1 cannot be told

base: <code>old1.pstats</code>, <code>old2.pstats</code><br>
current: <code>new1.pstats</code>, <code>new2.pstats</code>

| in all | base → current | difference | | |
|---|---:|---:|---:|---|
| calls | 1 240 → 3 040 | +1 800 | 2.5 × |  |
| alloc\_bytes | 1 004 KiB → 2.93 MiB | +1.95 MiB | 3.0 × |  |

| | difference | | base → current | of | function | place |
|---|---:|---:|---:|---|---|---|
| worse | +2 000 | 3.0 × | 1 000 → 3 000 | calls | <code>parse\_row</code> | <code>app/loader.py:12</code> |
| worse | +1.95 MiB | 3.0 × | 1 000 KiB → 2.93 MiB | incl alloc\_bytes | <code>main</code> | <code>app/main.py:3</code> |
| cannot tell | +800 µs | +8.0 % | 10.0 ms → 10.8 ms | self ns | <code>render</code> | <code>app/page.py:40</code> |
| costs less | -200 | -100 % | 200 → 0 | calls | <code>render</code> → <code>list.sort</code> | <code>app/page.py:44</code> |

1 is within the limits.

<details><summary>Why</summary>

- **calls of <code>parse\_row</code>**<br>
  <code>parse\_row</code> is called 3.0 × as often from <code>Loader.refresh</code> (1 000 → 3 000 calls; new call at <code>app/loader.py:88</code>).<br>
  3.0 ×, more than 5 %; calls are counted exactly
- **alloc\_bytes of <code>main</code>**<br>
  <code>parse\_row</code> is called 3.0 × as often from <code>Loader.refresh</code> (1 000 → 3 000 calls; new call at <code>app/loader.py:88</code>); its cost per call is unchanged. This explains 50.0 % of the difference.<br>
  By way of <code>main</code> → <code>Loader.refresh</code> → <code>parse\_row</code><br>
  3.0 ×, more than 5 %; alloc\_bytes is counted exactly<br>
  and 1 more by the same cause: alloc\_bytes of <code>Loader.refresh</code>
- **ns of <code>render</code> itself**<br>
  \+8.0 %, but it may be chance (p = 0.210, 2 and 2 profiles): only a difference of 14.0 % could have been shown
- **calls of <code>list.sort</code> from <code>render</code>**<br>
  <code>render</code> no longer calls <code>list.sort</code> (it did at <code>app/page.py:44</code>): 200 calls.<br>
  \-100 %, less than before

</details>

<details><summary>Perhaps the same, but compared as gone and new</summary>

- <code>read\_row</code> (<code>app/loader.py:60</code>) → <code>load\_row</code> (<code>app/loader.py:61</code>), renamed

</details>

<details><summary>Notes</summary>

- alloc\_bytes: 2.0 % of current is in functions without a counterpart
- ns: all functions alike cost 25.0 % more; whether the machine or the program is the cause cannot be told
- 1 of 41 functions of current has no counterpart
- files of current are without <code>/builds/17/</code>
- 3 callers have no entry of their own
- 117 figures are the same

</details>
)md");
}

BOOST_AUTO_TEST_CASE(WhereAllIsEqualThereIsNoTableOfFindings) {
  BOOST_TEST(DiffMarkdown(EqualReport(), {}) ==
             R"(### prof2cg diff: not worse

all figures are the same (5)

base: <code>old.pstats</code><br>
current: <code>new.pstats</code>

| in all | base → current | difference | | |
|---|---:|---:|---:|---|
| calls | 12 → 12 | 0 | same |  |
)");
}

BOOST_AUTO_TEST_CASE(BudgetsAreAList) {
  const std::string text = DiffMarkdown(ReportOfBudgets(), {});
  BOOST_TEST(Has(text, "\n\n1 of 3 budgets is broken; 2 findings, "));
  BOOST_TEST(Has(text, "\n**Budgets**\n\n- broken: "));
  BOOST_TEST(Has(text, "\n- kept: "));
}

BOOST_AUTO_TEST_CASE(EveryRowOfATableHasItsCells) {
  for (const std::string& name : HostileNames()) {
    std::string_view text;
    const std::string all = DiffMarkdown(HostileReport(name), {});
    text = all;
    size_t rows = 0;
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(line.size() + 1);
      BOOST_TEST(IsPrintable(WithoutZeroWidthSpaces(line)));
      if (!line.starts_with('|')) continue;
      ++rows;
      BOOST_TEST(Cells(line) == (rows <= 4 ? 5u : 7u));
    }
    BOOST_TEST(rows == 10u);
  }
}

BOOST_AUTO_TEST_CASE(DetailsAreOpenedAndClosed) {
  for (const std::string& name : HostileNames()) {
    const std::string text = DiffMarkdown(HostileReport(name), {});
    BOOST_TEST(Count(text, "<details>") == 3u);
    BOOST_TEST(Count(text, "\n</details>\n") == 3u);
  }
}

BOOST_AUTO_TEST_CASE(ALimitIsKeptAndWhatIsLeftOutIsCounted) {
  for (const std::string& name : HostileNames()) {
    DiffReport report = HostileReport(name);
    report.findings.resize(150, report.findings[0]);
    for (const size_t limit : {8192u, 30'000u}) {
      const std::string text =
          DiffMarkdown(report, {.limit = limit, .shows_all = true});
      BOOST_TEST(text.size() <= limit);
      BOOST_TEST(Count(text, "<details>") == Count(text, "\n</details>\n"));
      BOOST_TEST(Has(text, " lines were left out: the report may have "));
    }
  }
}

BOOST_AUTO_TEST_CASE(LinesThatAreLeftOutAreAllThatAreMissing) {
  const DiffReport report = LongReport(300, 0);
  const auto lines = [&](size_t limit) {
    const std::string text =
        DiffMarkdown(report, {.limit = limit, .shows_all = true});
    return Count(text, "\n| ") + Count(text, "\n- ");
  };
  const std::string cut =
      DiffMarkdown(report, {.limit = 20'000, .shows_all = true});
  const size_t missing = lines(1 << 20) - lines(20'000);
  BOOST_TEST(missing > 100u);
  BOOST_TEST(cut.ends_with("\n" + std::to_string(missing) +
                           " lines were left out: the report may have 20 000 "
                           "bytes.\n"));
}

BOOST_AUTO_TEST_CASE(AHundredFindingsAreShownUnlessAllAreAskedFor) {
  const DiffReport report = LongReport(150, 0);
  const std::string text = DiffMarkdown(report, {});
  BOOST_TEST(Count(text, "\n| worse | ") == 100u);
  BOOST_TEST(Has(text, "\n50 more are worse.\n"));
  BOOST_TEST(Count(DiffMarkdown(report, {.shows_all = true}), "\n| worse | ") ==
             150u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
