#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/zip_writer.h"
#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

std::string Capture(const std::string& symbols, const std::string& stacks) {
  return Zip({{"Stats.txt", "Samples: 9\n"},
              {"Symbols.txt", symbols},
              {"Callstacks.txt", stacks}});
}
Profile ReadSleepy(const std::string& symbols, const std::string& stacks) {
  return ReadStacks("sleepy", Capture(symbols, stacks));
}

const std::vector<SampleFrame>& Frames() {
  static const std::vector<SampleFrame> frames = {
      {R"(0x1 "app" "main" "c:\a.cpp" 12)",
       {"main", "c:\\a.cpp", "app", 0},
       12},
      {R"(0x2 "app" "main" "c:\a.cpp" 14)",
       {"main", "c:\\a.cpp", "app", 0},
       14},
      {R"(0x3 "app" "main" "vector" 801)", {"main", "c:\\a.cpp", "app", 0}, 0},
      {R"(0x4  "b c"  "operator""_s" "" 0)",
       {"operator\"\"_s", "", "b c", 0},
       0},
      {R"(sym5 "" "main" "x" 7)", {"main", "x", "", 0}, 7},
  };
  return frames;
}

BOOST_AUTO_TEST_SUITE(SleepyReader)

BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  std::string symbols;
  for (const SampleFrame& frame : Frames()) symbols += frame.text + "\r\n";
  for (uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    for (const SampleFrame& frame : Frames()) model.Add(StackOf({frame}), {0});
    std::string stacks;
    for (const SampleFrame& frame : Frames()) {
      stacks += "0 " + frame.text.substr(0, frame.text.find(' ')) + "\n";
    }
    for (size_t n = random() % 30; n > 0; --n) {
      std::vector<SampleFrame> stack;
      std::string addresses;
      for (size_t depth = 1 + random() % 6; depth > 0; --depth) {
        stack.push_back(Frames()[random() % Frames().size()]);
        const std::string& text = stack.back().text;
        addresses = " " + text.substr(0, text.find(' ')) + addresses;
      }
      const auto ms = static_cast<int64_t>(random() % 9000);
      model.Add(StackOf(stack), {ms * 1'000'000});
      stacks += std::to_string(ms) + "e-3" + addresses + "\r\n";
    }
    const Profile profile = ReadSleepy(symbols, stacks);
    BOOST_CHECK(Sorted(ContentsOf(profile)) == model.Sum());
    BOOST_TEST(OdditiesOf(profile) == "");
  }
}

BOOST_AUTO_TEST_CASE(SecondsAreTimeAndCallsAreNotCounted) {
  const Profile profile = ReadSleepy("a \"m\" \"f\" \"\" 0\n", "0.25 a\n");
  BOOST_CHECK(profile.events ==
              EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  BOOST_TEST(ShowStacks(profile) == "f 250000000\n");
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
  BOOST_CHECK(profile.naming == Naming::kObjectName);
}

BOOST_AUTO_TEST_CASE(WhatIsNotThereIsCounted) {
  const Profile profile = ReadSleepy(
      "a \"m\" \"f\" \"\" 0\n\nb \"m\" \"g\"\nc \"m\" \"g\" \"\" x\n"
      "d m g x 1\n",
      "1 a 0x7\n\n2 0x7\n3\n1 0x8\n");
  BOOST_TEST(ShowStacks(profile) ==
             "0x7 2000000000\n0x7;f 1000000000\n0x8 1000000000\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "3 lines of Symbols.txt are no symbols: left out\n"
             "2 addresses have no symbols: they are functions of their own\n"
             "1 stack has no addresses: left out\n");
  BOOST_TEST(profile.provenance.lost == 1);
}

BOOST_AUTO_TEST_CASE(WhatIsNoCaptureIsRefused) {
  const std::pair<std::string, std::string_view> rows[] = {
      {"PK", "damaged zip archive (Not a zip archive)"},
      {Zip({{"Callstacks.txt", ""}}),
       "Symbols.txt in the zip archive: there is none"},
      {Zip({{"symbols.txt", ""}}),
       "Callstacks.txt in the zip archive: there is none"},
      {Capture("", "1 a\nx a\n"),
       "line 2: expected seconds, found \"x\", at byte 4"},
      {Capture("", "-1 a\n"),
       "line 1: expected seconds, found \"-1\", at byte 0"},
      {Capture("", "nan a\n"),
       "line 1: expected seconds, found \"nan\", at byte 0"},
  };
  for (const auto& [bytes, message] : rows) {
    BOOST_TEST(Refusal("sleepy", bytes) == message);
  }
}

BOOST_AUTO_TEST_CASE(ABombIsRefused) {
  BOOST_TEST(Refusal("sleepy", Capture("", std::string(100'000'000, '\n')))
                 .ends_with("refused as a likely bomb"));
}

BOOST_AUTO_TEST_CASE(CapturesAreFoundByTheirFirstMember) {
  for (const char* name :
       {"Symbols.txt", "callstacks.TXT", "minidump.dmp", "Stats.txt",
        "IPCounts.txt", "Version 0.90 required"}) {
    BOOST_TEST(DetectReader(Zip({{name, ""}, {"x", ""}})).name == "sleepy");
  }
  for (const char* name : {"x/Symbols.txt", "Symbols.tx", "Version 7", ""}) {
    BOOST_CHECK_THROW(DetectReader(Zip({{name, ""}, {"Symbols.txt", ""}})),
                      Error);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
