#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/readers/stack_tests.h"

namespace prof2cg {
namespace {

Profile ReadPerf(std::string_view text) { return ReadStacks("perf", text); }

std::string EventsOf(const Profile& profile) {
  std::string names;
  for (const Event& event : profile.events) names += event.name + " ";
  return names;
}

std::vector<int64_t> TotalsOf(const std::string& name) {
  return ReadPerf(ContentOf("testdata/perf/" + name)).graph.self.Totals();
}

BOOST_AUTO_TEST_SUITE(PerfReader)

BOOST_AUTO_TEST_CASE(StacksStandWithTheLastFunctionFirst) {
  const Profile profile = ReadPerf(
      "w 1 5.0: 7 cycles: \n"
      "\t  119f leaf+0xf (/bin/w)\n"
      "\t  12bd main+0x23 (/bin/w)\n"
      "\n"
      "w 1 5.1: 9 cycles: \n"
      "\t  12be main+0x24 (/bin/w)\n");
  BOOST_TEST(EventsOf(profile) == "samples cycles ");
  BOOST_TEST(ShowStacks(profile) == "main 1 9\nmain;leaf 1 7\n");
  BOOST_TEST(ShowFunctions(profile) == "leaf  /bin/w\nmain  /bin/w\n");
  BOOST_CHECK(profile.naming == Naming::kObjectName);
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
}

BOOST_AUTO_TEST_CASE(SeveralEventsStayApartAndWeighAsManyAsTheyStandFor) {
  const Profile profile = ReadPerf(
      "w 1 5.0: 1000 cpu-clock:u: \n"
      "\t 1 f (/w)\n"
      "\n"
      "w 1 5.0: 3 page-faults: \n"
      "\t 1 f (/w)\n"
      "\n"
      "w 1 5.1: 2000 cpu-clock:u: \n"
      "\t 1 g (/w)\n");
  BOOST_TEST(EventsOf(profile) ==
             "samples cpu_clock page_faults cpu_clock_samples "
             "page_faults_samples ");
  BOOST_CHECK(profile.events[EventId(1)].unit == Unit::kNanoseconds);
  BOOST_CHECK(profile.events[EventId(2)].unit == Unit::kCount);
  BOOST_TEST(ShowStacks(profile) == "f 2 1000 3 1 1\ng 1 2000 0 1 0\n");
}

BOOST_AUTO_TEST_CASE(WithoutPeriodsSamplesAreAllThereIs) {
  BOOST_TEST(EventsOf(ReadPerf("w 1 5.0: cycles: \n\t 1 f (/w)\n")) ==
             "samples ");
  BOOST_TEST(EventsOf(ReadPerf("w\n\t 1 f (/w)\n")) == "samples ");
}

BOOST_AUTO_TEST_CASE(ModulesMayHaveParenthesesAndSymbolsMayHaveBlanks) {
  BOOST_TEST(ShowFunctions(ReadPerf(
                 "w 1 5.0: 1 cycles: \n"
                 "\t 1 f+0x1 (/lib/x (deleted))\n"
                 "\t 2 operator()(int) const+0x2 (/lib/a (b) c)\n"
                 "\t 3 a<(anonymous namespace)::b>::c+0x3 ([kernel.kallsyms])\n"
                 "\t 4 g (inlined)\n"
                 "\t 5 f+0xg (/w)\n")) ==
             "f  /lib/x (deleted)\n"
             "operator()(int) const  /lib/a (b) c\n"
             "a<(anonymous namespace)::b>::c  [kernel.kallsyms]\n"
             "g  inlined\n"
             "f+0xg  /w\n");
}

BOOST_AUTO_TEST_CASE(WhatHasNoSymbolIsItsAddress) {
  BOOST_TEST(ShowFunctions(ReadPerf("w 1 5.0: 1 cycles: \n"
                                    "\t 7f11 [unknown] ([unknown])\n"
                                    "\t 7f12 [unknown] (/w)\n"
                                    "\t 7f13  (/w)\n")) ==
             "7f11  [unknown]\n"
             "7f12  /w\n"
             "7f13  /w\n");
}

BOOST_AUTO_TEST_CASE(ASampleWithoutACallChainHasItsFunctionInTheHeader) {
  const Profile profile = ReadPerf(
      "  w 1 5.0: 3 cycles:  1f f+0x1 (/w)\n"
      "  w 1 5.1: 4 cycles:  1f g+0x1 (/w)\n");
  BOOST_TEST(ShowStacks(profile) == "f 1 3\ng 1 4\n");
}

BOOST_AUTO_TEST_CASE(LinesBehindFramesAreWhereTheNextFunctionWasCalled) {
  BOOST_TEST(ShowStacks(ReadPerf("w 1 5.0: 1 cycles: \n"
                                 "\t 1 f+0x1 (/w)\n"
                                 "  w.c:5\n"
                                 "\t 2 main+0x1 (/w)\n"
                                 "  w.c:12\n")) == "main;f:12 1 1\n");
}

BOOST_AUTO_TEST_CASE(EachCommandAndNumberIsAThread) {
  const Profile profile = ReadPerf(
      "a b  1/2 5.0: 1 cycles: \n\t 1 f (/w)\n\n"
      "a b  1/3 5.0: 1 cycles: \n\t 1 f (/w)\n\n"
      "a b  1/2 5.0: 1 cycles: \n\t 1 f (/w)\n\n");
  BOOST_TEST_REQUIRE(profile.threads.size() == 2);
  BOOST_TEST(profile.strings[profile.threads[0]] == "a b  1/2");
  BOOST_TEST(profile.strings[profile.threads[1]] == "a b  1/3");
  BOOST_TEST(profile.contexts->self[0][0] == 2);
}

BOOST_AUTO_TEST_CASE(SamplesWithoutAStackAreCountedAndEmptyLinesAreNothing) {
  const Profile profile = ReadPerf(
      "# captured on : a day\n"
      "\n\n\n"
      "w 1 5.0: sched:sched_switch: prev_comm=w ==> next_comm=a\n"
      "w 1 5.0: sched:sched_switch: prev_comm=w ==> next_comm=b\n"
      "\n\n"
      "w 1 5.0: 1 cycles: \r\n"
      "\t 1 f (/w)\r\n");
  BOOST_TEST(profile.provenance.lost == 2);
  BOOST_TEST(OdditiesOf(profile) == "2 samples have no stack: left out\n");
  BOOST_TEST(profile.graph.self.Totals()[0] == 1);
}

BOOST_AUTO_TEST_CASE(WhatIsNoStackIsRefusedWhereItStands) {
  const std::string begin = "w 1 5.0: 1 cycles: \n";
  BOOST_TEST(Refusal("perf", begin + "\t 1 f (/w)\n\tnonsense\n") ==
             "line 3: expected a frame, ADDRESS SYMBOL (MODULE), found "
             "\"nonsense\", at byte 32");
  BOOST_TEST(Refusal("perf", "\t 1 f (/w)\n") ==
             "line 1: expected a sample before its stack, found \"1 f (/w)\", "
             "at byte 2");
  std::string many;
  for (int i = 0; i < 65; ++i) {
    many += "w 1 5.0: 1 e" + std::to_string(i) + ": \n\t 1 f (/w)\n\n";
  }
  BOOST_TEST(Refusal("perf", many).find("at most 64 events") !=
             std::string::npos);
}

// Σ by awk: samples; time and faults; samples of each.
BOOST_AUTO_TEST_CASE(AllSamplesOfPerfAreThere) {
  const auto check = [](const std::string& name,
                        const std::vector<int64_t>& totals) {
    BOOST_TEST(TotalsOf(name) == totals, boost::test_tools::per_element());
  };
  check("stacks.txt", {20, 342'919, 141'414'140, 6, 14});
  check("flat.txt", {20, 570'729, 151'515'150, 5, 15});
  check("fields.txt", {8});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
