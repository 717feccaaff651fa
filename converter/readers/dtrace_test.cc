#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

Profile ReadDtrace(std::string_view text) { return ReadStacks("dtrace", text); }

const std::string kRuler =
    "           value  ------------- Distribution ------------- count    \n";
constexpr char kHeading[] =
    "\nPython malloc byte distributions by stack trace,\n\n";

const std::vector<SampleFrame>& Frames() {
  static const std::vector<SampleFrame> frames = {
      {"app`main+0x1c", {"main", "", "app", 0}, 0},
      {"app`main", {"main", "", "app", 0}, 0},
      {"lib.so.1`main+0xffFF", {"main", "", "lib.so.1", 0}, 0},
      {"lib`a`b+0x1", {"b", "", "lib`a", 0}, 0},
      {"lib`std::map<int, int>::at(int) const+0x10",
       {"std::map<int, int>::at(int) const", "", "lib", 0},
       0},
      {"lib`operator+", {"operator+", "", "lib", 0}, 0},
      {"lib`f+0x", {"f+0x", "", "lib", 0}, 0},
      {"0x7fff12ab", {"0x7fff12ab", "", "", 0}, 0},
  };
  return frames;
}

BOOST_AUTO_TEST_SUITE(DtraceReader)

BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    std::string text =
        "CPU     ID                    FUNCTION:NAME\n"
        "  1  29684                        :tick-60s \n\n";
    for (size_t i = 1 + random() % 30; i > 0; --i) {
      std::vector<SampleFrame> stack;
      for (size_t n = 1 + random() % 7; n > 0; --n) {
        stack.push_back(Frames()[random() % Frames().size()]);
        text += "              " + stack.back().text + "\n";
      }
      std::ranges::reverse(stack);
      const auto count = static_cast<int64_t>(random() % 100);
      model.Add(StackOf(stack), {count});
      text += "               " + std::to_string(count) + "\n\n";
    }
    BOOST_CHECK(Sorted(ContentsOf(ReadDtrace(text))) == model.Sum());
  }
}

BOOST_AUTO_TEST_CASE(EventIsSamplesAndCallsAreNotCounted) {
  const Profile profile = ReadDtrace("  a`f\n  1\n");
  BOOST_CHECK(profile.events ==
              EventSet({{"samples", "Samples", Unit::kCount}}));
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.naming == Naming::kObjectName);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_CASE(MessagesAndOutputAreNoPartOfAStack) {
  BOOST_TEST(ShowStacks(ReadDtrace("dtrace: description 'profile-97' matched\n"
                                   "42\n"
                                   "^C\n"
                                   "  CPU     ID            FUNCTION:NAME\n"
                                   "  0  12345                 f:entry\n"
                                   "\tlib`f+0x1\r\n"
                                   "hello, world\n"
                                   "\n"
                                   "\tapp`main \r\n"
                                   "\t  3\r\n"
                                   "dtrace: pid 1 has exited\n")) ==
             "main;f 3\n");
}

// Else its frames would go to the next stack.
BOOST_AUTO_TEST_CASE(ACountThatIsNotIndentedClosesAStackToo) {
  BOOST_TEST(ShowStacks(ReadDtrace("  a`f\n1\n7\n  a`g\n2\n")) == "f 1\ng 2\n");
}

BOOST_AUTO_TEST_CASE(OtherKeysAndFiguresWithoutAStackAreLeftOutAndCounted) {
  const Profile profile = ReadDtrace(
      "  bash\n  a`f\n  1\n\n  99\n\n  cron   \n  a`g\n  java/lang/Thread.run\n"
      "  2\n");
  BOOST_TEST(ShowStacks(profile) == "f 1\njava/lang/Thread.run;g 2\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 figure has no stack: left out\n"
             "2 lines in front of stacks are no frames: left out\n");
  BOOST_TEST(profile.provenance.lost == 1);
}

BOOST_AUTO_TEST_CASE(AStackWithoutFiguresIsRefused) {
  BOOST_TEST(Refusal("dtrace", "  a`f\n  1\n  a`f\n") ==
             "line 4: expected the figures of a stack, found the end, at byte "
             "16");
}

BOOST_AUTO_TEST_CASE(NamesThatAreNotUtf8AreTakenForLatin1) {
  BOOST_TEST(ShowFunctions(ReadDtrace("  caf\xe9`\xe9+0x1\n  1\n")) ==
             "é  café\n");
}

BOOST_AUTO_TEST_CASE(DeepStacksTakeLinearTime) {
  constexpr int kFrames = 1'000'000;
  std::string text;
  for (int i = 0; i < kFrames; ++i) {
    text += " lib`f" + std::to_string(i % 10'000) + "+0x1\n";
    if (i % 2 == 0) text += "  [ a.py:1 (f) ]\n";
  }
  const Profile profile = ReadDtrace(text + " 1\n");
  // The functions of Python, and what called the first of them.
  BOOST_TEST(profile.contexts->contexts.size() == kFrames / 2 + 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DtraceDistributions)

// "FIGURES" of one stack: its distribution is `rows`.
std::string Show(const std::string& rows) {
  const Profile profile = ReadDtrace("  a`f\n\n" + kRuler + rows + "\n");
  return ShowStacks(profile) + OdditiesOf(profile);
}

BOOST_AUTO_TEST_CASE(SumsAreTheMiddleOfTheirBounds) {
  const std::string taken = ", and the middle is taken\n";
  // 4 to 7 three times, 8 to 15 once.
  BOOST_TEST(Show("  2 |                         0\n"
                  "  4 |@@@@@@@@@@@@@@@@@@@@@@@@ 3\n"
                  "  8 |@@@@@@@                  1\n"
                  " 16 |                         0\n") ==
             "f 4 28\n"
             "4 values are known to a power of two only: together between 20 "
             "and 36" +
                 taken);
  BOOST_TEST(Show("  0 |@@@@ 5\n  1 |@@@@ 7\n") ==
             "f 12 7\n"
             "12 values are known to a power of two only: together between 7 "
             "and 7" +
                 taken);
  BOOST_TEST(Show("  -8 |@ 2\n") ==
             "f 2 -23\n"
             "2 values are known to a power of two only: together between -30 "
             "and -16" +
                 taken);
}

BOOST_AUTO_TEST_CASE(SumsBeyondTheLimitsAreTheLimits) {
  BOOST_TEST(Show("4611686018427387904 | 9223372036854775807\n")
                 .starts_with("f 9223372036854775807 9223372036854775807\n"));
  BOOST_TEST(Show("-9223372036854775808 | 9223372036854775807\n")
                 .starts_with("f 9223372036854775807 -9223372036854775808\n"));
}

BOOST_AUTO_TEST_CASE(EventsOfMallocAreBlocksAndBytes) {
  const std::string stack = "  a`f\n\n" + kRuler + " 1 |@ 1\n\n";
  const auto names = [](const Profile& profile) {
    BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
    BOOST_CHECK(profile.provenance.events[1].self == Origin::kEstimated);
    BOOST_CHECK(profile.provenance.events[1].inclusive == Origin::kEstimated);
    return profile.events[EventId(0)].name + " " +
           profile.events[EventId(1)].name;
  };
  BOOST_TEST(names(ReadDtrace(stack)) == "samples sum");
  BOOST_TEST(names(ReadDtrace(kHeading + stack)) == "alloc_blocks alloc_bytes");
}

BOOST_AUTO_TEST_CASE(WhatIsNoDistributionIsRefusedWhereItStands) {
  const std::string before = "  a`f\n" + kRuler;
  const struct {
    std::string rows;
    std::string message;
  } rows[] = {
      {"  3 |@ 1\n", "a power of two, found \"3\""},
      {"  < 0 |@ 1\n", "a power of two, found \"< 0\""},
      {"  |@ 1\n", "a power of two, found \"\""},
      {"  4 |@@@\n", "a count, found \"@@@\""},
      {"  4 |\n", "a count, found \"\""},
      {"  4 |@ -1\n", "a count, found \"-1\""},
      {"\n  a`f\n  7\n", "a frame or a distribution, found \"7\""},
  };
  for (const auto& [text, message] : rows) {
    const std::string line = Refusal("dtrace", before + text);
    BOOST_TEST(line.find(": expected " + message) != std::string::npos, line);
  }
}

// The same length for each module, so that only names tell.
BOOST_AUTO_TEST_CASE(FunctionsOfPythonStandForTheFramesThatRunThem) {
  const Profile profile =
      ReadDtrace(std::string("Tracing... Hit Ctrl-C to end.\n") + kHeading +
                 "  libc`malloc\n"
                 "  libpython`PyList_New+0x1\n"
                 "  libpython`PyEval_EvalFrame+0x2\n"
                 "    [ ./app.py:12 (leaf) ]\n"
                 "  libpython`fast_function+0x3\n"
                 "  libsorter`call_back+0x4\n"
                 "  libpython`PyEval_EvalFrame+0x2\n"
                 "    [ ./app.py:20 (middle) ]\n"
                 "  libpython`fast_function+0x3\n"
                 "  libpython`PyEval_EvalFrame+0x2\n"
                 "    [ ./app.py:30 (?) ]\n"
                 "  libpython`Py_Main+0x5\n"
                 "  python`main+0x6\n\n" +
                 kRuler + "  1 |@ 1\n\n");
  BOOST_TEST(ShowStacks(profile) ==
             "main;Py_Main;<module>;middle:30;call_back:20;leaf;PyList_New:12;"
             "malloc 1 1\n");
  BOOST_TEST(ShowFunctions(profile) ==
             "main  python\n"
             "Py_Main  libpython\n"
             "<module> ./app.py \n"
             "middle ./app.py \n"
             "call_back  libsorter\n"
             "leaf ./app.py \n"
             "PyList_New  libpython\n"
             "malloc  libc\n");
}

BOOST_AUTO_TEST_CASE(AFunctionOfPythonThatIsCutOffIsKeptAsItIs) {
  BOOST_TEST(ShowStacks(ReadDtrace("  l`e\n    [ a.py:12 (fu\n  l`e\n"
                                   "    [ (f) ]\n  l`e\n    [ a.py (f) ]\n  "
                                   "l`e\n    [ a.py:x (f) ]\n  1\n")) ==
             "f;a.py (f);(f);a.py:12 (fu 1\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
