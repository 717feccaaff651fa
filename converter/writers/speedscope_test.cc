#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "converter/version.h"
#include "converter/writers/sample_contexts.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

using nlohmann::json;

json Written(const Profile& profile) {
  return json::parse(WriteAs("speedscope", profile).text);
}

BOOST_AUTO_TEST_SUITE(SpeedscopeWriter)

BOOST_AUTO_TEST_CASE(EveryEventIsAProfileOfTheContextsThatCostSomething) {
  Profile profile = ParserAndItsContexts();
  profile.command = "x.py -v";
  const json expected = {
      {"$schema", "https://www.speedscope.app/file-format-schema.json"},
      {"exporter", "prof2cg " + std::string(kVersion)},
      {"name", "x.py -v"},
      {"shared",
       {{"frames",
         {{{"name", "main"}, {"file", "x.py"}, {"line", 3}, {"object", "x"}},
          {{"name", "parse"}, {"file", "x.py"}, {"line", 12}, {"object", "x"}},
          {{"name", "<method 'join' of 'str' objects>"},
           {"file", "~"},
           {"object", "<built-in>"}}}}}},
      {"profiles",
       {{{"type", "sampled"},
         {"name", "Time [ns]"},
         {"event", "ns"},
         {"description", "Time [ns]"},
         {"unit", "nanoseconds"},
         {"startValue", 0},
         {"endValue", 120},
         {"samples", {{0, 1}, {0, 1, 2}}},
         {"weights", {100, 20}}},
        {{"type", "sampled"},
         {"name", "Bytes"},
         {"event", "bytes"},
         {"description", "Bytes"},
         {"unit", "bytes"},
         {"startValue", 0},
         {"endValue", 12},
         {"samples", {{0, 1}, {0, 1, 1}}},
         {"weights", {7, 5}}}}}};
  BOOST_TEST(Written(profile) == expected);
}

// Three functions, in contexts of which the first call more after others did.
Profile Interleaved(EventSet events) {
  const size_t columns = events.size();
  ProfileBuilder builder(std::move(events));
  const FunctionId f = Add(builder, {.name = "f"});
  const FunctionId g = Add(builder, {.name = "g"});
  const FunctionId h = Add(builder, {.name = "h"});
  builder.profile().threads = {builder.Intern("main"), builder.Intern("idle"),
                               builder.Intern("io")};
  ContextTreeBuilder tree(columns);
  const auto enter = [&](ContextId parent, FunctionId function, int64_t cost,
                         uint32_t thread) {
    const ContextId context = tree.Enter(parent, function, 0, thread);
    std::vector<int64_t> costs(columns);
    costs[0] = cost;
    tree.AddSelf(context, costs);
    return context;
  };
  const ContextId in_io = enter({}, f, 1, 2);
  const ContextId in_main = enter({}, f, 2, 0);
  enter({}, g, 0, 1);
  const ContextId in_g = enter(in_main, g, 3, 0);
  enter(in_io, h, 4, 2);
  enter(in_main, h, 5, 0);
  enter(in_g, h, 6, 0);
  enter({}, h, 7, 0);
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  return profile;
}

BOOST_AUTO_TEST_CASE(SamplesStandAsAWalkMeetsThemThreadByThread) {
  const json profiles = Written(Interleaved(Nanoseconds()))["profiles"];
  BOOST_TEST(profiles.size() == 2);
  const json& main = profiles[0];
  BOOST_TEST(main["name"] == "Time [ns], main");
  BOOST_TEST(main["thread"] == "main");
  BOOST_TEST(main["samples"].dump() == "[[0],[0,1],[0,1,2],[0,2],[2]]");
  BOOST_TEST(main["weights"].dump() == "[2,3,6,5,7]");
  const json& io = profiles[1];
  BOOST_TEST(io["thread"] == "io");
  BOOST_TEST(io["samples"].dump() == "[[0],[0,2]]");
  BOOST_TEST(io["weights"].dump() == "[1,4]");
}

BOOST_AUTO_TEST_CASE(AnEventWithoutCostsIsOneProfileWithoutSamples) {
  const EventSet events(
      {{"ns", "", Unit::kNanoseconds}, {"calls", "", Unit::kCount}});
  const json profiles = Written(Interleaved(events))["profiles"];
  BOOST_TEST(profiles.size() == 3);
  BOOST_TEST(profiles[2]["event"] == "calls");
  BOOST_TEST(profiles[2]["unit"] == "none");
  BOOST_TEST(profiles[2]["samples"].dump() == "[]");
  BOOST_TEST(profiles[2]["weights"].dump() == "[]");
  ProfileBuilder nothing(events);
  BOOST_TEST(Written(std::move(nothing).Build())["profiles"].size() == 2);
}

BOOST_AUTO_TEST_CASE(StacksOfACallGraphAreSaidToBeEstimated) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {.name = "f"});
  builder.AddSelf(f, std::vector<int64_t>{5});
  builder.AddInclusive(f, std::vector<int64_t>{5});
  const Profile profile = std::move(builder).Build();
  BOOST_TEST(Written(profile)["profiles"][0]["name"] ==
             "Time [ns] (estimated stacks)");
  BOOST_TEST(WriteAs("speedscope", profile).oddities.size() == 1);
}

BOOST_AUTO_TEST_CASE(NegativeCostsAreLeftOutAndCounted) {
  Profile profile = ParserAndItsContexts();
  profile.contexts->self[2][0] = -1;
  const WrittenProfile written = WriteAs("speedscope", profile);
  BOOST_TEST(json::parse(written.text)["profiles"][0]["weights"].dump() ==
             "[100]");
  BOOST_TEST(written.oddities.at(0).Text() ==
             "1 cost is negative: left out, since speedscope has no sign");
}

BOOST_AUTO_TEST_CASE(TheLongerExtensionTellsItFromOtherJson) {
  BOOST_TEST(FindWriterForFile("x.speedscope.json")->name == "speedscope");
  BOOST_TEST(FindWriterForFile("speedscope.json")->name == "json");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
