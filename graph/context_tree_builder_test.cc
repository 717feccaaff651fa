#include "graph/context_tree_builder.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

BOOST_AUTO_TEST_SUITE(BuiltContextTree)

BOOST_AUTO_TEST_CASE(NothingGivesATreeWithoutContexts) {
  const ContextTree tree = ContextTreeBuilder(2).Build();
  BOOST_TEST(tree.contexts.empty());
  BOOST_TEST(tree.self.events() == 2);
}

BOOST_AUTO_TEST_CASE(TheSamePlaceIsTheSameContext) {
  ContextTreeBuilder builder(1);
  const FunctionId f(7), g(8);
  const ContextId root = builder.Enter(ContextId(), f, 0);
  const ContextId child = builder.Enter(root, g, 3);
  BOOST_CHECK(builder.Enter(ContextId(), f, 0) == root);
  BOOST_CHECK(builder.Enter(root, g, 3) == child);
  // Each differs in one of the three.
  const ContextId others[] = {
      builder.Enter(root, g, 4), builder.Enter(root, f, 3),
      builder.Enter(child, g, 3), builder.Enter(ContextId(), g, 3)};
  for (const ContextId& other : others) {
    BOOST_TEST(other.row() == 2 + static_cast<size_t>(&other - others));
  }
  // Also when others came between.
  BOOST_CHECK(builder.Enter(root, g, 3) == child);
  BOOST_CHECK(builder.Enter(ContextId(), f, 0) == root);
  const ContextTree tree = std::move(builder).Build();
  BOOST_TEST(tree.contexts.size() == 6);
  BOOST_CHECK((tree.contexts[1] == Context{root, g, 3, 0}));
  BOOST_CHECK((tree.contexts[4] == Context{child, g, 3, 0}));
}

BOOST_AUTO_TEST_CASE(ThreadsHaveRootsAndAllBelowOfTheirOwn) {
  ContextTreeBuilder builder(1);
  const FunctionId f(0), g(1);
  const ContextId first = builder.Enter(ContextId(), f, 0, 0);
  const ContextId second = builder.Enter(ContextId(), f, 0, 1);
  BOOST_CHECK(first != second);
  const ContextId below = builder.Enter(second, g, 3);
  BOOST_CHECK(builder.Enter(first, g, 3) != below);
  BOOST_CHECK(builder.Enter(second, g, 3) == below);
  BOOST_CHECK(builder.Enter(ContextId(), f, 0, 1) == second);
  const ContextTree tree = std::move(builder).Build();
  BOOST_TEST(tree.contexts[below.row()].thread == 1);
  BOOST_TEST(tree.contexts.size() == 4);
}

BOOST_AUTO_TEST_CASE(BlocksOfASizeAddUpByContext) {
  ContextTreeBuilder builder(1);
  const ContextId a = builder.Enter(ContextId(), FunctionId(0), 0);
  const ContextId b = builder.Enter(a, FunctionId(0), 0);
  for (const SizeCount& size :
       {SizeCount{a, 16, 1}, SizeCount{b, 16, 10}, SizeCount{a, 0, 100},
        SizeCount{a, 16, 1000}, SizeCount{b, 16, INT64_MAX}}) {
    builder.AddSizes(size);
  }
  const ContextTree tree = std::move(builder).Build();
  const SizeCount expected[] = {{a, 16, 1001}, {b, 16, INT64_MAX}, {a, 0, 100}};
  BOOST_CHECK(std::ranges::equal(tree.sizes, expected));
}

BOOST_AUTO_TEST_CASE(CostsAndCallsAddUp) {
  ContextTreeBuilder builder(2);
  const ContextId root = builder.Enter(ContextId(), FunctionId(0), 0);
  const ContextId child = builder.Enter(root, FunctionId(0), 0);
  builder.AddSelf(child, Costs{1, 10});
  builder.AddSelf(child, Costs{2, INT64_MAX});
  builder.AddCalls(child, 3);
  builder.AddCalls(child, INT64_MAX);
  const ContextTree tree = std::move(builder).Build();
  BOOST_TEST(tree.self[0][0] == 0);
  BOOST_TEST(tree.self[1][0] == 3);
  BOOST_TEST(tree.self[1][1] == INT64_MAX);
  BOOST_TEST(tree.contexts[0].calls == 0);
  BOOST_TEST(tree.contexts[1].calls == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(RandomStacksShareAllTheyHaveInCommon) {
  std::mt19937 random(1);
  ContextTreeBuilder builder(1);
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, uint32_t> model;
  for (int i = 0; i < 100'000; ++i) {
    const size_t row = random() % (builder.contexts() + 1);
    const ContextId parent =
        row == builder.contexts() ? ContextId() : ContextId(row);
    const FunctionId function(random() % 3);
    const uint32_t line = random() % 2;
    const auto next = static_cast<uint32_t>(model.size());
    const auto [expected, is_new] =
        model.try_emplace({parent.row(), function.row(), line}, next);
    BOOST_REQUIRE_EQUAL(builder.Enter(parent, function, line).row(),
                        expected->second);
  }
  BOOST_TEST(builder.contexts() == model.size());
}

BOOST_AUTO_TEST_CASE(AStackMayBeAMillionFramesDeep) {
  constexpr int kFrames = 1'000'000;
  ContextTreeBuilder builder(1);
  for (int pass = 0; pass < 2; ++pass) {
    ContextId context;
    for (int i = 0; i < kFrames; ++i) {
      context = builder.Enter(context, FunctionId(0), 1);
    }
    builder.AddSelf(context, Costs{1});
    BOOST_TEST(context.row() == kFrames - 1);
  }
  const CostTable inclusive = SumInclusive(std::move(builder).Build());
  BOOST_TEST(inclusive.rows() == kFrames);
  BOOST_TEST(inclusive[0][0] == 2);
}

BOOST_AUTO_TEST_CASE(InclusiveCostIsThatOfAllBelow) {
  ContextTreeBuilder builder(2);
  const ContextId root = builder.Enter(ContextId(), FunctionId(0), 0);
  const ContextId left = builder.Enter(root, FunctionId(1), 0);
  const ContextId right = builder.Enter(root, FunctionId(2), 0);
  const ContextId deep = builder.Enter(left, FunctionId(2), 0);
  const ContextId other = builder.Enter(ContextId(), FunctionId(2), 0);
  int64_t cost = 1;
  for (const ContextId context : {root, left, right, deep, other}) {
    builder.AddSelf(context, Costs{cost, -cost});
    cost *= 10;
  }
  const CostTable inclusive = SumInclusive(std::move(builder).Build());
  const int64_t expected[] = {1111, 1010, 100, 1000, 10000};
  for (size_t row = 0; row < std::size(expected); ++row) {
    BOOST_TEST(inclusive[row][0] == expected[row]);
    BOOST_TEST(inclusive[row][1] == -expected[row]);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
