#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "converter/io/utf8.h"
#include "converter/writers/sample_contexts.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

using nlohmann::json;

// What an independent decoder reads: pprof_show.py.
json Decoded(const Profile& profile) {
  const TestFolder folder;
  const std::string path =
      folder.Make("x.pb.gz", WriteAs("pprof", profile).text);
  const std::string out = folder / "out";
  const std::string command =
      "python3 -I converter/writers/pprof_show.py " + path + " >" + out;
  BOOST_REQUIRE(std::system(command.c_str()) == 0);
  return json::parse(ContentOf(out));
}

BOOST_AUTO_TEST_SUITE(PprofWriter)

BOOST_AUTO_TEST_CASE(ContextsAreSamplesOfAllEventsTheLastFunctionFirst) {
  Profile profile = ParserAndItsContexts();
  profile.command = "x.py --fast";
  profile.facts = {{"Clock", "TSC"}};
  const json written = Decoded(profile);
  // main itself costs nothing, but was called.
  json expected = json::parse(R"({
    "types": [["ns", "nanoseconds"], ["bytes", "bytes"], ["calls", "count"]],
    "default": "ns",
    "samples": [
      [[["main", "x.py", 3, "x", 3]], [0, 0, 1], []],
      [[["parse", "x.py", 12, "x", 12], ["main", "x.py", 3, "x", 30]],
       [100, 7, 1], []],
      [[["<method 'join' of 'str' objects>", "~", 0, "<built-in>", 0],
        ["parse", "x.py", 12, "x", 12], ["main", "x.py", 3, "x", 30]],
       [20, 0, 1], []],
      [[["parse", "x.py", 12, "x", 12], ["parse", "x.py", 12, "x", 14],
        ["main", "x.py", 3, "x", 30]], [0, 5, 1], []]]
  })");
  expected["comments"] = {
      "Command: x.py --fast",
      "Fidelity: " + Summarize(profile, CallSelf::kLeftOut).Text(),
      "Clock: TSC"};
  BOOST_TEST(written == expected);
}

BOOST_AUTO_TEST_CASE(ThreadsAreLabels) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {.name = "f"});
  ContextTreeBuilder tree(1);
  for (const int64_t thread : {1, 0}) {
    const int64_t cost = 10 + thread;
    tree.AddSelf(tree.Enter({}, f, 0, static_cast<uint32_t>(thread)),
                 {&cost, 1});
  }
  builder.profile().threads = {builder.Intern("main"), builder.Intern("pool")};
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  const json samples = Decoded(profile)["samples"];
  BOOST_TEST(samples.size() == 2);
  BOOST_TEST(samples[0][1] == json({11}));
  BOOST_TEST(samples[0][2] == json::array({{"thread", "pool"}}));
  BOOST_TEST(samples[1][2] == json::array({{"thread", "main"}}));
}

BOOST_AUTO_TEST_CASE(StacksOfACallGraphAreMarkedAsEstimated) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {.name = "f"});
  const FunctionId g = Add(builder, {.name = "g"});
  const int64_t cost = 5;
  for (const FunctionId function : {f, g}) {
    builder.AddCounts(function, {1, 1});
    builder.AddSelf(function, {&cost, 1});
  }
  builder.AddCall({f, g, 7, {1, 1}}, {&cost, 1}, {});
  const int64_t all = 10;
  builder.AddInclusive(f, {&all, 1});
  builder.AddInclusive(g, {&cost, 1});
  const Profile profile = std::move(builder).Build();
  const json written = Decoded(profile);
  BOOST_TEST(written["samples"].size() == 2);
  for (const json& sample : written["samples"]) {
    BOOST_TEST(sample[2] == json::array({{"estimated", "stack"}}));
  }
  BOOST_TEST(written["comments"][1] ==
             "Stacks: estimated, by who called whom at what cost");
  BOOST_TEST(WriteAs("pprof", profile).oddities.size() == 1);
}

// Readers of strings refuse what is no UTF-8, with all of the file.
BOOST_AUTO_TEST_CASE(NamesAreUtf8WithoutControlCharacters) {
  for (const std::string name : {"f\xff", "f\n", "\x1b[31m", "caf\xc3\xa9"}) {
    ProfileBuilder builder(Nanoseconds());
    Add(builder, {.name = name});
    const int64_t cost = 1;
    ContextTreeBuilder tree(1);
    tree.AddSelf(tree.Enter({}, FunctionId(0), 0), {&cost, 1});
    Profile profile = std::move(builder).Build();
    profile.contexts = std::move(tree).Build();
    const json frame = Decoded(profile)["samples"][0][0][0];
    BOOST_TEST(frame[0] == Printable(name));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
