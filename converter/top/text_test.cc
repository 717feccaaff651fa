#include "converter/top/text.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/display/display_width.h"
#include "converter/io/utf8.h"
#include "converter/top/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(TopTextTest)

std::string Text(const Profile& profile, const TopOptions& options,
                 size_t width) {
  return TopText(MakeTopReport(profile, options), {.width = width});
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

BOOST_AUTO_TEST_CASE(TheListHasAllColumnsWhereThereIsRoom) {
  BOOST_TEST(
      Text(SampleProgram(), {}, 120) ==
      R"(1 236 547 function calls (1 234 575 primitive) in 1.0000 ms, 5 functions

         self      inclusive      calls    self/call  incl/call  function
 400 µs 40.0%   450 µs 45.0%          3       133 µs     150 µs  decode        /usr/lib/python3.11/json/decoder.py:332
 400 µs 40.0%   400 µs 40.0%      1 973/1     203 ns     400 µs  fib           /home/dev/app/main.py:12
 100 µs 10.0%  1.00 ms  100%          1       100 µs    1.00 ms  main          /home/dev/app/main.py:3
50.0 µs  5.0%   500 µs 50.0%          3      16.7 µs     167 µs  loads         /usr/lib/python3.11/json/__init__.py:299
50.0 µs  5.0%  50.0 µs  5.0%  1 234 567      0.04 ns    0.04 ns  builtins.len  built-in

5 of 5 functions by self, together 100% of total
)");
}

BOOST_AUTO_TEST_CASE(ChosenColumnsStandInTheirOrderWithTheirOwnShares) {
  SampleProfile sample(TimeAndBytes());
  sample.Add("f", {2, 1}, {10, 1024}, {40, 4096});
  sample.Add("g", {3, 3}, {30, 3072}, {30, 3072});
  BOOST_TEST(Text(sample.Build(),
                  {.columns = {"bytes", "calls", "inclusive", "self/call",
                               "bytes:inclusive"}},
                  0) ==
             R"(5 function calls (4 primitive) in 40 ns, 2 functions
event ns; others: bytes

         bytes  calls    inclusive  self/call  bytes:inclusive  function
3.00 KiB 75.0%    3    30 ns 75.0%      10 ns   3.00 KiB 75.0%  g  app.py:1
1.00 KiB 25.0%    2/1  40 ns  100%       5 ns   4.00 KiB  100%  f  app.py:1

2 of 2 functions by self, together 100% of total
)");
}

BOOST_AUTO_TEST_CASE(EstimatesAreMarkedInEveryColumn) {
  SampleProfile sample;
  sample.Add("f", {2, 2}, {30}, {40});
  sample.Add("g", {3, 3}, {10}, {10});
  sample.profile().provenance.estimated_functions = {true, false};
  const Profile profile = sample.Build();
  BOOST_TEST(Text(profile, {}, 0) ==
             R"(5 function calls in 40 ns, 2 functions
note: 25.0% of all figures are estimates

        self     inclusive  calls  self/call  incl/call  function
~30 ns 75.0%  ~40 ns  100%      2     ~15 ns     ~20 ns  f  app.py:1
 10 ns 25.0%   10 ns 25.0%      3    3.33 ns    3.33 ns  g  app.py:1

2 of 2 functions by self, together 100% of total
~ estimated
)");
  BOOST_TEST(Has(Text(profile, {.callees_of = "f"}, 0), "self ~30 ns ("));
}

// Counts that stood in the input are no estimates, those of contexts are.
BOOST_AUTO_TEST_CASE(EstimatedCountsAreMarked) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {2, 1}, {30}, {40});
  const FunctionId g = sample.Add("g", {3, 3}, {10}, {10});
  sample.Call(f, g, {3, 3}, {10}, {10});
  sample.MarkEstimated();
  Provenance& provenance = sample.profile().provenance;
  provenance.estimated_functions = {true, false};
  provenance.counts = provenance.call_counts = Origin::kDerived;
  const Profile profile = sample.Build();
  const std::string list = Text(profile, {}, 0);
  BOOST_TEST(Has(list, "  ~2/1     ~15 ns     ~40 ns  f"));
  BOOST_TEST(Has(list, "   3      3.33 ns    3.33 ns  g"));
  const std::string section = Text(profile, {.callees_of = "f"}, 0);
  BOOST_TEST(Has(section,
                 "self ~30 ns (75.0% of total), "
                 "inclusive ~40 ns (100% of total), ~2 calls"));
  BOOST_TEST(Has(section, "\n  ~10 ns 25.0%  ~10 ns   ~3    g"));
}

BOOST_AUTO_TEST_CASE(SumsOfEstimatesAreMarked) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {6, 6}, {60}, {60});
  for (int64_t i = 1; i <= 3; ++i) {
    const FunctionId g =
        sample.Add("g" + std::to_string(i), {1, 1}, {0}, {10 * i});
    sample.Call(g, f, {i, i}, {10 * i}, {10 * i});
    if (i == 1) sample.MarkEstimated();
  }
  sample.profile().provenance.call_counts = Origin::kDerived;
  const std::string text =
      Text(sample.Build(), {.callers_of = "f", .neighbours = 1}, 0);
  BOOST_TEST(Has(text, "  ~30 ns 50.0%            ~3  (2 more callers)"));
  BOOST_TEST(Has(text, "\n~ estimated\n"));
}

BOOST_AUTO_TEST_CASE(EightyColumnsHoldCostsCallsAndShortenedPaths) {
  BOOST_TEST(
      Text(SampleProgram(), {.rows = 3}, 80) ==
      R"(1 236 547 function calls (1 234 575 primitive) in 1.0000 ms, 5 functions

        self      inclusive  calls    function
400 µs 40.0%   450 µs 45.0%      3    decode  …/python3.11/json/decoder.py:332
400 µs 40.0%   400 µs 40.0%  1 973/1  fib     /home/dev/app/main.py:12
100 µs 10.0%  1.00 ms  100%      1    main    /home/dev/app/main.py:3

3 of 5 functions by self, together 90.0% of total
)");
}

BOOST_AUTO_TEST_CASE(FortyColumnsHoldTheCostAndTheName) {
  BOOST_TEST(Text(SampleProgram(), {.rows = 3}, 40) ==
             R"(1 236 547 function calls
(1 234 575 primitive) in 1.0000 ms,
5 functions

        self  function
400 µs 40.0%  decode  …/decoder.py:332
400 µs 40.0%  fib     …/app/main.py:12
100 µs 10.0%  main    …/app/main.py:3

3 of 5 functions by self, together 90.0%
    of total
)");
}

BOOST_AUTO_TEST_CASE(TheColumnOfTheOrderStays) {
  const std::string text =
      Text(SampleProgram(), {.order = TopOrder::kCalls, .rows = 1}, 40);
  BOOST_TEST(Has(text, "1 234 567"));
  BOOST_TEST(Has(text, "builtins.len"));
}

BOOST_AUTO_TEST_CASE(CallersAndCalleesStandInSectionsInsteadOfTheList) {
  BOOST_TEST(
      Text(SampleProgram(), {.callers_of = "fib", .callees_of = "decode"},
           80) ==
      R"(1 236 547 function calls (1 234 575 primitive) in 1.0000 ms, 5 functions

decode  /usr/lib/python3.11/json/decoder.py:332
  self 400 µs (40.0% of total), inclusive 450 µs (45.0% of total), 3 calls

  calls, with shares of its inclusive cost:
      inclusive     self      calls  line  callee
   400 µs 88.9%   400 µs          3        (self)
  50.0 µs 11.1%  50.0 µs  1 234 567   337  builtins.len  built-in

fib  /home/dev/app/main.py:12
  self 400 µs (40.0% of total), inclusive 400 µs (40.0% of total),
  1 973 calls (1 primitive)

  called by, with shares of its inclusive cost:
     inclusive     self  calls    line  caller
  400 µs  100%  1.00 µs      1       6  main  /home/dev/app/main.py:3
  398 µs 99.5%   399 µs  1 972/2    13  (recursion)
)");
}

BOOST_AUTO_TEST_CASE(EstimatesAreMarked) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", "f.py", 1, {1, 1}, {50}, {50});
  const FunctionId g = sample.Add("g", "f.py", 2, {1, 1}, {0}, {50});
  sample.Call(g, f, {1, 1}, {50}, {50});
  sample.MarkEstimated();
  const std::string text = Text(sample.Build(), {.callers_of = "f"}, 80);
  BOOST_TEST(Has(text, "~50 ns 100%"));
  BOOST_TEST(Has(text, "\n~ estimated\n"));
}

BOOST_AUTO_TEST_CASE(WhatIsNotShownIsCounted) {
  const std::string text =
      Text(SampleProgram(), {.callers_of = "*", .sections = 4}, 80);
  BOOST_TEST(Has(text, "\n1 more function matches\n"));
  BOOST_TEST(
      Has(Text(SampleProgram(), {.callees_of = "main", .neighbours = 1}, 80),
          "(1 more callee)"));
  SampleProfile sample;
  sample.Add("f", "f.py", 1, {1, 1}, {50}, {50});
  sample.Add("g_of_f", "f.py", 2, {1, 1}, {0}, {50});
  BOOST_TEST(Has(Text(sample.Build(), {.callers_of = "f"}, 80),
                 "\n\n1 more function has \"f\" as a part of the name: "
                 "\"*f*\" shows it too\n"));
  BOOST_TEST(
      Has(Text(SampleProgram(), {.rows = 1, .filter = "json"}, 80),
          "1 of 2 functions with \"json\" by self, together 40.0% of total"));
}

BOOST_AUTO_TEST_CASE(NotesNameOdditiesAndOtherEvents) {
  SampleProfile sample(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                                 {"alloc_bytes", "Bytes", Unit::kBytes}}));
  sample.Add("f", "f.py", 1, {1, 1}, {500, 2048}, {500, 2048});
  sample.profile().provenance.Note("thing is odd", "things are odd", 2);
  const Profile profile = sample.Build();
  const std::string text = Text(profile, {}, 120);
  BOOST_TEST(Has(text, "\nnote: 2 things are odd\n"));
  BOOST_TEST(Has(text, "\nevent ns; others: alloc_bytes\n"));
  BOOST_TEST(Has(Text(profile, {.event = "alloc_bytes"}, 120),
                 "1 function call, 2.0000 KiB alloc_bytes, 1 function\n"));
}

BOOST_AUTO_TEST_CASE(OnlyFiguresThatAreNotTheProfilersOwnAreNoted) {
  TopReport report = MakeTopReport(SampleProgram(), {.rows = 1});
  const auto text = [&] { return TopText(report, {.width = 0}); };
  BOOST_TEST(!Has(text(), "figures"));
  BOOST_TEST(!Has(text(), "lost"));
  report.fidelity = {.measured = 718, .estimated = 282};
  BOOST_TEST(Has(text(), "\nnote: 28.2% of all figures are estimates\n"));
  report.fidelity = {.measured = 3, .derived = 1, .estimated = 1, .lost = 1};
  BOOST_TEST(Has(text(),
                 "\nnote: 20.0% of all figures are estimates, 20.0% of all "
                 "figures are computed from others, 1 entry of the profile is "
                 "unusable\n"));
}

BOOST_AUTO_TEST_CASE(TheSelfCostsOfAnotherOrdersRowsAreCalledSo) {
  BOOST_TEST(Has(
      Text(SampleProgram(), {.order = TopOrder::kInclusive, .rows = 2}, 80),
      "\n2 of 5 functions by inclusive; their self costs are together 15.0% of "
      "total\n"));
}

BOOST_AUTO_TEST_CASE(NoNameIsNotTheNameOfQuestionMarks) {
  SampleProfile sample;
  sample.Add("", "f.py", 1, {1, 1}, {50}, {50});
  sample.Add("???", "f.py", 2, {1, 1}, {50}, {50});
  const std::string text = Text(sample.Build(), {}, 80);
  BOOST_TEST(Has(text, "(no name)  f.py:1\n"));
  BOOST_TEST(Has(text, "???        f.py:2\n"));
}

BOOST_AUTO_TEST_CASE(ColumnsThatTheSourceDoesNotHaveAreAbsent) {
  SampleProfile sample;
  sample.Add("f", "", 0, {0, 0}, {500}, {0});
  sample.profile().provenance.counts = Origin::kAbsent;
  sample.profile().provenance.events[0].inclusive = Origin::kAbsent;
  BOOST_TEST(Text(sample.Build(), {}, 80) ==
             R"(500 ns, 1 function

       self  function
500 ns 100%  f

1 of 1 function by self, together 100% of total
)");
}

BOOST_AUTO_TEST_CASE(CallsThatWereNotCountedAreNotSaidToBeNone) {
  SampleProfile sample(EventSet({{"samples", "Samples", Unit::kCount}}));
  const FunctionId main = sample.Add("main", "", 0, {0, 0}, {0}, {7});
  const FunctionId f = sample.Add("f", "", 0, {0, 0}, {7}, {7});
  sample.Call(main, f, {0, 0}, {7}, {7}, 12);
  sample.profile().provenance.counts = Origin::kAbsent;
  sample.profile().provenance.call_counts = Origin::kAbsent;
  BOOST_TEST(Text(sample.Build(), {.callers_of = "f"}, 80) ==
             R"(7 samples, 2 functions

f
  self 7 (100% of total), inclusive 7 (100% of total)

  called by, with shares of its inclusive cost:
  inclusive  self  line  caller
     7 100%     7    12  main
)");
}

BOOST_AUTO_TEST_CASE(NegativeAndContradictoryCostsAreShownAsTheyAre) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", "f.py", 1, {-2, 0}, {-500}, {-700});
  const FunctionId g = sample.Add("g", "f.py", 2, {1, 1}, {100}, {5});
  sample.Call(f, g, {1, 1}, {-30}, {7});
  const Profile profile = sample.Build();
  const std::string list = Text(profile, {}, 80);
  BOOST_TEST(Has(list, "-500 ns"));
  BOOST_TEST(!Has(list, "%  "));  // there is no whole to have a share of
  BOOST_TEST(Has(Text(profile, {.callees_of = "f"}, 80), "-30 ns"));
}

BOOST_AUTO_TEST_CASE(LinesFitTheWidthWhateverTheNames) {
  SampleProfile sample;
  std::vector<FunctionId> functions;
  const std::string_view names[] = {
      "計算する関数計算する関数計算する関数計算する関数計算する関数",
      "e\u0301te\u0301",
      "🐍🐍🐍",
      "",
      "short",
      "std::map<std::string, std::vector<int>>::emplace_hint(const_iterator)",
      "a\nb\x1b[31m\u202e",
      "<method 'findall' of 're.Pattern' objects>"};
  for (const std::string_view name : names) {
    const auto n = static_cast<int64_t>(functions.size() + 1);
    functions.push_back(sample.Add(name, "/home/dév/計算/module_with_a_name.py",
                                   1234, {n * 123'456'789, n * 7},
                                   {n * 98'765'432'101}, {n * 999'999'999}));
    sample.Call(functions[0], functions.back(), {n, n}, {n * 1234}, {n}, 5);
  }
  const Profile profile = sample.Build();
  for (size_t width = 40; width <= 210; ++width) {
    for (const TopOrder order : {TopOrder::kSelf, TopOrder::kInclusive,
                                 TopOrder::kCalls, TopOrder::kName}) {
      for (const std::string& line :
           Lines(Text(profile, {.order = order}, width))) {
        BOOST_TEST(DisplayWidth(line) <= width);
        BOOST_TEST(IsPrintable(line));
        BOOST_TEST(!line.ends_with(' '));
      }
    }
    for (const std::string& line :
         Lines(Text(profile, {.callees_of = "*計*"}, width))) {
      if (!line.starts_with(' ')) continue;  // a name in full
      BOOST_TEST(DisplayWidth(line) <= width);
    }
  }
}

BOOST_AUTO_TEST_CASE(AnyWidthIsSurvivedAndNoneMeansAll) {
  const Profile profile = SampleProgram();
  for (size_t width = 1; width < 40; ++width) {
    BOOST_TEST(Has(Text(profile, {}, width), "fib"));
    BOOST_TEST(Has(Text(profile, {.callers_of = "fib"}, width), "fib"));
  }
  for (const TopOptions& options : {TopOptions{}, TopOptions{.rows = 1}}) {
    const std::string narrow = Text(profile, options, 24);
    BOOST_TEST(Text(profile, options, 1) == narrow);
    for (const std::string& line : Lines(narrow)) {
      BOOST_TEST(DisplayWidth(line) <= 24u, line);
    }
  }
  BOOST_TEST(Has(Text(profile, {}, 0),
                 "loads         /usr/lib/python3.11/json/__init__.py:299"));
}

BOOST_AUTO_TEST_CASE(ColourChangesNoText) {
  for (const TopOptions& options :
       {TopOptions{}, TopOptions{.callers_of = "*", .callees_of = "*"}}) {
    const TopReport report = MakeTopReport(SampleProgram(), options);
    std::string coloured = TopText(report, {.width = 80, .has_colour = true});
    BOOST_TEST(Has(coloured, options.callers_of.empty()
                                 ? "\x1b[1;31m40.0%\x1b[0m"
                                 : "\x1b[2m(recursion)\x1b[0m"));
    for (size_t start; (start = coloured.find('\x1b')) != coloured.npos;) {
      coloured.erase(start, coloured.find('m', start) + 1 - start);
    }
    BOOST_TEST(coloured == TopText(report, {.width = 80}));
  }
}

BOOST_AUTO_TEST_CASE(AnEmptyProfileIsSaidToBeEmpty) {
  SampleProfile sample;
  BOOST_TEST(Text(sample.Build(), {}, 80) ==
             R"(0 function calls in 0 ns, 0 functions

the profile is empty
)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
