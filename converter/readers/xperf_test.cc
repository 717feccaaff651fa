#include <algorithm>
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

constexpr std::string_view kColumns =
    "Process Name, Stack, Module, Function, Weight, Count\n";

Profile ReadXperf(const std::string& rows) {
  return ReadStacks("xperf", std::string(kColumns) + rows);
}

// In quotes if need be, or by chance.
std::string Field(const std::string& text, bool in_quotes) {
  if (!in_quotes && text.find_first_of(",\"\n") == text.npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

FunctionKey RandomFunction(std::mt19937& random, const std::string& process) {
  const std::string names[] = {"main", "f<int, int>", "operator\"\"_s",
                               "a b",  "?",           "g!h"};
  const std::string modules[] = {"app.exe", "nt, dll", "?"};
  return {names[random() % 6], modules[random() % 3], process, 0};
}

BOOST_AUTO_TEST_SUITE(XperfReader)

// Columns stand in any order, among others.
BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    std::vector<std::string> names = {"Count",       "Weight", "Function",
                                      "Module",      "Stack",  "CPU, no",
                                      "Process Name"};
    std::ranges::shuffle(names, random);
    std::string text;
    const auto add_row = [&](const auto& field_of) {
      for (size_t i = 0; i < names.size(); ++i) {
        text += (i ? ", " : "") + Field(field_of(names[i]), random() % 3 == 0);
      }
      text += random() % 2 ? "\r\n" : "\n";
    };
    add_row([](const std::string& name) { return name; });
    for (size_t rows = 1 + random() % 30; rows > 0; --rows) {
      const std::string process = random() % 2 ? "a \"b\".exe" : "c.exe";
      const bool is_there = random() % 2 == 0;  // the sampled one, on its stack
      std::vector<SampleFrame> stack;
      std::string frames = "[Root]";
      for (size_t n = 1 + random() % 6; n > 0; --n) {
        const FunctionKey function = RandomFunction(random, process);
        stack.push_back({"", function});
        if (n == 1 && !is_there) continue;
        frames += "/" + std::get<1>(function) + "!" + std::get<0>(function);
      }
      const auto& [name, module, object, line] = stack.back().function;
      // Else the one before would be taken for it.
      if (!is_there && stack.size() > 1 &&
          stack[stack.size() - 2].function == stack.back().function) {
        continue;
      }
      const auto count = static_cast<int64_t>(random() % 5);
      const auto ns = static_cast<int64_t>(random() % 9'000'000);
      model.Add(StackOf(stack), {count * ns, count});
      std::string weight = std::to_string(ns % 1'000'000);
      weight = std::to_string(ns / 1'000'000) + "." +
               std::string(6 - weight.size(), '0') + weight;
      add_row([&](const std::string& column) -> std::string {
        if (column == "Process Name") return process;
        if (column == "Stack") return frames;
        if (column == "Module") return module;
        if (column == "Function") return name;
        if (column == "Weight") return weight;
        return column == "Count" ? std::to_string(count) : "x";
      });
    }
    const Profile profile = ReadStacks("xperf", text);
    BOOST_CHECK(Sorted(ContentsOf(profile)) == model.Sum());
  }
}

BOOST_AUTO_TEST_CASE(WeightsAreMillisecondsAndCountsAreSamples) {
  const Profile profile = ReadXperf("a.exe, [Root]/m!f, m, f, 1.000504, 3\n");
  BOOST_CHECK(profile.events ==
              EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                        {"samples", "Samples", Unit::kCount}}));
  BOOST_TEST(ShowStacks(profile) == "f 3001512 3\n");
  BOOST_CHECK(profile.provenance.counts == Origin::kAbsent);
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
  BOOST_CHECK(profile.naming == Naming::kFileName);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_CASE(ProcessesAndModulesTellFunctionsApart) {
  const Profile profile = ReadXperf(
      "a.exe, [Root]/m!f/n!f, n, f, 1, 1\n"
      "b.exe, [Root]/m!f, m, f, 1, 1\n");
  BOOST_TEST(ShowFunctions(profile) == "f m a.exe\nf n a.exe\nf m b.exe\n");
}

BOOST_AUTO_TEST_CASE(FramesMayLackTheirModuleTheirRootAndAName) {
  const Profile profile = ReadXperf(
      "a.exe, [Root]/Unknown/m!f//m!g, m, g, 1, 1\n"
      "a.exe, m!f/m!operator/, m, operator/, 1, 1\n"
      "a.exe, [Root], m, f, 1, 1\n"
      "a.exe, , m, f, 1, 1\n");
  BOOST_TEST(ShowStacks(profile) ==
             "Unknown;f;g 1000000 1\n"
             "f 2000000 2\n"
             "f;operator/ 1000000 1\n");
  BOOST_TEST(ShowFunctions(profile) ==
             "Unknown  a.exe\nf m a.exe\ng m a.exe\noperator/ m a.exe\n");
}

BOOST_AUTO_TEST_CASE(WhatIsLeftOutIsCounted) {
  const Profile profile = ReadXperf(
      "a.exe, ?, m, f, 1, 1\n"
      "Idle, ?, intelppm.sys, C1Halt, 1, 100\n"
      "a.exe, [Root]/m!f<int, int>, m, f<int, int>, 1, 1\n"
      "a.exe, [Root]/m!f");
  BOOST_TEST(ShowStacks(profile) == "f 1000000 1\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 row has no stack: its function stands alone\n"
             "1 row is of the process Idle: left out\n"
             "2 rows have more or fewer fields than names: left out\n");
  BOOST_TEST(profile.provenance.lost == 2);
}

BOOST_AUTO_TEST_CASE(WhatIsNoSampleIsRefusedWhereItStands) {
  const std::pair<std::string, std::string_view> rows[] = {
      {"", "line 1: expected names of columns, found the end, at byte 0"},
      {"Stack, Module\n",
       "line 1: expected the columns Process Name, Stack, Module, Function, "
       "Weight and Count, found \"Stack, Module\", at byte 0"},
      {std::string(kColumns) + "a,?,m,f,1,-1\n",
       "line 2: expected a Count of samples, found \"a,?,m,f,1,-1\", at byte "
       "53"},
      {std::string(kColumns) + "a,?,m,f,1,1.5\n",
       "line 2: expected a Count of samples, found \"a,?,m,f,1,1.5\", at byte "
       "53"},
      {std::string(kColumns) + "a,?,m,f,-1,1\n",
       "line 2: expected a Weight in milliseconds, found \"a,?,m,f,-1,1\", at "
       "byte 53"},
      {std::string(kColumns) + "a,?,m,f,nan,1\n",
       "line 2: expected a Weight in milliseconds, found \"a,?,m,f,nan,1\", at "
       "byte 53"},
      {std::string(kColumns) + "a,\"?,m,f,1,1\n",
       "line 3: expected quotes that close a field, found the end, at byte 66"},
  };
  for (const auto& [text, message] : rows) {
    BOOST_TEST(Refusal("xperf", text) == message);
  }
}

BOOST_AUTO_TEST_CASE(LargeCostsAreClamped) {
  const Profile profile =
      ReadXperf("a,?,m,f,1e300,1\na,?,m,f,1e300,1\na,?,m,f,1e300,1\n");
  BOOST_TEST(profile.graph.self[0][0] == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(TablesAreFoundByTheirColumns) {
  const std::string columns(kColumns);
  for (const std::string& text :
       {columns, "\xef\xbb\xbf" + columns, columns.substr(0, 52),
        std::string(
            "Count,\"Stack\",Weight,Module,CPU,Function,Process Name\r\n"
            "\"a\n")}) {
    BOOST_TEST(DetectReader(text).name == "xperf");
  }
  for (const std::string& text :
       {"x\n" + columns, columns.substr(0, 45), "\"" + columns}) {
    BOOST_CHECK_THROW(DetectReader(text), Error);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
