// What is written as stacks and read again has the same costs on the same
// stacks.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/inflate.h"
#include "converter/io/test_support.h"
#include "converter/readers/reader.h"
#include "converter/writers/test_support.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

// Functions by name and file: what all of these formats hold.
using Stack = std::vector<std::string>;
using Costs = std::vector<int64_t>;

std::map<Stack, Costs> CostsOf(const Profile& profile, size_t events) {
  std::map<Stack, Costs> costs;
  std::vector<Stack> stacks;
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const Context& context = profile.contexts->contexts[row];
    Stack stack;
    if (context.parent.is_valid()) stack = stacks[context.parent.row()];
    stack.push_back(std::string(profile.Name(context.function)) + " in " +
                    std::string(profile.File(context.function)));
    const auto self = profile.contexts->self[row].first(events);
    stacks.push_back(stack);
    if (std::ranges::all_of(self, [](int64_t c) { return c == 0; })) continue;
    Costs& sum = costs.try_emplace(stack, events).first->second;
    for (size_t e = 0; e < events; ++e) sum[e] += self[e];
  }
  return costs;
}

Profile WrittenAndRead(const char* format, const Profile& profile) {
  const std::string text = WriteAs(format, profile).text;
  if (!IsGzip(text)) return FindReader(format)->read(text);
  const Pages inflated = Inflate(text, InflatedLimit(text.size()));
  return FindReader(format)->read(inflated.bytes());
}

void CheckRoundTrip(const char* format, const Profile& profile, size_t events) {
  const Profile read = WrittenAndRead(format, profile);
  BOOST_TEST(read.Check() == "");
  BOOST_CHECK((CostsOf(read, events) == CostsOf(profile, events)));
}

// With lines and calls, where there are any.
std::map<ContextKey, std::pair<Costs, int64_t>> FiguresOf(
    const Profile& profile) {
  std::map<ContextKey, std::pair<Costs, int64_t>> figures;
  const Contents contents = ContentsOf(profile);
  for (const auto& [stack, context] : *contents.contexts) {
    const bool is_used =
        context.calls != 0 ||
        std::ranges::any_of(context.self, [](int64_t c) { return c != 0; });
    if (is_used) figures[stack] = {context.self, context.calls};
  }
  return figures;
}

void CheckEvents(const Profile& read, const Profile& profile) {
  BOOST_REQUIRE(read.events.size() == profile.events.size());
  for (size_t e = 0; e < profile.events.size(); ++e) {
    const Event& event = profile.events[EventId(e)];
    BOOST_TEST(read.events[EventId(e)].name == event.name);
    BOOST_TEST((read.events[EventId(e)].unit == event.unit));
    BOOST_TEST((read.events[EventId(e)].kind == event.kind));
  }
}

BOOST_AUTO_TEST_SUITE(StackRoundTrip)

BOOST_AUTO_TEST_CASE(CollapsedStacksOfOneEventComeBack) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed);
    CheckRoundTrip("collapse", stacks.Build(), 1);
  }
}

void CheckAllEventsComeBack(const char* format) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed);
    const Profile profile = stacks.Build();
    CheckRoundTrip(format, profile, 2);
    CheckEvents(WrittenAndRead(format, profile), profile);
  }
}

BOOST_AUTO_TEST_CASE(JsonComesBackWithAllEvents) {
  CheckAllEventsComeBack("json");
}

BOOST_AUTO_TEST_CASE(SpeedscopeComesBackWithAllEvents) {
  CheckAllEventsComeBack("speedscope");
}

BOOST_AUTO_TEST_CASE(WhatWasLiveAndThePeakComeBackAsSuch) {
  for (const char* format : {"json", "pprof", "speedscope"}) {
    SampleStacks stacks(
        EventSet({{"alloc_bytes", "Allocated", Unit::kBytes},
                  {"live_bytes", "Live", Unit::kBytes, Kind::kLive},
                  {"peak_blocks", "Peak", Unit::kCount, Kind::kPeak}}));
    stacks.Add({{"a"}, {"b"}}, {5, 4, 3});
    const Profile profile = stacks.Build();
    CheckEvents(WrittenAndRead(format, profile), profile);
  }
}

// Written again it is the same, with threads, objects, lines and long names.
BOOST_AUTO_TEST_CASE(WhatSpeedscopeSaysIsKeptInFull) {
  for (const char* name :
       {"collapse/austin-full.txt", "collapse/austin.txt", "collapse/pyspy.txt",
        "json/samples.json", "perf/stacks.txt", "speedscope/dotnet.json",
        "speedscope/pyspy.json"}) {
    const std::string bytes = ContentOf(std::string("testdata/") + name);
    const std::string text =
        WriteAs("speedscope", DetectReader(bytes).read(bytes)).text;
    const Profile read = DetectReader(text).read(text);
    BOOST_TEST(WriteAs("speedscope", read).text == text);
  }
}

// Contexts that cost nothing and were not called are not written.
BOOST_AUTO_TEST_CASE(PprofComesBackWithAllEventsLinesAndCalls) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, seed % 2 == 0);
    const Profile profile = stacks.Build();
    const Profile read = WrittenAndRead("pprof", profile);
    BOOST_TEST(read.Check() == "");
    BOOST_CHECK((FiguresOf(read) == FiguresOf(profile)));
    CheckEvents(read, profile);
  }
}

BOOST_AUTO_TEST_CASE(ThreadsOfPprofComeBack) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}, {"b", 3}}, {1, 2});
  Profile profile = stacks.Build();
  profile.threads = {profile.strings.Intern("main"),
                     profile.strings.Intern("pool")};
  for (Context& context : profile.contexts->contexts) context.thread = 1;
  const Profile read = WrittenAndRead("pprof", profile);
  BOOST_REQUIRE(read.threads.size() == 1);
  BOOST_TEST(read.strings[read.threads[0]] == "pool");
}

BOOST_AUTO_TEST_CASE(RealStacksComeBack) {
  for (const char* name :
       {"collapse/perf.txt", "collapse/pyspy.txt", "collapse/pyspy-native.txt",
        "collapse/layout.txt", "collapse/pyspy-threads.txt", "perf/flat.txt",
        "perf/stacks.txt"}) {
    const std::string bytes = ContentOf(std::string("testdata/") + name);
    const Profile profile = DetectReader(bytes).read(bytes);
    CheckRoundTrip("collapse", profile, 1);
    CheckRoundTrip("json", profile, 1);
    CheckRoundTrip("pprof", profile, 1);
    CheckRoundTrip("speedscope", profile, 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
