#include "converter/top/stacks.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "converter/top/stacks_json.h"
#include "converter/top/stacks_text.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

EventSet BytesAndBlocks() {
  return EventSet({{"live_bytes", "Bytes held", Unit::kBytes, Kind::kLive},
                   {"live_blocks", "Blocks held", Unit::kCount, Kind::kLive}});
}

// 100 blocks of 40 bytes and 50 of 100 by two ways into make; main has one of
// its own.
Profile Leaks() {
  SampleStacks stacks(BytesAndBlocks());
  stacks.Add({{"main"}, {"fill", 41}, {"make", 30}}, {4000, 100});
  stacks.Add({{"main"}, {"refresh", 43}, {"fill", 52}, {"make", 30}},
             {5000, 50});
  stacks.Add({{"main"}}, {1000, 1});
  return stacks.Build();
}

// "make 9000/150 @0" and callers below, indented.
std::string Show(const StackReport& report) {
  std::string text;
  for (const StackRow& row : report.rows) {
    text += std::string(2 * row.depth, ' ') + row.name + " " +
            std::to_string(row.cost) + "/" + std::to_string(row.blocks) + " @" +
            std::to_string(row.line) + (row.has_cut ? " cut\n" : "\n");
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(StackReportTest)

BOOST_AUTO_TEST_CASE(CallersStandBelowWhatTheyCalledWithTheirParts) {
  const StackReport report = MakeStackReport(Leaks(), {});
  BOOST_TEST(report.cost == 10'000);
  BOOST_TEST(report.block_count == 151);
  BOOST_TEST(report.functions == 2u);
  BOOST_TEST(Show(report) ==
             "make 9000/150 @0\n"
             "  fill 9000/150 @30\n"
             "    refresh 5000/50 @52\n"
             "      main 5000/50 @43\n"
             "    main 4000/100 @41\n"
             "main 1000/1 @0\n");
}

BOOST_AUTO_TEST_CASE(WhatHasTooSmallAShareIsCounted) {
  const StackReport report = MakeStackReport(Leaks(), {.least_share = 0.45});
  BOOST_TEST(report.functions == 2u);
  BOOST_TEST(report.shown == 1u);
  BOOST_TEST(Show(report) ==
             "make 9000/150 @0\n"
             "  fill 9000/150 @30\n"
             "    refresh 5000/50 @52\n"
             "      main 5000/50 @43\n");
  BOOST_TEST(MakeStackReport(Leaks(), {.rows = 1}).shown == 1u);
  BOOST_TEST(MakeStackReport(Leaks(), {.rows = 0}).shown == 2u);
}

BOOST_AUTO_TEST_CASE(DirectRecursionIsOneFunction) {
  SampleStacks stacks;
  stacks.Add({{"a"}, {"f", 1}, {"f", 2}, {"f", 2}}, {3});
  stacks.Add({{"a"}, {"f", 1}}, {2});
  BOOST_TEST(Show(MakeStackReport(stacks.Build(), {})) ==
             "f 5/0 @0\n"
             "  a 5/0 @1\n");
}

// Each level has a cost: going through the levels above for each of them would
// take half an hour.
BOOST_AUTO_TEST_CASE(RecursionOfAnyDepthIsLookedAtOnce) {
  constexpr int kLevels = 1'000'000;
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 3}}, {0});
  Profile profile = stacks.Build();
  ContextTreeBuilder tree(1);
  ContextId context = tree.Enter(ContextId(), FunctionId(0), 0);
  for (int level = 0; level < kLevels; ++level) {
    context = tree.Enter(context, FunctionId(1), level == 0 ? 3 : 4);
    tree.AddSelf(context, std::vector<int64_t>{1});
  }
  profile.contexts = std::move(tree).Build();
  BOOST_TEST(Show(MakeStackReport(profile, {})) ==
             "f 1000000/0 @0\n"
             "  main 1000000/0 @3\n");
}

BOOST_AUTO_TEST_CASE(StacksDeeperThanAnyoneReadsAreCut) {
  SampleStacks stacks;
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back("f" + std::to_string(i));
  std::vector<SampleStacks::Frame> deep;
  for (const std::string& name : names) deep.push_back({name});
  stacks.Add(deep, {7});
  const Profile profile = stacks.Build();
  for (const auto& [callers, shown] :
       {std::pair<size_t, size_t>{3, 3}, {0, 100}, {1000, 100}}) {
    const StackReport report = MakeStackReport(profile, {.callers = callers});
    BOOST_TEST(report.rows.size() == shown + 1);
    BOOST_TEST(report.rows.back().has_cut);
    BOOST_TEST(!report.rows.front().has_cut);
  }
}

// Each row has at least what its callers have together; functions have their
// self costs, which add up to the whole.
BOOST_AUTO_TEST_CASE(PartsAddUpToTheirWhole) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SampleStacks stacks(BytesAndBlocks());
    AddRandomStacks(stacks, seed);
    const Profile profile = stacks.Build();
    const StackReport report =
        MakeStackReport(profile, {.rows = 0, .least_share = 0});
    const Contents contents = stacks.model().Sum();
    std::map<std::string, int64_t> self;
    for (const auto& [key, figures] : contents.functions) {
      if (figures.self[0] != 0) self[std::get<0>(key)] = figures.self[0];
    }
    std::map<std::string, int64_t> found;
    int64_t whole = 0;
    for (size_t row = 0; row < report.rows.size(); ++row) {
      const StackRow& now = report.rows[row];
      if (now.depth == 0 && now.cost != 0) found[now.name] = now.cost;
      if (now.depth == 0) whole += now.cost;
      int64_t callers = 0;
      for (size_t below = row + 1;
           below < report.rows.size() && report.rows[below].depth > now.depth;
           ++below) {
        if (report.rows[below].depth == now.depth + 1) {
          callers += report.rows[below].cost;
        }
      }
      BOOST_TEST(callers <= now.cost);
    }
    BOOST_CHECK(found == self);
    BOOST_TEST(whole == report.cost);
  }
}

BOOST_AUTO_TEST_CASE(AProfileWithoutStacksIsRefused) {
  Profile profile = Leaks();
  profile.contexts.reset();
  BOOST_CHECK_THROW(MakeStackReport(profile, {}), Error);
  BOOST_CHECK_THROW(MakeStackReport(Leaks(), {.event = "ns"}), Error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(StacksTextTest)

BOOST_AUTO_TEST_CASE(FiguresStandWhereTheyDifferFromThoseAbove) {
  BOOST_TEST(StacksText(MakeStackReport(Leaks(), {}), {.width = 80}) ==
             R"(9.7656 KiB held at the end in 151 blocks

           held  blocks  by function and callers
 8.79 KiB 90.0%     150  make
                           fill
 4.88 KiB 50.0%      50      refresh
                             main
 3.91 KiB 40.0%     100      main
1 000 B   10.0%       1  main

2 of 2 functions
)");
}

BOOST_AUTO_TEST_CASE(NothingHeldIsSaidInALine) {
  SampleStacks stacks(BytesAndBlocks());
  stacks.Add({{"main"}}, {0, 0});
  BOOST_TEST(StacksText(MakeStackReport(stacks.Build(), {}), {}) ==
             "0 held at the end in 0 blocks\n\n0 of 0 functions\n");
}

BOOST_AUTO_TEST_CASE(NamesAreSafeToPrint) {
  SampleStacks stacks;
  stacks.Add({{"evil\x1b[2J"}, {"f\ng", 1}}, {1});
  const std::string text = StacksText(MakeStackReport(stacks.Build(), {}), {});
  BOOST_TEST(text.find('\x1b') == text.npos);
  BOOST_TEST(text.find("f\ng") == text.npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(StacksJsonTest)

BOOST_AUTO_TEST_CASE(CallersAreNestedInTheirOrder) {
  const auto json =
      nlohmann::json::parse(StacksJson(MakeStackReport(Leaks(), {})));
  BOOST_TEST(json["schema"] == "prof2cg.stacks");
  BOOST_TEST(json["total"] == 10'000);
  BOOST_TEST(json["total_blocks"] == 151);
  BOOST_TEST(json["functions_with_cost"] == 2);
  BOOST_REQUIRE(json["functions"].size() == 2u);
  const auto& fill = json["functions"][0]["callers"][0];
  BOOST_TEST(fill["name"] == "fill");
  BOOST_TEST(fill["line"] == 30);
  BOOST_TEST(fill["blocks"] == 150);
  BOOST_REQUIRE(fill["callers"].size() == 2u);
  BOOST_TEST(fill["callers"][0]["name"] == "refresh");
  BOOST_TEST(fill["callers"][0]["callers"][0]["line"] == 43);
  BOOST_TEST(fill["callers"][1]["cost"] == 4000);
  BOOST_TEST(json["functions"][1]["name"] == "main");
  BOOST_TEST(json["functions"][1]["callers"].empty());
  BOOST_TEST(json["oddities"].empty());
}

BOOST_AUTO_TEST_CASE(WhatIsOddAboutTheProfileIsTold) {
  Profile profile = Leaks();
  profile.provenance.Note("row", "rows", 2);
  const StackReport report = MakeStackReport(profile, {});
  const auto json = nlohmann::json::parse(StacksJson(report));
  BOOST_REQUIRE(json["oddities"].size() == 1u);
  BOOST_TEST(json["oddities"][0]["text"] == "2 rows");
  BOOST_TEST(StacksText(report, {}).find("note: 2 rows\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
