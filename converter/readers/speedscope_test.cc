#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/test_support.h"
#include "converter/readers/stack_tests.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;

Profile ReadSpeedscope(std::string_view text) {
  return ReadStacks("speedscope", text);
}

// A file of frames a, b and c, with these profiles.
std::string File(const std::string& profiles) {
  return R"({"shared": {"frames": [{"name": "a"}, {"name": "b"},
             {"name": "c"}]}, "profiles": [)" +
         profiles + "]}";
}

std::string Sampled(const std::string& unit, const std::string& samples,
                    const std::string& weights, const std::string& more = "") {
  return R"({"type": "sampled", "unit": ")" + unit + "\", " + more +
         R"("samples": [)" + samples + R"(], "weights": [)" + weights + "]}";
}

// Events as "O 0 1.5", each in a line of its own.
std::string Evented(const std::string& unit, const std::string& events,
                    const std::string& more = "") {
  std::string text;
  std::istringstream words(events);
  for (std::string type, frame, at; words >> type >> frame >> at;) {
    text += (text.empty() ? "" : ",") + (R"({"type": ")" + type) +
            R"(", "frame": )" + frame + R"(, "at": )" + at + "}";
  }
  return R"({"type": "evented", "unit": ")" + unit + "\", " + more +
         R"("events": [)" + text + "]}";
}

std::string ShowEvents(const Profile& profile) {
  std::string text;
  for (const Event& event : profile.events) {
    text += event.name + "|" + event.long_name + "|" +
            std::string(event.unit == Unit::kNanoseconds ? "ns"
                        : event.unit == Unit::kBytes     ? "bytes"
                                                         : "count") +
            "\n";
  }
  return text;
}

std::string ShowThreads(const Profile& profile) {
  std::string text;
  for (const StringId name : profile.threads) {
    text += std::string(profile.strings[name]) + "\n";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(SpeedscopeReader)

// The same stacks as samples and as the events of entering and leaving them.
BOOST_AUTO_TEST_CASE(StacksAreWhatTheyAreOneByOne) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    StackModel model;
    const std::vector<FunctionKey> functions = {
        {"f", "m.js", "", 1}, {"f", "m.js", "", 2}, {"g", "", "", 0}};
    Json frames = {{{"name", "f"}, {"file", "m.js"}, {"line", 1}},
                   {{"name", "f"}, {"file", "m.js"}, {"line", 2}},
                   {{"name", "g"}}};
    Json samples = Json::array();
    Json weights = Json::array();
    Json events = Json::array();
    int64_t now = 1000;
    const auto event = [&](const char* type, size_t frame) {
      events.push_back({{"type", type}, {"frame", frame}, {"at", now}});
    };
    for (size_t i = 1 + random() % 30; i > 0; --i) {
      ContextKey stack;
      std::vector<size_t> numbers;
      for (size_t n = 1 + random() % 7; n > 0; --n) {
        numbers.push_back(random() % functions.size());
        stack.emplace_back(functions[numbers.back()], 0);
      }
      const auto cost = static_cast<int64_t>(random() % 100);
      model.Add(stack, {cost});
      samples.push_back(numbers);
      weights.push_back(cost);
      for (const size_t n : numbers) event("O", n);
      now += cost;
      std::ranges::reverse(numbers);
      for (const size_t n : numbers) event("C", n);
      now += static_cast<int64_t>(random() % 2);
    }
    const Json sampled = {{"type", "sampled"},
                          {"unit", "bytes"},
                          {"samples", samples},
                          {"weights", weights}};
    const Json evented = {{"type", "evented"},
                          {"unit", "bytes"},
                          {"startValue", 1000},
                          {"endValue", now},
                          {"events", events}};
    for (const Json& profile : {sampled, evented}) {
      const Json file = {{"shared", {{"frames", frames}}},
                         {"profiles", Json::array({profile})}};
      Contents found = Sorted(ContentsOf(ReadSpeedscope(file.dump())));
      const Contents expected = model.Sum();
      BOOST_CHECK(found.calls == expected.calls);
      BOOST_CHECK(found.contexts == expected.contexts);
    }
  }
}

BOOST_AUTO_TEST_CASE(PySpysLinesAreThoseThatAreExecuted) {
  const std::string bytes = ContentOf("testdata/speedscope/pyspy.json");
  BOOST_TEST(DetectReader(bytes).name == "speedscope");
  const Profile profile = ReadSpeedscope(bytes);
  // Three samples of 0.02 s.
  const std::string stacks = ShowStacks(profile);
  const std::string main =
      "<module>;work:15;parse:10;parse:6;parse:6;parse:6;"
      "parse.<locals>.<genexpr>:5 60000000\n";
  BOOST_TEST(stacks.starts_with(main), stacks);
  BOOST_TEST(ShowEvents(profile) == "ns|Time [ns]|ns\n");
  BOOST_TEST(profile.graph.self.Totals()[0] == 240'000'000);
  BOOST_TEST(ShowThreads(profile) ==
             "Thread 23279 \"MainThread\"\nThread 23281 \"helper\"\n");
  BOOST_TEST(profile.contexts->contexts.back().thread == 1);
  for (const Function& function : profile.functions) {
    BOOST_TEST(function.line == 0);
  }
}

BOOST_AUTO_TEST_CASE(TimeBelongsToTheFrameThatIsOpenLast) {
  const std::string bytes = ContentOf("testdata/speedscope/dotnet.json");
  BOOST_TEST(DetectReader(bytes).name == "speedscope");
  const Profile profile = ReadSpeedscope(bytes);
  const std::string process = "Process64 app (7)";
  const std::string main = process + ";Thread (8);app!Program.Main()";
  const std::string parse = ";app!Program.Parse(int32)";
  BOOST_TEST(ShowStacks(profile) ==
             process + " 500000\n" + main + " 1750000\n" + main +
                 ";CPU_TIME 2250000\n" + main + parse + " 750000\n" + main +
                 parse + parse + " 2750000\n" + process + " 1000000\n");
  BOOST_TEST(ShowThreads(profile) == "Thread (8)\nThread (9)\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 event is earlier than the one before: taken at its time\n");
}

BOOST_AUTO_TEST_CASE(UnitsAreEventsAndTheirPartsAddUp) {
  const Profile profile = ReadSpeedscope(
      File(Sampled("seconds", "[0],[0]", "0.5,1e-9", "\"name\": \"t\",") + "," +
           Sampled("milliseconds", "[0]", "0.25", "\"name\": \"t\",") + "," +
           Sampled("microseconds", "[0]", "2", "\"name\": \"t\",") + "," +
           Sampled("nanoseconds", "[0]", "7.5", "\"name\": \"t\",") + "," +
           Sampled("bytes", "[0, 1]", "4096") + "," +
           Sampled("none", "[0, 1]", "3") + "," +
           Sampled("Cache misses", "[0, 1]", "5")));
  BOOST_TEST(ShowEvents(profile) ==
             "ns|Time [ns]|ns\n"
             "bytes|Memory [bytes]|bytes\n"
             "samples|Samples|count\n"
             "cache_misses|Cache misses|count\n");
  BOOST_TEST(ShowStacks(profile) == "a 500252009 0 0 0\na;b 0 4096 3 5\n");
  BOOST_TEST(ShowThreads(profile) == "");
}

BOOST_AUTO_TEST_CASE(FractionsThatAreNoTimeAreMillionths) {
  const Profile profile = ReadSpeedscope(File(
      Sampled("none", "[0],[1]", "0.25,1") + "," +
      Sampled("bytes", "[0]", "1.5") + "," + Evented("none", "O 0 0 C 0 0.5")));
  BOOST_TEST(ShowEvents(profile) ==
             "samples_millionths|Samples [millionths]|count\n"
             "bytes_millionths|Memory [millionths of bytes]|count\n");
  BOOST_TEST(ShowStacks(profile) == "a 750000 1500000\nb 1000000 0\n");
}

BOOST_AUTO_TEST_CASE(WhatOurOwnFilesSayOfEventsAndThreadsHolds) {
  const auto part = [](const char* event, const char* thread) {
    return Sampled("none", "[0]", "1",
                   std::string(R"("event": ")") + event +
                       R"(", "description": "D [x]", "thread": ")" + thread +
                       "\", ");
  };
  const Profile profile = ReadSpeedscope(
      File(part("Ir", "t") + "," + part("Dr", "t") + "," + part("Ir", "t")));
  BOOST_TEST(ShowEvents(profile) == "Ir|D [x]|count\nDr|D [x]|count\n");
  BOOST_TEST(ShowStacks(profile) == "a 2 1\n");
  BOOST_TEST(ShowThreads(profile) == "t\n");
}

BOOST_AUTO_TEST_CASE(ProfilesOfOneUnitAreThreadsIfTheirNamesDiffer) {
  const std::string one = Sampled("none", "[0]", "1", R"("name": "x",)");
  const std::string other = Sampled("none", "[0]", "2", R"("name": "y",)");
  const std::string bytes = Sampled("bytes", "[0]", "3", R"("name": "y",)");
  const auto shown = [](const std::string& profiles) {
    const Profile profile = ReadSpeedscope(File(profiles));
    return ShowThreads(profile) + ShowStacks(profile);
  };
  BOOST_TEST(shown(one + "," + one) == "a 2\n");
  BOOST_TEST(shown(one + "," + bytes) == "a 1 3\n");
  BOOST_TEST(shown(one + "," + other) == "x\ny\na 1\na 2\n");
  BOOST_TEST(shown(one + "," + other + "," + bytes) == "x\ny\na 1 0\na 2 3\n");
}

BOOST_AUTO_TEST_CASE(WhatIsOddIsCounted) {
  const Profile profile = ReadSpeedscope(
      File(Sampled("seconds", "[],[0],[0],[1]", "1,1e300,1e-10,-0.5") + "," +
           Evented("seconds", "O 0 3 O 1 2 C 1 4 O 2 4 O 2 1e300",
                   R"("startValue": 1, "endValue": 6, )")));
  BOOST_TEST(ShowStacks(profile) ==
             "b -500000000\na;b 1000000000\na;c;c 2000000000\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "1 sample has no frames: left out\n"
             "3 figures are too large or too small: left out\n"
             "1 event is earlier than the one before: taken at its time\n"
             "3 frames stay open: they are taken to end with their profile\n");
  BOOST_TEST(profile.provenance.lost == 4);
}

BOOST_AUTO_TEST_CASE(WhatIsNotOfTheFormatIsRefusedWhereItEnds) {
  const std::string profiles = R"({"profiles": [)";
  const std::string sampled = profiles + R"({"type": "sampled", )";
  const std::string evented = profiles + R"({"type": "evented", )";
  const struct {
    std::string before, after, message;
  } rows[] = {
      {"[", "]", "expected an object of shared and profiles"},
      {"{}", "", "expected a profile"},
      {profiles + "]}", "", "expected a profile"},
      {R"({"shared": [)", "]}", "expected an object of frames"},
      {R"({"shared": {"frames": [{"name": null)", "}]}}", "expected a text"},
      {R"({"shared": {"frames": [{"line": "1")", "}]}}", "expected a number"},
      {profiles + "{}", "]}", "expected a type"},
      {profiles + R"({"type": "other")", "}]}",
       "expected \"sampled\" or \"evented\""},
      {sampled + R"("samples": [[0]], "weights": []})", "]}",
       "expected as many weights as samples: 0 of 1"},
      {sampled + R"("samples": [[-1 )", "]]}]}", "expected a frame's number"},
      {sampled + R"("samples": [[0.5 )", "]]}]}", "expected a frame's number"},
      {sampled + R"("weights": ["1")", "]}]}", "expected a number"},
      {sampled + R"("samples": [[], [99999999999]])" + "", R"(, "weights":
       [1, 1]}]})",
       "frame 4294967295 of 0 is named before"},
      {evented + R"("events": [{"type": "X")", "}]}]}",
       "expected \"O\" or \"C\""},
      {evented + R"("events": [{"type": "O", "at": 1})", "]}]}",
       "expected an object of type, at and frame"},
      {evented + R"("events": [{"type": "O", "at": 1, "frame": 0})", "]}]}",
       "frame 0 of 0 is named before"},
      {evented + R"("events": [{"type": "C", "at": 1, "frame": 0})", "]}]}",
       "the event before closes frame 0, and none is open"},
      {R"({"shared": {"frames": [{}, {}]}, "profiles": [{"type": "evented",
          "events": [{"type": "O", "at": 1, "frame": 0},
                     {"type": "C", "at": 1, "frame": 1})",
       "]}]}", "the event before closes frame 1, and 0 is open"},
  };
  for (const auto& [before, after, message] : rows) {
    size_t end = before.size();
    // A stack's own end.
    if (before.ends_with("]]")) --end;
    BOOST_TEST(Refusal("speedscope", before + after) ==
               message + ", at byte " + std::to_string(end));
  }
}

BOOST_AUTO_TEST_CASE(MoreKindsOfCostThanATableShouldHaveAreRefused) {
  std::string profiles;
  for (int i = 0; i < 33; ++i) {
    if (i == 32) BOOST_TEST(ReadSpeedscope(File(profiles)).events.size() == 32);
    profiles += std::string(i == 0 ? "" : ",") +
                Sampled("u" + std::to_string(i), "[0]", "1");
  }
  const std::string file = File(profiles);
  BOOST_TEST(Refusal("speedscope", file) ==
             "more than 32 kinds of cost, at byte " +
                 std::to_string(file.size() - 2));
}

BOOST_AUTO_TEST_CASE(DepthEndsNothing) {
  constexpr size_t kDepth = 1'000'000;
  std::string stack = "0";
  for (size_t i = 1; i < kDepth; ++i) stack += i % 2 == 0 ? ",0" : ",1";
  const Profile profile =
      ReadSpeedscope(File(Sampled("none", "[" + stack + "]", "3")));
  BOOST_TEST(profile.contexts->contexts.size() == kDepth);
  BOOST_TEST(profile.graph.inclusive[0][0] == 3);
  const std::string open(kDepth, '['), close(kDepth, ']');
  BOOST_TEST(Refusal("speedscope", "{\"x\": " + open + close + "}")
                 .starts_with("expected a profile"));
}

BOOST_AUTO_TEST_CASE(ItIsFoundByItsSchemaOrByHowItBegins) {
  for (const std::string text :
       {R"({"$schema": "https://www.speedscope.app/file-format-schema.json")",
        R"({"exporter": "x", "$schema": "http://speedscope.app/)"
        R"(file-format-schema.json"})",
        "\xef\xbb\xbf { \"shared\": {\"frames\": [",
        R"({ "profiles": [{ "type": "sampled")",
        R"({"profiles":[{"type":"evented")"}) {
    BOOST_TEST(DetectReader(text).name == "speedscope");
  }
  for (const std::string text :
       {R"({"shared": 1})", R"({"profiles": ["type"]})",
        R"(["speedscope.app/file-format-schema.json"])"}) {
    BOOST_CHECK_THROW(DetectReader(text), Error);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
