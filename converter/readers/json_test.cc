#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;

Profile ReadJson(std::string_view text) { return ReadStacks("json", text); }

// A file of functions a and b, with these costs and events.
std::string File(const std::string& costs, const std::string& events) {
  return R"({"version": 0, "costs": [)" + costs +
         R"(], "functions": [{"name": "a"}, {"name": "b"}], "events": [)" +
         events + "]}";
}

// A cost of each amount, in events of their own.
std::string ShowAmounts(const std::string& unit, const std::string& amounts) {
  std::string events;
  for (const Json& amount : Json::parse("[" + amounts + "]")) {
    events += std::string(events.empty() ? "" : ",") +
              R"({"callchain": [0], "cost": [)" + amount.dump() + "]}";
  }
  const Profile profile = ReadJson(
      File(R"({"description": "X", "unit": ")" + unit + "\"}", events));
  const Event& event = profile.events[EventId(0)];
  return event.name + "|" + event.long_name + "|" +
         std::to_string(profile.graph.self[0][0]);
}

BOOST_AUTO_TEST_SUITE(JsonReader)

BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    Json file = {{"version", 0},
                 {"costs",
                  {{{"description", "A"}, {"unit", "bytes"}},
                   {{"description", "B"}, {"unit", ""}}}}};
    std::vector<FunctionKey> functions;
    for (int i = 0; i < 6; ++i) {
      const std::string name = "f" + std::to_string(i / 2);
      const std::string module = i % 2 == 0 ? "m" : "";
      const std::string process = i == 5 ? "p" : "";
      functions.push_back({name, module, process, 0});
      Json function = {{"name", name}};
      if (!process.empty()) function["process"] = process;
      if (!module.empty()) function["module"] = module;
      file["functions"].push_back(function);
    }
    file["events"] = Json::array();
    std::vector<int64_t> ends(functions.size());
    for (size_t i = 1 + random() % 30; i > 0; --i) {
      ContextKey stack;
      Json callchain = Json::array();
      for (size_t n = 1 + random() % 7; n > 0; --n) {
        const size_t f = random() % functions.size();
        callchain.insert(callchain.begin(), f);
        stack.emplace_back(functions[f], 0);
      }
      ++ends[callchain[0]];
      const auto a = static_cast<int64_t>(random() % 100);
      const auto b = static_cast<int64_t>(random() % 100);
      model.Add(stack, {a, b});
      file["events"].push_back({{"callchain", callchain}, {"cost", {a, b}}});
    }
    // Members in the order of their names, too: events before functions.
    const Contents found = Sorted(ContentsOf(ReadJson(file.dump())));
    Contents expected = model.Sum();
    BOOST_CHECK(found.calls == expected.calls);
    BOOST_CHECK(found.contexts == expected.contexts);
    for (const auto& [key, figures] : found.functions) {
      const auto same =
          std::ranges::find(expected.functions, key,
                            &std::pair<FunctionKey, FunctionFigures>::first);
      const bool is_called = same != expected.functions.end();
      BOOST_CHECK(is_called || figures.inclusive == std::vector<int64_t>(2));
      if (is_called) BOOST_CHECK(figures.inclusive == same->second.inclusive);
      const auto i = std::ranges::find(functions, key) - functions.begin();
      BOOST_TEST(figures.counts.total == ends[static_cast<size_t>(i)]);
    }
  }
}

BOOST_AUTO_TEST_CASE(ModulesAreFilesAndProcessesObjects) {
  const Profile profile = ReadJson(
      R"({"version": 0, "functions": [
          {"name": "f", "module": "m", "process": "p", "line": [1, {"x": 2}]},
          {"name": "g", "module": "m"}, {"process": "p", "name": "h"},
          {"name": "i", "module": null, "process": null}, {}],
          "other": [[{}]], "costs": [],
          "events": [{"callchain": [0], "cost": [1], "time": "now"}]})");
  BOOST_TEST(ShowFunctions(profile) ==
             "f m p\n"
             "g m \n"
             "h  p\n"
             "i  \n"
             "  \n");
  BOOST_TEST(profile.events[EventId(0)].name == "cost");
  BOOST_CHECK(profile.naming == Naming::kFileName);
}

BOOST_AUTO_TEST_CASE(AFunctionsCallsAreTheEventsThatItEnds) {
  const Profile profile =
      ReadJson(File("", R"({"callchain": [1, 0], "cost": [5]},
                           {"callchain": [1], "cost": [5]})"));
  BOOST_CHECK(profile.graph.counts[0] == CallCounts());
  BOOST_CHECK((profile.graph.counts[1] == CallCounts{2, 2}));
  BOOST_CHECK(profile.provenance.counts == Origin::kEstimated);
  BOOST_CHECK(profile.provenance.call_counts == Origin::kAbsent);
}

BOOST_AUTO_TEST_CASE(UnitsAreThoseOfEvents) {
  const struct {
    std::string unit, amounts, shown;
  } rows[] = {
      {"seconds", "1, 0.000000001", "x|X [ns]|1000000001"},
      {"s", "1e-9", "x|X [ns]|1"},
      {"ms", "0.0015", "x|X [ns]|1500"},
      {"us", "-1.5", "x|X [ns]|-1500"},
      {"µs", "2", "x|X [ns]|2000"},
      {"ns", "3, 0.6", "x|X [ns]|4"},
      {"bytes", "9007199254740993", "x|X [bytes]|9007199254740993"},
      {"bytes", "1.5", "x_millionths|X [millionths of bytes]|1500000"},
      {"", "7, 2.0, 1e2", "x|X|109"},
      {"", "0.25, 1", "x_millionths|X [millionths]|1250000"},
      {"J", "-0.000001, 3", "x_millionths|X [millionths of J]|2999999"},
      {"Samples", "-3", "x|X [Samples]|-3"},
  };
  for (const auto& [unit, amounts, shown] : rows) {
    BOOST_TEST(ShowAmounts(unit, amounts) == shown);
  }
}

BOOST_AUTO_TEST_CASE(EveryKindOfCostIsAnEventWithANameOfItsOwn) {
  const Profile profile =
      ReadJson(File(R"({"description": "Wall Time - total", "unit": "s"},
              {"description": "wall time: total", "unit": "bytes"},
              {"description": "3 things", "unit": ""}, {"description": "é"},
              {"unit": "bytes"}, {"description": "Cost 2", "unit": ""})",
                    R"({"callchain": [0, 1], "cost": [1, 2, 3, 4, 5, 6]})"));
  std::string names;
  for (const Event& event : profile.events) names += event.name + " ";
  BOOST_TEST(names ==
             "wall_time_total wall_time_total_2 cost_3_things cost cost_2 "
             "cost_2_2 ");
  BOOST_TEST(ShowStacks(profile) == "b;a 1000000000 2 3 4 5 6\n");
  BOOST_CHECK(profile.events[EventId(0)].unit == Unit::kNanoseconds);
  BOOST_CHECK(profile.events[EventId(4)].unit == Unit::kBytes);
  BOOST_CHECK(profile.events[EventId(5)].unit == Unit::kCount);
}

BOOST_AUTO_TEST_CASE(CostsThatAreNotDescribedAndThoseThatLackAreCounted) {
  const Profile profile =
      ReadJson(File(R"({"description": "A", "unit": ""}, {"description": "B"})",
                    R"({"callchain": [0], "cost": [1]},
              {"callchain": [0], "cost": [10, 20, 30]})"));
  BOOST_TEST(ShowStacks(profile) == "a 11 20\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 event has fewer costs than are described: the others are 0\n"
             "1 event has more costs than are described: they are left out\n");
  BOOST_TEST(profile.provenance.lost == 1);
}

BOOST_AUTO_TEST_CASE(CostsThatNoFigureHoldsAreCounted) {
  const Profile profile = ReadJson(File(R"({"description": "A", "unit": "s"})",
                                        R"({"callchain": [0], "cost": [1e300]},
              {"callchain": [0], "cost": [1e-10]},
              {"callchain": [0], "cost": [0.0]},
              {"callchain": [0], "cost": [18446744073709551615]})"));
  BOOST_TEST(ShowStacks(profile) == "");
  BOOST_TEST(profile.provenance.lost == 3);
}

BOOST_AUTO_TEST_CASE(WhatIsNotOfTheSchemaIsRefusedWhereItEnds) {
  const struct {
    std::string before, after, message;
  } rows[] = {
      {"[", "]", "expected an object of version, costs, functions and events"},
      {"1 ", "", "expected an object of version, costs, functions and events"},
      {R"({"version": 1)"
       " ",
       "}", "expected version 0"},
      {R"({"version": "0")", "}", "expected version 0"},
      {"{}", "", "expected \"version\": 0"},
      {R"({"costs": {)", "}}", "expected an array of costs"},
      {R"({"costs": [[)", "]]}", "expected an object of description and unit"},
      {R"({"costs": [{"unit": 1 )", "}]}", "expected a text"},
      {R"({"functions": [{"name": null)", "}]}", "expected a text"},
      {R"({"functions": ["f")", "]}",
       "expected an object of name, module and process"},
      {R"({"events": null)", "}", "expected an array of events"},
      {R"({"events": [0 )", "]}", "expected an object of callchain and cost"},
      {R"({"events": [{"callchain": 0 )", "}]}",
       "expected an array of functions' numbers"},
      {R"({"events": [{"callchain": [-1 )", "]}]}",
       "expected a function's number"},
      {R"({"events": [{"callchain": [1.5 )", "]}]}",
       "expected a function's number"},
      {R"({"events": [{"cost": [true)", "]}]}", "expected a number"},
      {R"({"events": [{"cost": ["1")", "]}]}", "expected a number"},
      {R"({"events": [{"cost": [1]})", "]}", "expected a callchain"},
      {R"({"events": [{"callchain": [1]})", "]}", "expected a cost"},
      {R"({"version": 0, "events": [{"callchain": [7], "cost": [1]})", "]}",
       "the event before calls function 7 of 0"},
  };
  for (const auto& [before, after, message] : rows) {
    BOOST_TEST(Refusal("json", before + after) ==
               message + ", at byte " + std::to_string(before.size()));
  }
}

BOOST_AUTO_TEST_CASE(WhatIsNoJsonIsRefused) {
  const struct {
    std::string_view text;
    std::string_view message;
  } rows[] = {
      {"", "the JSON is cut off, at byte 0"},
      {"{\"version\": 0", "the JSON is cut off, at byte 13"},
      {"{\"version\": \"", "the JSON is cut off, at byte 13"},
      {"{\"version\": 0} x", "is no JSON, at byte 16"},
      {"{\"version\": 0}}", "is no JSON, at byte 15"},
      {"{\"version\": NaN}", "is no JSON, at byte 13"},
      {"{\"a\": \"\x1b\"}", "is no JSON, at byte 8"},
      {"{\"a\": \"\xff\"}", "is no JSON, at byte 8"},
      {"{\"a\": 1e999 }", "is no JSON, at byte 12"},
  };
  for (const auto& [text, message] : rows) {
    BOOST_TEST(Refusal("json", text) == message);
  }
}

BOOST_AUTO_TEST_CASE(MoreKindsOfCostThanATableShouldHaveAreRefused) {
  std::string costs = "{}";
  for (int i = 1; i < 32; ++i) costs += ",{}";
  const std::string event = R"({"callchain": [0], "cost": [1]})";
  BOOST_TEST(ReadJson(File(costs, event)).events.size() == 32);
  BOOST_TEST(Refusal("json", File(costs + ",{}", event))
                 .starts_with("more than 32 kinds of cost, at byte "));
}

BOOST_AUTO_TEST_CASE(NestingHasNoDepthThatEndsTheProgram) {
  constexpr size_t kDepth = 1'000'000;
  const std::string open(kDepth, '['), close(kDepth, ']');
  BOOST_TEST(Refusal("json", "{\"x\": " + open + close + ", \"version\": 0}") ==
             "");
  BOOST_TEST(Refusal("json", "{\"x\": " + open).starts_with("the JSON is cut"));
  BOOST_TEST(Refusal("json", open).starts_with("expected an object"));
  std::string objects = "{\"version\": 0, \"x\": ";
  for (size_t i = 0; i < kDepth; ++i) objects += "{\"version\":";
  BOOST_TEST(Refusal("json", objects + "1" + std::string(kDepth, '}') + "}") ==
             "");
}

BOOST_AUTO_TEST_CASE(DeepCallchainsTakeLinearTime) {
  std::string chain = "0";
  constexpr int kFrames = 1'000'000;
  for (int i = 1; i < kFrames; ++i) chain += i % 2 == 0 ? ",0" : ",1";
  const Profile profile =
      ReadJson(File("", R"({"callchain": [)" + chain + R"(], "cost": [3]})"));
  BOOST_TEST(profile.contexts->contexts.size() == kFrames);
  BOOST_TEST(profile.graph.inclusive[0][0] == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
