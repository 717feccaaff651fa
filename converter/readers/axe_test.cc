#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "converter/readers/stack_tests.h"

namespace prof2cg {
namespace {

constexpr std::string_view kHeading =
    "Index  % CPU Time:Total  CPU Time:Self  CPU Time:Children  Name   Index\n"
    "-----  ----------------  -------------  -----------------  -----  -----\n";
constexpr std::string_view kBlank = "                                    \n";

Profile ReadAxe(const std::string& entries) {
  return ReadStacks("axe", std::string(kHeading) + entries);
}

// A line for each function and call, in milliseconds: "main 5 20", self and
// inclusive; "main>f 15".
std::string Show(const Profile& profile) {
  const auto ms = [](int64_t ns) {
    BOOST_TEST(ns % 1'000'000 == 0);
    return " " + std::to_string(ns / 1'000'000);
  };
  const CallGraph& graph = profile.graph;
  std::string text;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    text += std::string(profile.Name(FunctionId(f))) + ms(graph.self[f][0]) +
            ms(graph.inclusive[f][0]) + "\n";
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    text += std::string(profile.Name(call.caller)) + ">" +
            std::string(profile.Name(call.callee)) +
            ms(graph.call_inclusive[c][0]) + "\n";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(AxeReader)

BOOST_AUTO_TEST_CASE(FunctionsHaveTheirPercentagesAndCallsTheirSeconds) {
  const Profile profile = ReadAxe(
      "                                         <spontaneous>       \n"
      "[1]    100.0    0.100    0.900         main             [1]  \n"
      "                0.500    0.100           f(int, char)   [3]  \n"
      "                0.300    0.0             [thunk g]      [4]  \n" +
      std::string(kBlank) +
      "                0.500    0.100           main           [1]  \n"
      "[3]    60.0     0.500    0.100         f(int, char)     [3]  \n"
      "                0.100    -0.001          [thunk g]      [4]  \n" +
      std::string(kBlank) +
      "[4]    40.0     0.400    0.0           [thunk g]        [4]  \n" +
      std::string(kBlank) + "\n\nIndex by function name\n\n[1]  1.0 1.0 1.0 x");
  BOOST_TEST(Show(profile) ==
             "main 100 1000\n"
             "f(int, char) 500 600\n"
             "[thunk g] 400 400\n"
             "main>f(int, char) 600\n"
             "main>[thunk g] 300\n"
             "f(int, char)>[thunk g] 99\n");
  BOOST_TEST(OdditiesOf(profile) == "");
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.call_counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].inclusive == Origin::kMeasured);
  BOOST_CHECK(profile.share_by == ShareBy::kCallerCosts);
}

BOOST_AUTO_TEST_CASE(WhatIsSpontaneousIsNoFunction) {
  BOOST_TEST(Show(ReadAxe("[0]  100.0  0.0  1.0  <spontaneous>  [0]\n"
                          "            1.0  0.0    main         [1]\n" +
                          std::string(kBlank) +
                          "            1.0  0.0   <spontaneous> [0]\n"
                          "[1]  100.0  1.0  0.0  main           [1]\n"
                          "                     <spontaneous>\n")) ==
             "main 1000 1000\n");
}

BOOST_AUTO_TEST_CASE(WithinACycleCallsHaveNoCostAndFromOutsideTheirCallees) {
  const Profile profile = ReadAxe(
      "[1]  100.0   0.0    1.0     main           [1]\n"
      "             0.2    0.8       a <cycle 1>  [2]\n" +
      std::string(kBlank) +
      "             0.2    0.8     main           [1]\n"
      "[4]  100.0   0.2    0.8     <cycle 1 as a whole> [4]\n"
      "             0.2    0.8       a <cycle 1>  [2]\n" +
      std::string(kBlank) +
      "[2]  60.0    0.2    0.4     a <cycle 1>    [2]\n"
      "                              b <cycle 1>  [3]\n"
      "                              a <cycle 1>  [2]\n" +
      std::string(kBlank) +
      "[3]  40.0    0.4    0.0     b <cycle 1>    [3]\n"
      "                              a <cycle 1>  [2]\n");
  BOOST_TEST(Show(profile) ==
             "main 0 1000\n"
             "a 200 600\n"
             "b 400 400\n"
             "main>a 600\n"
             "a>b 0\n"
             "a>a 0\n"
             "b>a 0\n");
  BOOST_TEST(OdditiesOf(profile) == "");
}

// Rounded to milliseconds, self costs are less than what 100 % have.
BOOST_AUTO_TEST_CASE(PercentagesAreOfWhatIsMost) {
  BOOST_TEST(
      Show(ReadAxe("[1] 100.0 0.001 0.008 main [1]\n" + std::string(kBlank) +
                   "[2] 100.0 0.001 0.009 f [2]\n" + std::string(kBlank) +
                   "[3] 50.0 0.001 0.004 g [3]\n")) ==
      "main 1 10\nf 1 10\ng 1 5\n");
  BOOST_TEST(Show(ReadAxe("[1] 50.0 0.010 0.0 f [1]\n" + std::string(kBlank) +
                          "[2] 150.0 0.010 1.0 g [2]\n")) ==
             "f 10 10\ng 10 20\n");
}

BOOST_AUTO_TEST_CASE(EveryTextOfVtunesIsFound) {
  BOOST_TEST(DetectReader("\n" + std::string(kHeading)).name == "axe");
  BOOST_TEST(DetectReader("Index  % Clockticks:Total  Clockticks:Self  "
                          "Clockticks:Children  Name  Index\n")
                 .name == "axe");
}

BOOST_AUTO_TEST_CASE(ATextWithoutACallGraphIsRefused) {
  BOOST_TEST(Refusal("axe", "Index  Function\n") ==
             "line 2: expected a call graph, as vtune -report gprof-cc prints "
             "it, found the end, at byte 16");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
