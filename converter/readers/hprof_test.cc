#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

constexpr std::string_view kHead =
    "JAVA PROFILE 1.0.1, created Mon Jan  1 00:00:00 2024\n\n--------\n";
constexpr std::string_view kColumns =
    "rank   self  accum   count trace method\n";

std::string Samples(const std::string& rows) {
  return "CPU SAMPLES BEGIN (total = 9) Mon Jan  1 00:00:01 2024\n" +
         std::string(kColumns) + rows + "CPU SAMPLES END\n";
}
std::string Times(const std::string& rows) {
  return "CPU TIME (ms) BEGIN (total = 2000) Mon Jan  1 00:00:01 2024\n" +
         std::string(kColumns) + rows + "CPU TIME (ms) END\n";
}
Profile ReadHprof(const std::string& records) {
  return ReadStacks("hprof", std::string(kHead) + records);
}

const std::vector<SampleFrame>& Frames() {
  static const std::vector<SampleFrame> frames = {
      {"app.Main.main(Main.java:12)",
       {"app.Main.main", "Main.java", "", 0},
       12},
      {"app.Main.main(Main.java:13)",
       {"app.Main.main", "Main.java", "", 0},
       13},
      {"app.Main.<init>(Main.java:Unknown line)",
       {"app.Main.<init>", "Main.java", "", 0},
       0},
      {"java.lang.Object.wait(Object.java:Native method)",
       {"java.lang.Object.wait", "Object.java", "", 0},
       0},
      {"app.$Proxy0.get(<Unknown Source>:Unknown line)",
       {"app.$Proxy0.get", "", "", 0},
       0},
      {"App$1.run(C:\\App.kt:7)", {"App$1.run", "C:\\App.kt", "", 0}, 7},
      {"old.Style.run(Native Method)", {"old.Style.run", "", "", 0}, 0},
  };
  return frames;
}

BOOST_AUTO_TEST_SUITE(HprofReader)

// Some traces have several rows, some none.
BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const bool has_times = seed % 2 == 0;
    StackModel model;
    std::string traces;
    std::string rows;
    for (size_t number = 1 + random() % 40; number > 0; --number) {
      traces += "TRACE " + std::to_string(number) +
                (random() % 2 == 0 ? ":\n" : ": (thread=200001)\n");
      std::vector<SampleFrame> stack;
      std::string lines;
      for (size_t n = 1 + random() % 6; n > 0; --n) {
        stack.push_back(Frames()[random() % Frames().size()]);
        lines = "\t" + stack.back().text + "\n" + lines;
      }
      traces += lines;
      for (size_t n = random() % 3; n > 0; --n) {
        const auto count = static_cast<int64_t>(random() % 100);
        const auto percent = static_cast<int64_t>(random() % 100);
        // Of 2000 ms.
        model.Add(StackOf(stack), {has_times ? percent * 20'000'000 : count},
                  has_times ? count : 0);
        rows += " 1 " + std::to_string(percent) + ".00% 0.00% " +
                std::to_string(count) + " " + std::to_string(number) + " x.f\n";
      }
    }
    const Profile profile =
        ReadHprof(traces + (has_times ? Times(rows) : Samples(rows)));
    const Contents expected = model.Sum();
    BOOST_CHECK(Sorted(ContentsOf(profile)).contexts == expected.contexts);
    if (has_times) continue;  // calls of what stands below: not told
    BOOST_CHECK(Sorted(ContentsOf(profile)) == expected);
  }
}

BOOST_AUTO_TEST_CASE(TimesArePercentagesOfTheTotalAndCountsAreCalls) {
  const Profile profile = ReadHprof(
      "TRACE 1:\n\tA.main(A.java:1)\n"
      "TRACE 2:\n\tA.f(A.java:2)\n\tA.main(A.java:1)\n" +
      Times("1 99.95% 99.95% 7 2 A.f\n2 0.05% 100.00% 1 1 A.main\n"));
  BOOST_CHECK(profile.events ==
              EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  BOOST_TEST(ShowStacks(profile) ==
             "A.main 1000000\nA.main;A.f:1 1999000000\n");
  BOOST_TEST(profile.graph.counts[1].total == 7);
  BOOST_TEST(profile.graph.calls[0].counts.total == 7);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kEstimated);
  BOOST_TEST(OdditiesOf(profile) ==
             "2 times are known to two decimals of a percentage\n");
}

BOOST_AUTO_TEST_CASE(SamplesAreCountedAndCallsAreNot) {
  const Profile profile =
      ReadHprof("TRACE 1:\n\tA.main(A.java:1)\n" + Samples("1 9% 9% 3 1 A\n"));
  BOOST_CHECK(profile.events ==
              EventSet({{"samples", "Samples", Unit::kCount}}));
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.call_counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
  BOOST_CHECK(profile.naming == Naming::kObjectName);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_CASE(AMethodHasTheFileThatItHasFirst) {
  const Profile profile =
      ReadHprof("TRACE 1:\n\tA.f(B.java:1)\n\tA.f(A.java:7)\n" +
                Samples("1 9% 9% 3 1 A.f\n"));
  BOOST_TEST(ShowFunctions(profile) == "A.f A.java \n");
  BOOST_TEST(ShowStacks(profile) == "A.f;A.f:7 3\n");
}

BOOST_AUTO_TEST_CASE(TheLastListingCounts) {
  const std::string trace = "TRACE 1:\n\tA.f(A.java:1)\n";
  const Profile profile =
      ReadHprof(trace + Samples("1 9% 9% 3 1 A.f\n") +
                "TRACE 2:\n\tA.g(A.java:1)\n\tA.f(A.java:1)\n" +
                Samples("1 9% 9% 5 1 A.f\n2 9% 9% 4 2 A.g\n"));
  BOOST_TEST(ShowStacks(profile) == "A.f 5\nA.f;A.g:1 4\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 listing has another one behind it, with all that it has\n");
}

BOOST_AUTO_TEST_CASE(WhatHasNoStackIsLeftOutAndCounted) {
  const Profile profile = ReadHprof(
      "TRACE 1:\n\t<empty>\nTRACE 2:\nTRACE 3:\n\tA.f(A.java:1)\n"
      "HEAP DUMP BEGIN (3 objects, 9 bytes)\n\tB.g(B.java:1)\n" +
      Samples("1 9% 9% 1 1 \n2 9% 9% 1 2\n3 9% 9% 1 3 A.f\n4 9% 9% 1 4 B.g\n"));
  BOOST_TEST(ShowStacks(profile) == "A.f 1\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 row has a trace that is not in the file: left out\n"
             "2 rows have traces without methods: left out\n");
  BOOST_TEST(profile.provenance.lost == 3);
}

BOOST_AUTO_TEST_CASE(StacksThatMayBeCutAreCounted) {
  const Profile profile = ReadHprof(
      "TRACE 1:\n\tA.a(A.java:1)\n\tA.b(A.java:1)\n"
      "TRACE 2:\n\tA.b(A.java:1)\n\tA.a(A.java:1)\n"
      "TRACE 3:\n\tA.a(A.java:1)\n" +
      Samples("1 9% 9% 1 3 A\n2 9% 9% 1 1 A\n3 9% 9% 1 2 A\n"));
  BOOST_TEST(OdditiesOf(profile) ==
             "2 stacks have 2 frames, the most of all: HPROF may have cut them "
             "(depth=)\n");
}

BOOST_AUTO_TEST_CASE(AListingThatIsCutShortIsTakenAsItIs) {
  const Profile profile = ReadHprof(
      "TRACE 1:\r\n\tA.f(A.java:1)\r\nCPU SAMPLES BEGIN (total = 9) Mon\r\n"
      "rank self accum count trace method\r\n\r\n 1 9% 9% 3 1 A.f");
  BOOST_TEST(ShowStacks(profile) == "A.f 3\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 listing is cut short: it is taken as it is\n");
}

BOOST_AUTO_TEST_CASE(WhatIsNoListingIsRefusedWhereItStands) {
  const std::pair<std::string, std::string_view> rows[] = {
      {"TRACE x:\n",
       "line 1: expected the number of a trace, found \"x:\", at "
       "byte 6"},
      {"TRACE 1:\n",
       "line 2: expected CPU SAMPLES or CPU TIME (ms), found the "
       "end, at byte 9"},
      {"CPU TIME (ms) BEGIN Mon\n",
       "line 1: expected a total, found \"CPU TIME (ms) BEGIN Mon\", at byte "
       "0"},
      {"CPU TIME (ms) BEGIN (total = x)\n",
       "line 1: expected a total of milliseconds, found \"x\", at byte 29"},
      {"CPU SAMPLES BEGIN (\n 1 9% 9% x 1 A\n",
       "line 2: expected rank, self, accum, count and trace, found \"1 9% 9% x "
       "1 A\", at byte 21"},
      {"CPU SAMPLES BEGIN (\n 1 9% 9% -1 1 A\n",
       "line 2: expected rank, self, accum, count and trace, found \"1 9% 9% "
       "-1 1 A\", at byte 21"},
      {"CPU TIME (ms) BEGIN (total = 9)\n 1 9 9% 1 1 A\n",
       "line 2: expected a percentage, found \"9\", at byte 35"},
      {"CPU TIME (ms) BEGIN (total = 9)\n 1 900% 9% 1 1 A\n",
       "line 2: expected a percentage, found \"900%\", at byte 35"},
  };
  for (const auto& [text, message] : rows) {
    BOOST_TEST(Refusal("hprof", text) == message);
  }
}

BOOST_AUTO_TEST_CASE(TextsAreFoundAndBinaryFilesAreNot) {
  BOOST_TEST(DetectReader(kHead).name == "hprof");
  BOOST_CHECK_THROW(
      DetectReader(std::string_view("JAVA PROFILE 1.0.2\0\0\0\0\x08", 23)),
      Error);
}

// Rows of one long stack: following it for each would take hours.
BOOST_AUTO_TEST_CASE(ADeepStackOfManyRowsTakesLinearTime) {
  constexpr int kFrames = 200'000;
  std::string text = "TRACE 1:\n";
  for (int i = 0; i < kFrames; ++i) {
    text += "\tA.f" + std::to_string(i % 1000) + "(A.java:1)\n";
  }
  std::string rows;
  for (int i = 0; i < kFrames; ++i) rows += "1 9% 9% 1 1 A\n";
  const Profile profile = ReadHprof(text + Samples(rows));
  BOOST_TEST(profile.contexts->contexts.size() == kFrames);
  BOOST_TEST(profile.graph.self.Totals()[0] == kFrames);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
