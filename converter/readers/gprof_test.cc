#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/readers/gprof_graph.h"
#include "converter/readers/stack_tests.h"

namespace prof2cg {
namespace {

constexpr std::string_view kHeading =
    "\t\t\tCall graph\n\n\n"
    "granularity: each sample hit covers 2 byte(s) for 9.98% of 0.10 seconds\n"
    "\n"
    "index % time    self  children    called     name\n";
constexpr std::string_view kRule =
    "-----------------------------------------------\n";
constexpr std::string_view kEnd = "\f\nIndex by function name\n\n   [1] f\n";

Profile ReadGprof(std::string_view text) { return ReadStacks("prof", text); }

Profile ReadEntries(const std::string& entries) {
  return ReadGprof(std::string(kHeading) + entries + std::string(kEnd));
}

// A line for each function and call: "main 3/2 0.10 0.25", all calls and
// primitive ones, self and inclusive seconds; "main>f 3/3 0.25".
std::string Show(const Profile& profile) {
  const auto seconds = [](int64_t ns) {
    char text[32];
    std::snprintf(text, sizeof text, " %.2f", static_cast<double>(ns) / 1e9);
    return std::string(text);
  };
  const auto counts = [](CallCounts c) {
    return " " + std::to_string(c.total) + "/" + std::to_string(c.primitive);
  };
  const CallGraph& graph = profile.graph;
  std::string text;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    text += std::string(profile.Name(FunctionId(f))) +
            std::string(profile.File(FunctionId(f))) + counts(graph.counts[f]) +
            seconds(graph.self[f][0]) + seconds(graph.inclusive[f][0]) + "\n";
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    text += std::string(profile.Name(call.caller)) + ">" +
            std::string(profile.Name(call.callee)) + counts(call.counts) +
            seconds(graph.call_inclusive[c][0]) + "\n";
  }
  return text;
}

// What a listing says, written as gprof's cg_print.c lays it out.
class Listing {
 public:
  explicit Listing(std::mt19937& random) : random_(random) {
    const size_t functions = 1 + random() % 8;
    for (size_t f = 0; f < functions; ++f) {
      functions_.push_back({100 * f + random() % 100, Figure(), Figure(),
                            Figure(), random() % 2 == 0 ? Figure() : 0,
                            random() % 3 == 0});
    }
    for (size_t i = random() % 20; i > 0; --i) {
      calls_[{random() % functions, random() % functions}] = {
          1 + Figure(), Figure(), Figure(), Figure()};
    }
  }

  std::string Text() const {
    std::string text(kHeading);
    for (size_t f = 0; f < functions_.size(); ++f) {
      text += Entry(f) + std::string(kRule);
    }
    return text + std::string(kEnd);
  }

  Contents Expected() const {
    const auto key = [](size_t f) { return FunctionKey(NameOf(f), "", "", 0); };
    const auto ns = [](int64_t hundredths) { return hundredths * 10'000'000; };
    Contents contents;
    for (size_t f = 0; f < functions_.size(); ++f) {
      const Function& function = functions_[f];
      int64_t inclusive = function.self + function.callees;
      int64_t entering = 0;
      for (const auto& [ends, call] : calls_) {
        const bool is_entering = ends.second == f && !IsInner(ends);
        if (is_entering) entering += call.self + call.callees;
      }
      if (function.in_cycle) inclusive = std::max(inclusive, entering);
      contents.functions.push_back(
          {key(f),
           {{function.calls + function.recursions, function.calls},
            {ns(function.self)},
            {ns(inclusive)}}});
    }
    for (const auto& [ends, call] : calls_) {
      const bool is_recursion = ends.first == ends.second;
      const int64_t cost = IsInner(ends) ? 0 : call.self + call.callees;
      contents.calls.push_back(
          {{key(ends.first), key(ends.second), 0},
           {{call.calls, is_recursion ? 0 : call.calls}, {ns(cost)}, {}}});
    }
    return Sorted(contents);
  }

 private:
  struct Function {
    size_t index;
    int64_t self;
    int64_t callees;
    int64_t calls;
    int64_t recursions;
    bool in_cycle;
  };
  struct Part {
    int64_t calls;
    int64_t others;
    int64_t self;
    int64_t callees;
  };
  using Ends = std::pair<size_t, size_t>;

  int64_t Figure() { return static_cast<int64_t>(random_() % 2000); }

  static std::string NameOf(size_t f) {
    static constexpr std::array<const char*, 8> kNames = {
        "main",
        "f(int, char const*)",
        "operator[] [clone .part.1]",
        "3dmath",
        "void g<1.5>() const",
        "a <b>",
        "_init",
        "x/y+z"};
    return kNames.at(f);
  }
  bool IsInner(Ends ends) const {
    return ends.first == ends.second || (functions_[ends.first].in_cycle &&
                                         functions_[ends.second].in_cycle);
  }
  std::string Mark(size_t f) const {
    return std::string(functions_[f].in_cycle ? " <cycle 1>" : "") + " [" +
           std::to_string(functions_[f].index) + "]\n";
  }

  std::string Line(Ends ends, const Part& call, size_t shown) const {
    char text[80];
    if (IsInner(ends)) {
      std::snprintf(text, sizeof text, "%32s%7ld             ", "",
                    long{call.calls});
    } else {
      std::snprintf(text, sizeof text, "%16s%5.2f %7.2f %7ld/%-7ld     ", "",
                    static_cast<double>(call.self) / 100,
                    static_cast<double>(call.callees) / 100, long{call.calls},
                    long{call.calls + call.others});
    }
    return text + NameOf(shown) + Mark(shown);
  }

  std::string Entry(size_t f) const {
    std::string text;
    for (const auto& [ends, call] : calls_) {
      if (ends.second == f) text += Line(ends, call, ends.first);
    }
    if (text.empty()) text = std::string(49, ' ') + "<spontaneous>\n";
    const Function& function = functions_[f];
    char line[80];
    std::snprintf(line, sizeof line, "%-6s %5.1f %7.2f %7.2f",
                  ("[" + std::to_string(function.index) + "]").c_str(), 12.5,
                  static_cast<double>(function.self) / 100,
                  static_cast<double>(function.callees) / 100);
    std::string called(17, ' ');
    if (function.calls != 0 || function.recursions != 0) {
      called = " " + std::to_string(function.calls);
      if (function.recursions != 0) {
        called += "+" + std::to_string(function.recursions);
      }
    }
    text += line + called + "  " + NameOf(f) + Mark(f);
    for (const auto& [ends, call] : calls_) {
      if (ends.first == f) text += Line(ends, call, ends.second);
    }
    return text;
  }

  std::mt19937& random_;
  std::vector<Function> functions_;
  std::map<Ends, Part> calls_;
};

BOOST_AUTO_TEST_SUITE(GprofReader)

BOOST_AUTO_TEST_CASE(ListingsAreWhatTheyAreLineByLine) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    const Listing listing(random);
    BOOST_TEST_CONTEXT(listing.Text()) {
      BOOST_CHECK(Sorted(ContentsOf(ReadGprof(listing.Text()))) ==
                  listing.Expected());
    }
  }
}

BOOST_AUTO_TEST_CASE(ALineIsTakenApartFromBothEnds) {
  const auto show = [](std::string_view text) {
    const auto line = ParseGprofLine(text, true);
    if (!line) return std::string("none");
    const auto figure = [](const std::optional<double>& value) {
      char number[32] = " -";
      if (value) std::snprintf(number, sizeof number, " %g", *value);
      return std::string(number);
    };
    return std::string(line->is_function ? "function" : "call") +
           figure(line->percent) + figure(line->self) + figure(line->callees) +
           " " + (line->calls ? std::to_string(*line->calls) : "-") + " " +
           std::to_string(line->others) + " " +
           (line->is_cycle   ? "cycle"
            : line->in_cycle ? "member"
                             : "alone") +
           " " + std::to_string(line->index) + " " + std::string(line->name);
  };
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"[3] 100.0 0.00 0.12  main [3]", "function 100 0 0.12 - 0 alone 3 main"},
      {"[3 100.0 0.00 0.12 7 main [3]", "function 100 0 0.12 7 0 alone 3 main"},
      {"[5]  48.5 0.00 0.06 3+7 f(int) <cycle 1> [5]  ",
       "function 48.5 0 0.06 3 7 member 5 f(int)"},
      {"[4] 97.0 0.00 0.12 4+6 <cycle 1 as a whole> [4]",
       "function 97 0 0.12 4 6 cycle 4 "},
      {" 0.01 0.06 200/400 odd <cycle 12> [6]",
       "call - 0.01 0.06 200 400 member 6 odd"},
      {"\t3000 odd <cycle 1> [6]", "call - - - 3000 0 member 6 odd"},
      {" 0.1 0.2 1/1 <cycle x> [6]", "call - 0.1 0.2 1 1 alone 6 <cycle x>"},
      {" 0.1 0.2 1/1 <cycle > [6]", "call - 0.1 0.2 1 1 alone 6 <cycle >"},
      {" 0.1 0.2 1/1 a  b [6] [7]", "call - 0.1 0.2 1 1 alone 7 a  b [6]"},
      {" 0.1 0.2 1 2.5 [7]", "call - 0.1 0.2 1 0 alone 7 2.5"},
      {"[3] 100.0 0.00 0.12 3d [3]", "function 100 0 0.12 - 0 alone 3 3d"},
      // no calls: no index, no figures, no name, other numbers
      {"", "none"},
      {"[3]", "none"},
      {"[3] [3]", "none"},
      {"[3] 1 0.00 0.12 main [3]", "none"},
      {"[3] 1.0 0.00 main [3]", "none"},
      {"[x] 1.0 0.00 0.12 main [3]", "none"},
      {"[3] 1.0 0.00 0.12 main [x]", "none"},
      {"[3] 1.0 0.00 0.12 main [-3]", "none"},
      {"[3] 1.0 0.00 0.12 1 [3]", "none"},
      {" 0.1 0.2 f [6]", "none"},
      {" 0.1 0.2 1/ f [6]", "none"},
      {" 0.1 0.2 1/2/3 f [6]", "none"},
      {" 0.1 0.2 -1 f [6]", "none"},
      {" 0.1 0.2 1/1 f (6)", "none"},
      {" 0.1 0.2 99999999999999999999/1 f [6]", "none"},
      {" 0.1 0.2 1/1 f [99999999999999999999]", "none"},
  };
  for (const auto& [text, expected] : rows) BOOST_TEST(show(text) == expected);
}

BOOST_AUTO_TEST_CASE(OtherHeadingsAreKnown) {
  constexpr std::string_view kEntry =
      "                                                     <spontaneous>\n"
      "[2]     99.1    0.50        1.00                 .main [2]\n"
      "                1.00        0.00       1/1           .f [1]\n\n";
  constexpr std::string_view kExpected =
      ".main 0/0 0.50 1.50\n.f 0/0 0.00 0.00\n.main>.f 1/1 1.00\n";
  const std::string bsd =
      "call graph profile:\n"
      "index     the index of the function in the call graph\n\n"
      "ngranularity: Each sample hit covers 4 bytes. Time: 1.17 seconds\n\n"
      "                                  called/total       parents \n"
      "index  %time    self descendents  called+self    name    \tindex\n"
      "                                  called/total       children\n\n";
  for (const std::string& text :
       {bsd + std::string(kEntry),
        "\r\n" + std::string(kHeading) + std::string(kEntry)}) {
    BOOST_TEST(Show(ReadGprof(text)) == kExpected);
    BOOST_TEST(DetectReader(text).name == "prof");
  }
}

BOOST_AUTO_TEST_CASE(CyclesAreCountedWhereThereAreNoSeconds) {
  const auto read = [](const std::string& unit) {
    return ReadGprof("index    %      self  children    called     name\n" +
                     unit +
                     "                            <spontaneous>\n"
                     "[1]    100.0    0.04  1.50             main [1]\n");
  };
  const std::pair<const char*, int64_t> rows[] = {
      {"                (K)     (K) \n", 1540},
      {"    (M) (M)\n", 1'540'000},
      {"", 2}};
  for (const auto& [unit, inclusive] : rows) {
    const Profile profile = read(unit);
    BOOST_CHECK(profile.events ==
                EventSet({{"cycles", "Cycles", Unit::kCount}}));
    BOOST_TEST(profile.graph.inclusive[0][0] == inclusive);
  }
}

BOOST_AUTO_TEST_CASE(TheCallGraphEndsWhereAnotherListingBegins) {
  const std::string entry =
      "[1]    100.0    0.10    0.00       2+5       f [1]\n"
      "                                   5         f [1]\n" +
      std::string(kRule);
  constexpr std::string_view kExpected = "f 7/2 0.10 0.10\nf>f 5/0 0.00\n";
  for (const std::string end :
       {"", "\n", "\f\n[1] 1.0 0.0 0.0 g [1]\n", "Index by function name\n",
        "\n This table describes the call tree of the program.\n\n"
        "     index     A unique number\n",
        "\nflat profile:\n\n  %   cumulative\n",
        "# @(#)65 gprof.flat\n 1.0 1.0 1 g [1]\n"}) {
    const Profile profile = ReadGprof(std::string(kHeading) + entry + end);
    BOOST_TEST(Show(profile) == kExpected, end);
    BOOST_TEST(OdditiesOf(profile) == "", end);
  }
  BOOST_TEST(Show(ReadGprof("Flat profile:\n\n %   cumulative   self\n" +
                            std::string(kHeading) + entry)) == kExpected);
}

BOOST_AUTO_TEST_CASE(AnEntryThatIsCutShortIsTakenAsItIs) {
  const Profile profile = ReadGprof(std::string(kHeading) +
                                    "[1]   10.0    0.10    0.20   2   f [1]\n"
                                    "              0.10    0.00   1/1 g [2]\n"
                                    "              0.10    0.0");
  BOOST_TEST(Show(profile) ==
             "f 2/2 0.10 0.30\ng 0/0 0.00 0.00\nf>g 1/1 0.10\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 entry is cut short: it is taken as it is\n"
             "1 function has no entry of its own: added without cost\n"
             "1 line of an entry is no call: left out\n");
  BOOST_TEST(profile.provenance.lost == 1);
}

BOOST_AUTO_TEST_CASE(FunctionsThatWereNeverCalledHaveNoCost) {
  const Profile profile = ReadEntries(
      "[1]   10.0    0.10    0.00             main [1]\n"
      "                              0         never [2]\n"
      "              0.00    0.00    0/0       nor this [3]\n");
  BOOST_TEST(Show(profile) ==
             "main 0/0 0.10 0.10\n"
             "never 0/0 0.00 0.00\n"
             "nor this 0/0 0.00 0.00\n"
             "main>never 0/0 0.00\n"
             "main>nor this 0/0 0.00\n");
}

BOOST_AUTO_TEST_CASE(FunctionsOfOneNameStayApart) {
  const Profile profile = ReadEntries(
      "[3]   10.0    0.10    0.20             main [3]\n"
      "              0.10    0.00    1/1         spin [4]\n"
      "              0.10    0.00    2/2         spin [5]\n" +
      std::string(kRule) + "[5]   10.0    0.10    0.00   2  spin [5]\n");
  BOOST_TEST(Show(profile) ==
             "main 0/0 0.10 0.30\n"
             "spin 0/0 0.00 0.00\n"
             "spin[5] 2/2 0.10 0.10\n"
             "main>spin 1/1 0.10\n"
             "main>spin 2/2 0.10\n");
}

BOOST_AUTO_TEST_CASE(FilesOfStaticFunctionsStandInTheIndex) {
  const Profile profile = ReadGprof(
      std::string(kHeading) +
      "[3]   10.0    0.10    0.20             main [3]\n"
      "              0.10    0.00    1/1         spin [14]\n"
      "              0.10    0.00    2/2         spin [5]\n"
      "              0.10    0.00    2/2         g(int, a.b) [7]\n"
      "              0.10    0.00    2/2         h [8]\n" +
      std::string(kRule) +
      "\f\nIndex by function name\n\n"
      "  [14] spin (a.c)           [7] g(int, a.b)    (9) x (z.c) [3] main\n"
      "   [5] spin (src/b.c)       [8] h (main.c:31 @ 40130a)\n");
  BOOST_TEST(ShowFunctions(profile) ==
             "main  \nspin a.c \nspin src/b.c \ng(int, a.b)  \nh  \n");
}

BOOST_AUTO_TEST_CASE(WhatIsSharedOutIsToldToBeEstimated) {
  const Profile profile = ReadEntries(
      "[1]   10.0    0.10    0.30             main [1]\n"
      "              0.10    0.00    1/3         f [2]\n"
      "              0.20    0.00    2/2         g [3]\n");
  const Provenance& provenance = profile.provenance;
  BOOST_CHECK(provenance.counts == Origin::kMeasured);
  BOOST_CHECK(provenance.call_counts == Origin::kMeasured);
  BOOST_CHECK(provenance.events[0].self == Origin::kMeasured);
  BOOST_CHECK(provenance.events[0].inclusive == Origin::kEstimated);
  BOOST_CHECK(provenance.events[0].call_inclusive == Origin::kEstimated);
  BOOST_CHECK(provenance.events[0].call_self == Origin::kAbsent);
  BOOST_CHECK(profile.share_by == ShareBy::kCallCounts);
  BOOST_TEST(OdditiesOf(profile).starts_with(
      "1 call's cost is by how often it was made: gprof knows no more\n"));
  BOOST_CHECK(
      profile.facts ==
      (std::vector<Fact>{{"Granularity",
                          "each sample hit covers 2 byte(s) for 9.98% of 0.10 "
                          "seconds"}}));
}

BOOST_AUTO_TEST_CASE(WhatIsLeftOutIsCounted) {
  const Profile profile = ReadEntries(
      "[1]   10.0    0.10    0.30             main [1]\n"
      "              0.10    0.00    1/1         hidden (7)\n"
      "              what is this?\n" +
      std::string(kRule) + "[1]   10.0    0.50    0.30     again [1]\n" +
      "              0.10    0.00    1/1         lost [8]\n" +
      std::string(kRule) + "[2]   10.0 no function\n" +
      "              0.10    0.00    1/1         lost [8]\n");
  BOOST_TEST(Show(profile) == "main 0/0 0.10 0.40\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 entry is cut short: it is taken as it is\n"
             "1 entry is of an index that another has: left out\n"
             "1 call is of a function that was to be left out: left out\n"
             "2 lines of entries are no calls: left out\n");
  BOOST_TEST(profile.provenance.lost == 4);
}

BOOST_AUTO_TEST_CASE(ATextWithoutACallGraphIsRefused) {
  BOOST_TEST(Refusal("prof", "Flat profile:\n\n  %   cumulative\n") ==
             "line 4: expected a call graph, as gprof -q prints it, found the "
             "end, at byte 32");
  BOOST_TEST(DetectReader("Flat profile:\n").name == "prof");
}

BOOST_AUTO_TEST_CASE(CostsBeyondTheLimitsAreTheLimits) {
  const std::string most(300, '9');
  const Profile profile =
      ReadEntries("[1] 1.0 " + most + ".0 " + most + ".0 1 f [1]\n" + " 1.0 " +
                  most + ".0 1/1 g [2]\n");
  BOOST_TEST(profile.graph.self[0][0] == INT64_MAX / 2 + 1);
  BOOST_TEST(profile.graph.inclusive[0][0] == INT64_MAX);
}

// A rule of more than linear time would take hours.
BOOST_AUTO_TEST_CASE(ManyEntriesTakeLinearTime) {
  constexpr int kFunctions = 50'000;
  std::string entries;
  for (int f = 1; f <= kFunctions; ++f) {
    const std::string index = " [" + std::to_string(f) + "]";
    entries += index.substr(1) + " 1.0 0.01 0.50 1 f" + index + "\n" +
               " 0.01 0.01 1/1 f [1]\n" + " 0.01 0.01 1/1 f [" +
               std::to_string(f % kFunctions + 1) + "]\n" + std::string(kRule);
  }
  const Profile profile = ReadEntries(entries);
  BOOST_TEST(profile.functions.size() == kFunctions);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
