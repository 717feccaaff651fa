#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

Profile ReadCollapse(std::string_view text) {
  return ReadStacks("collapse", text);
}

const std::vector<SampleFrame>& Frames() {
  static const std::vector<SampleFrame> frames = {
      {"main", {"main", "", "", 0}, 0},
      {"f (x.py:1)", {"f", "x.py", "", 0}, 1},
      {"f (x.py:2)", {"f", "x.py", "", 0}, 2},
      {"f (y.py:1)", {"f", "y.py", "", 0}, 1},
      {"f", {"f", "", "", 0}, 0},
      {"fa", {"fa", "", "", 0}, 0},
      {"g (a b:c.py:70)", {"g", "a b:c.py", "", 0}, 70},
      {"operator new[](unsigned long)",
       {"operator new[](unsigned long)", "", "", 0},
       0},
      {"f 1", {"f 1", "", "", 0}, 0},
      {"", {"", "", "", 0}, 0},
      {"read_[k]", {"read_[k]", "", "", 0}, 0},
  };
  return frames;
}

BOOST_AUTO_TEST_SUITE(CollapseReader)

BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    std::vector<std::string> lines;
    for (size_t i = 1 + random() % 50; i > 0; --i) {
      std::vector<SampleFrame> stack;
      std::string line;
      for (size_t n = 1 + random() % 7; n > 0; --n) {
        stack.push_back(Frames()[random() % Frames().size()]);
        line +=
            (line.empty() && stack.size() == 1 ? "" : ";") + stack.back().text;
      }
      const auto count = static_cast<int64_t>(random() % 100);
      model.Add(StackOf(stack), {count});
      lines.push_back(line + " " + std::to_string(count) + "\n");
    }
    // As sorted ones have more in common with the one before.
    if (seed % 2 == 0) std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) text += line;
    BOOST_CHECK(Sorted(ContentsOf(ReadCollapse(text))) == model.Sum());
  }
}

BOOST_AUTO_TEST_CASE(AStackMayBeginAsTheCountBeforeIt) {
  BOOST_TEST(ShowStacks(ReadCollapse("a;b 5\n"
                                     "a;b 5x;c 3\n"
                                     "a;b 5x;c 3\n"
                                     "a 1\n"
                                     "a;b;c 2\n"
                                     "ab;c 4\n")) ==
             "a 1\n"
             "a;b 5\n"
             "a;b 5x;c 6\n"
             "a;b;c 2\n"
             "ab;c 4\n");
}

BOOST_AUTO_TEST_CASE(ALineBeingExecutedIsWhereTheNextFrameWasCalled) {
  const Profile profile = ReadCollapse(
      "<module> (app.py:9);f (app.py:3);g (/lib/b.py:7) 1\n"
      "<module> (app.py:9);f (app.py:4);g (/lib/b.py:8) 2\n");
  BOOST_TEST(ShowFunctions(profile) ==
             "<module> app.py \n"
             "f app.py \n"
             "g /lib/b.py \n");
  BOOST_TEST(ShowStacks(profile) ==
             "<module>;f:9;g:3 1\n"
             "<module>;f:9;g:4 2\n");
  BOOST_CHECK(profile.naming == Naming::kFileName);
}

BOOST_AUTO_TEST_CASE(OnlyAFunctionWithoutBlanksHasAPlace) {
  const char* const names[] = {
      "f (x.py)",      "f (x.py:)",        "f (x.py:1a)",     "f (x.py:-1)",
      "f g (x.py:1)",  "f (x.py:1) [gil]", "(x.py:1)",        " (x.py:1)",
      "f  (x.py:1)",   "f(x.py:1)",        "x.py:1)",         "f (x.py:1",
      "thread (1): a", "f::g(a:1)",        "0x12 (libc.so.6)"};
  for (const std::string name : names) {
    BOOST_TEST(ShowFunctions(ReadCollapse("main;" + name + " 1\n")) ==
               "main  \n" + name + "  \n");
  }
  BOOST_TEST(ShowFunctions(ReadCollapse("f (:1) 1\n")) == "f  \n");
  BOOST_TEST(ShowFunctions(ReadCollapse("f ():1) 1\n")) == "f ) \n");
}

BOOST_AUTO_TEST_CASE(EventIsSamplesAndCallsAreNotCounted) {
  const Profile profile = ReadCollapse("main;f 3\n");
  BOOST_CHECK(profile.events ==
              EventSet({{"samples", "Samples", Unit::kCount}}));
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.call_counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_CASE(LinesMayBeEmptyOrCommentsOrEndInBlanksOrCrLf) {
  BOOST_TEST(ShowStacks(ReadCollapse("\xef\xbb\xbf# interval: 100\r\n"
                                     "#\n"
                                     "\n"
                                     "  \t\n"
                                     "main;f 1  \r\n"
                                     "main;f\t2\n"
                                     "main;f   4\n"
                                     "#<Class:A>;f 8")) ==
             "main;f 7\n"
             "#<Class:A>;f 8\n");
}

BOOST_AUTO_TEST_CASE(AStackWithoutFramesHasOneWithoutAName) {
  BOOST_TEST(ShowStacks(ReadCollapse(" 7\nmain 1\n")) == " 7\nmain 1\n");
}

BOOST_AUTO_TEST_CASE(CountsThatAreNotWholeAreRoundedAndCounted) {
  const Profile profile = ReadCollapse(
      "a 0.5\nb 1.49\nc 2.\nd -1.5\ne .75\nf 3\ng -4\nh 99999999999999.9\n");
  BOOST_TEST(ShowStacks(profile) ==
             "a 1\nb 1\nc 2\nd -2\ne 1\nf 3\ng -4\nh 100000000000000\n");
  BOOST_TEST(OdditiesOf(profile) == "6 counts are no whole numbers: rounded\n");
}

BOOST_AUTO_TEST_CASE(SumsBeyondTheLimitsAreTheLimits) {
  const std::string most = " 9223372036854775807\n";
  const Profile profile = ReadCollapse("a;b" + most + "a;b" + most);
  BOOST_TEST(profile.graph.self[1][0] == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(NamesThatAreNotUtf8AreTakenForLatin1) {
  BOOST_TEST(
      ShowFunctions(ReadCollapse("caf\xe9 (\xe9.py:1);caf\xc3\xa9 1\n")) ==
      "café é.py \ncafé  \n");
}

// "THREAD: STACK COSTS", a line each.
std::string ShowThreads(const Profile& profile) {
  std::vector<std::string> stacks;
  std::string text;
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const Context& context = profile.contexts->contexts[row];
    std::string stack(profile.strings[profile.threads[context.thread]]);
    stack += ": ";
    if (context.parent.is_valid()) stack = stacks[context.parent.row()] + ";";
    stack += profile.Name(context.function);
    stacks.push_back(stack);
    text += stack;
    for (const int64_t cost : profile.contexts->self[row]) {
      text += " " + std::to_string(cost);
    }
    text += "\n";
  }
  return text;
}

BOOST_AUTO_TEST_CASE(ThreadsOfPySpyAreFramesAndThreads) {
  BOOST_TEST(
      ShowThreads(ReadCollapse(
          "thread (1): main;f (x.py:3) 1\n"
          "thread (2);f (x.py:3) 2\n"
          "process 7:\"python3 a;b\";thread (1): main;f (x.py:4) 4\n"
          "process 7:\"python3\";f (x.py:4) 8\n"
          "f (x.py:4) 16\n")) ==
      "thread (1): main: thread (1): main 0\n"
      "thread (1): main: thread (1): main;f 1\n"
      "thread (2): thread (2) 0\n"
      "thread (2): thread (2);f 2\n"
      "process 7:\"python3 a: process 7:\"python3 a 0\n"
      "process 7:\"python3 a: process 7:\"python3 a;b\" 0\n"
      "process 7:\"python3 a: process 7:\"python3 a;b\";thread (1): main "
      "0\n"
      "process 7:\"python3 a: process 7:\"python3 a;b\";thread (1): "
      "main;f 4\n"
      "process 7:\"python3\": process 7:\"python3\" 0\n"
      "process 7:\"python3\": process 7:\"python3\";f 8\n"
      "(unknown): f 16\n");
  BOOST_TEST(ReadCollapse("main;thread (1) 1\n").threads.empty());
}

// Stacks that begin alike, but in other threads, have nothing in common.
BOOST_AUTO_TEST_CASE(TheSameStackOfAnotherThreadIsAnother) {
  const std::string process = "process 7:\"python3\"";
  BOOST_TEST(ShowThreads(ReadCollapse(process + ";thread (1);f (x.py:4) 1\n" +
                                      process + ";f (x.py:4) 2\n" + process +
                                      ";thread (1);f (x.py:4) 4\n")) ==
             process + ", thread (1): " + process + " 0\n" +  //
                 process + ", thread (1): " + process + ";thread (1) 0\n" +
                 process + ", thread (1): " + process + ";thread (1);f 5\n" +
                 process + ": " + process + " 0\n" +  //
                 process + ": " + process + ";f 2\n");
}

BOOST_AUTO_TEST_CASE(AustinTellsTimeAndThreadsAndPlacesBeforeLines) {
  const Profile profile = ReadCollapse(
      "# austin: 3.7.0\n"
      "# interval: 5000\n"
      "# mode: wall\n"
      "\n"
      "P12;T0:12;C:\\app.py:<module>:9;<frozen os>:Path.f:3 5103\n"
      "P12;T0:14;C:\\app.py:<module>:9 -1\n"
      "P12;T0:14 200\n"
      "\n"
      "# duration: 174084\n");
  BOOST_CHECK(profile.events ==
              EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  BOOST_TEST(ShowFunctions(profile) ==
             "<module> C:\\app.py \n"
             "Path.f <frozen os> \n"
             "  \n");
  BOOST_TEST(ShowThreads(profile) ==
             "process 12, thread 12: <module> 0\n"
             "process 12, thread 12: <module>;Path.f 5103000\n"
             "process 12, thread 14: <module> -1000\n"
             "process 12, thread 14:  200000\n");
  BOOST_TEST(profile.contexts->contexts[1].line == 9);
}

BOOST_AUTO_TEST_CASE(AustinTellsTimeOnTheProcessorAndMemoryInFullMode) {
  const std::string head = "# austin: 3.7.0\n# mode: full\n\n";
  const Profile profile = ReadCollapse(head +
                                       "P1;T0:1;a.py:f:3 100,0,4096\n"
                                       "P1;T0:1;a.py:f:4 30,1,-1024\n");
  BOOST_TEST(profile.events.size() == 3);
  BOOST_TEST(ShowStacks(profile) == "f 130000 100000 3072\n");
  for (const std::string count : {"1", "1,0", "1,2,3", "1,0,x", "x,0,1",
                                  "1,0,1,1", ",0,1", "9223372036854776,0,1"}) {
    BOOST_TEST(Refusal("collapse", head + "P1;T0:1;a.py:f:3 " + count + "\n") ==
               "line 4: expected what Austin measured, found \"" + count +
                   "\", at byte " + std::to_string(head.size() + 17));
  }
}

BOOST_AUTO_TEST_CASE(TachyonTellsThreadsAndPlacesBeforeLines) {
  const Profile profile = ReadCollapse(
      "tid:14;app.py:<module>:9;app.py:f:3;<GC> 7\n"
      "tid:14;app.py:<module>:9 1\n"
      "tid:15;app.py:f:4 2\n");
  BOOST_TEST(ShowFunctions(profile) ==
             "<module> app.py \n"
             "f app.py \n"
             "<GC>  \n");
  BOOST_TEST(ShowThreads(profile) ==
             "thread 14: <module> 1\n"
             "thread 14: <module>;f 0\n"
             "thread 14: <module>;f;<GC> 7\n"
             "thread 15: f 2\n");
}

// Σ by awk.
BOOST_AUTO_TEST_CASE(AllThatAustinMeasuredIsThere) {
  const auto totals = [](const std::string& name) {
    return ReadCollapse(ContentOf("testdata/collapse/" + name))
        .graph.self.Totals();
  };
  BOOST_TEST(totals("austin.txt") == std::vector<int64_t>{231'922'000},
             boost::test_tools::per_element());
  BOOST_TEST(totals("austin-full.txt") ==
                 (std::vector<int64_t>{243'979'000, 210'145'000, 6'598'656}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(WhatIsNoStackIsRefusedWhereItStands) {
  const struct {
    std::string_view line;
    std::string_view message;
  } rows[] = {
      {"main", "a stack and its count, found \"main\", at byte 4"},
      {"5", "a stack and its count, found \"5\", at byte 4"},
      {"main x", "a count, found \"x\", at byte 9"},
      {"main;f g", "a count, found \"g\", at byte 11"},
      {"f 1e5", "a count, found \"1e5\", at byte 6"},
      {"f 1.2.3", "a count, found \"1.2.3\", at byte 6"},
      {"f .", "a count, found \".\", at byte 6"},
      {"f -", "a count, found \"-\", at byte 6"},
      {"f nan", "a count, found \"nan\", at byte 6"},
      {"f +1", "a count, found \"+1\", at byte 6"},
      {"f 0x1", "a count, found \"0x1\", at byte 6"},
      {"f 9223372036854775808",
       "a count below 2^62, found \"9223372036854775808\", at byte 6"},
      {"f 4611686018427387904.0",
       "a count below 2^62, found \"4611686018427387904.0\", at byte 6"},
  };
  for (const auto& [line, message] : rows) {
    BOOST_TEST(Refusal("collapse", "a 1\n" + std::string(line) + "\nb 1\n") ==
               "line 2: expected " + std::string(message));
  }
}

// Whatever is done for each frame over all of the stack would take hours.
BOOST_AUTO_TEST_CASE(DeepStacksAndManyStacksTakeLinearTime) {
  constexpr int kFrames = 100'000;
  std::string deep;
  for (int i = 0; i < kFrames; ++i) {
    deep += "f" + std::to_string(i % 10'000) + ";";
  }
  std::string text;
  for (int i = 0; i < 20; ++i) text += deep + "g" + std::to_string(i) + " 1\n";
  const Profile cycle = ReadCollapse(text);
  BOOST_TEST(cycle.contexts->contexts.size() == kFrames + 20);
  BOOST_TEST(cycle.graph.inclusive[0][0] == 20);

  text.clear();
  constexpr int kStacks = 1'000'000;
  for (int i = 0; i < kStacks; ++i) {
    text += "main;f" + std::to_string(i % 1000) + ";g" +
            std::to_string(i / 1000) + " 1\n";
  }
  const Profile wide = ReadCollapse(text);
  BOOST_TEST(wide.contexts->contexts.size() == kStacks + 1001);
  BOOST_TEST(wide.graph.inclusive[0][0] == kStacks);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
