// Reports for the tests of their forms, and names that no form may choke on.
#ifndef PROF2CG_CONVERTER_DIFF_SAMPLE_REPORT_H_
#define PROF2CG_CONVERTER_DIFF_SAMPLE_REPORT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/report.h"
#include "converter/diff/sentences.h"
#include "converter/diff/words.h"

namespace prof2cg {

inline Event Calls() { return {"calls", "Calls", Unit::kCount}; }
inline Event Time() { return {"ns", "Time [ns]", Unit::kNanoseconds}; }
inline Event AllocBytes() {
  return {"alloc_bytes", "Allocated bytes", Unit::kBytes};
}

inline const DiffFunction kMain = {"main", "app/main.py", 3};
inline const DiffFunction kRefresh = {"Loader.refresh", "app/loader.py", 80};
inline const DiffFunction kParseRow = {"parse_row", "app/loader.py", 12};
inline const DiffFunction kRender = {"render", "app/page.py", 40};
inline const DiffFunction kSort = {"<method 'sort' of 'list' objects>", "~", 0};

// parse_row is called thrice as often by Loader.refresh, from a new line.
inline DiffFinding MoreCallsOfParseRow() {
  DiffFinding f{.kind = Subject::Kind::kCalls,
                .function = kParseRow,
                .event = Calls(),
                .answer = Answer::kWorse,
                .reason = Reason::kMore,
                .base = 1000,
                .current = 3000};
  f.blame = DiffBlame{.kind = Cause::Kind::kMoreCalls,
                      .function = kParseRow,
                      .call = DiffCall{kRefresh, kParseRow, {88}, {}},
                      .base_calls = 1000,
                      .current_calls = 3000,
                      .base_cost = 1000,
                      .current_cost = 3000,
                      .explained = 2000,
                      .steps = {{kParseRow, 2000, {2000, 0, 0}}}};
  return f;
}

// The same in bytes, of main: its callee's callee is to blame.
inline DiffFinding MoreBytesOfMain() {
  DiffFinding f{.kind = Subject::Kind::kInclusive,
                .function = kMain,
                .event = AllocBytes(),
                .answer = Answer::kWorse,
                .reason = Reason::kMore,
                .base = 1'024'000,
                .current = 3'072'000};
  f.blame = DiffBlame{.kind = Cause::Kind::kMoreCalls,
                      .function = kParseRow,
                      .call = DiffCall{kRefresh, kParseRow, {88}, {}},
                      .base_calls = 1000,
                      .current_calls = 3000,
                      .base_cost = 512'000,
                      .current_cost = 1'536'000,
                      .explained = 1'024'000,
                      .steps = {{kMain, 2'048'000, {0, 0, 2'048'000}},
                                {kRefresh, 2'048'000, {0, 0, 2'048'000}},
                                {kParseRow, 1'024'000, {1'024'000, 0, 0}}}};
  DiffFinding other = f;
  other.function = kRefresh;
  other.blame.reset();
  f.others = {std::move(other)};
  return f;
}

inline DiffFinding SlowerRender() {
  return {.kind = Subject::Kind::kSelf,
          .function = kRender,
          .event = Time(),
          .answer = Answer::kCannotTell,
          .reason = Reason::kMayBeChance,
          .base = 10'000'000,
          .current = 10'800'000,
          .p = .21,
          .detectable = .14};
}

inline DiffFinding FewerSorts() {
  DiffFinding f{.kind = Subject::Kind::kCall,
                .function = kSort,
                .call = DiffCall{kRender, kSort, {}, {44}},
                .event = Calls(),
                .answer = Answer::kNotWorse,
                .reason = Reason::kLess,
                .base = 200,
                .current = 0};
  f.blame = DiffBlame{.kind = Cause::Kind::kNewCall,
                      .function = kSort,
                      .call = f.call,
                      .base_calls = 200,
                      .base_cost = 200,
                      .explained = -200,
                      .steps = {{kSort, -200, {-200, 0, 0}}}};
  return f;
}

inline DiffFinding SlightlyMoreBytesOfRender() {
  return {.kind = Subject::Kind::kSelf,
          .function = kRender,
          .event = AllocBytes(),
          .answer = Answer::kNotWorse,
          .reason = Reason::kWithinThreshold,
          .base = 4096,
          .current = 4100};
}

// Writes the sentences of a report, as what makes reports does.
inline void WriteSentences(DiffReport& report) {
  const Criterion criterion{.threshold = {.relative = .05},
                            .base_profiles = 2,
                            .current_profiles = 2};
  for (DiffFinding& finding : report.findings) {
    finding.why = ReasonText(finding, criterion);
    if (finding.blame) finding.blame->sentence = BlameText(finding);
    for (DiffFinding& other : finding.others) {
      other.why = ReasonText(other, criterion);
    }
  }
  report.why = VerdictText(report);
}

inline DiffReport SampleReport() {
  DiffReport report;
  report.base = {.files = {"old1.pstats", "old2.pstats"},
                 .command = "python app.py",
                 .functions = 40};
  report.current = {.files = {"new1.pstats", "new2.pstats"},
                    .command = "python app.py",
                    .functions = 41,
                    .unmatched_functions = 1};
  report.answer = Answer::kWorse;
  report.totals = {
      {.event = Calls(), .is_judged = true, .base = 1240, .current = 3040},
      {.event = AllocBytes(),
       .is_judged = true,
       .base = 1'028'096,
       .current = 3'076'100,
       .current_unmatched = .02},
      {.event = Time(),
       .base = 20'000'000,
       .current = 26'000'000,
       .common_factor = 1.25},
  };
  report.findings = {MoreCallsOfParseRow(), MoreBytesOfMain(), SlowerRender(),
                     FewerSorts(), SlightlyMoreBytesOfRender()};
  report.equal = 117;
  report.probable_pairs = {
      {{"read_row", "app/loader.py", 60, DiffFunction::Side::kBase},
       {"load_row", "app/loader.py", 61, DiffFunction::Side::kCurrent},
       ProbablePair::Change::kRenamed}};
  report.oddities = {{"caller has no entry of its own",
                      "callers have no entry of their own", 3}};
  report.current_prefix = "/builds/17/";
  WriteSentences(report);
  return report;
}

// The same with a budget that is broken, one that is kept, and a rule of which
// nothing can be told.
inline DiffReport ReportOfBudgets() {
  DiffReport report = SampleReport();
  report.budgets = {
      {DiffBudget::Kind::kBudget, "calls parse_row <= 2 per call of main",
       Answer::kWorse,
       "`parse_row` is called 3.0 times per call of `main`: the budget is 2",
       5},
      {DiffBudget::Kind::kBudget, "alloc_bytes render <= 1.05 x base",
       Answer::kNotWorse,
       "`render` costs 4.00 KiB of alloc_bytes, in the base 4.00 KiB of "
       "alloc_bytes: the budget is 1.05 x base",
       6},
      {DiffBudget::Kind::kRule, "no new callers of parse_row",
       Answer::kCannotTell, "`base.snapshot` does not list all callers", 8}};
  report.config = "prof2cg.toml";
  WriteSentences(report);
  return report;
}

inline DiffReport EqualReport() {
  DiffReport report;
  report.base.files = {"old.pstats"};
  report.current.files = {"new.pstats"};
  report.totals = {
      {.event = Calls(), .is_judged = true, .base = 12, .current = 12}};
  report.equal = 5;
  WriteSentences(report);
  return report;
}

inline std::string Repeated(std::string_view text, size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

inline std::vector<std::string> HostileNames() {
  using namespace std::string_literals;
  return {
      "",
      " ",
      "nul\0 esc\x1b[31m del\x7f"s,
      "lines\nof\r\na name",
      "tab\there",
      "\"quotes' and `backquotes` ```",
      "</script><img src=x onerror=alert(1)>&amp;&#64;",
      "]]><![CDATA[<!-- -->",
      "%0A::error::injected%0D",
      "\n::error file=x::injected",
      "a|b\\|c\\\\|d\\",
      "@everyone #123 GH-1 org/repo#7 https://example.org www.example.org",
      "a@example.org memcpy@@GLIBC_2.14",
      "[link](https://example.org) ![image](x) *bold* __init__ ~~no~~ $x$",
      "\u202etxt.exe\u2066\u200b",
      "caf\xe9 \xff\xfe \xed\xa0\x80 \xf0\x9f",
      "\xef\xbf\xbe\xef\xbf\xbf\xc2\x85",
      "計算🐍",
      "name=value, key: value; verdict<<EOF",
      std::string(10'000, 'x'),
      Repeated("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301", 1'000),
      std::string(3'000, '|') + std::string(3'000, '`'),
  };
}

// A report with `name` wherever text of a profile can stand.
inline DiffReport HostileReport(const std::string& name) {
  DiffReport report = ReportOfBudgets();
  const auto rename = [&](DiffFunction& function) {
    function.name = name;
    function.file = name;
  };
  const auto rename_call = [&](DiffCall& call) {
    rename(call.caller);
    rename(call.callee);
  };
  for (DiffSide* side : {&report.base, &report.current}) {
    side->files = {name, name};
    side->command = name;
  }
  for (DiffTotal& total : report.totals) total.event.name = name;
  const auto rename_finding = [&](DiffFinding& finding) {
    rename(finding.function);
    finding.event.name = name;
    if (finding.call) rename_call(*finding.call);
    if (!finding.blame) return;
    rename(finding.blame->function);
    if (finding.blame->call) rename_call(*finding.blame->call);
    for (DiffStep& step : finding.blame->steps) rename(step.function);
  };
  for (DiffFinding& finding : report.findings) {
    rename_finding(finding);
    for (DiffFinding& other : finding.others) rename_finding(other);
  }
  for (DiffPair& pair : report.probable_pairs) {
    rename(pair.base);
    rename(pair.current);
  }
  for (DiffBudget& budget : report.budgets) {
    budget.text = name;
    budget.sentence = Quoted(name) + " is called";
  }
  report.config = name;
  report.oddities = {{name, name, 2}};
  report.base_prefix = name;
  report.current_prefix = name;
  WriteSentences(report);
  return report;
}

// The sample with that many findings that are worse and that many that cannot
// be told.
inline DiffReport LongReport(size_t worse, size_t unknown) {
  DiffReport report = SampleReport();
  report.findings.clear();
  const auto add = [&](const DiffFinding& finding, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      report.findings.push_back(finding);
      report.findings.back().function.name += '_' + std::to_string(i);
    }
  };
  add(MoreCallsOfParseRow(), worse);
  add(SlowerRender(), unknown);
  WriteSentences(report);
  return report;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_SAMPLE_REPORT_H_
