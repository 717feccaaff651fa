#include "graph/passes/estimate_stacks.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "graph/passes/sample_program.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// Self costs of the first event, and calls, by the functions of the stack.
struct Figures {
  int64_t self = 0;
  int64_t calls = 0;
};
std::map<std::string, Figures> ByStack(const Profile& profile,
                                       const ContextTree& tree) {
  std::vector<std::string> stacks;
  std::map<std::string, Figures> figures;
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const Context& context = tree.contexts[row];
    std::string stack(profile.Name(context.function));
    if (context.parent.is_valid()) {
      BOOST_TEST_REQUIRE(context.parent.row() < row);
      stack = stacks[context.parent.row()] + ";" + stack;
    }
    Figures& sum = figures[stack];
    sum.self += tree.self[row][0];
    sum.calls += context.calls;
    stacks.push_back(std::move(stack));
  }
  return figures;
}

std::string Show(const Profile& profile, const ContextTree& tree) {
  std::string text;
  for (const auto& [stack, figures] : ByStack(profile, tree)) {
    text += stack + " " + std::to_string(figures.self) + " ns, " +
            std::to_string(figures.calls) + " calls\n";
  }
  return text;
}

void CheckSums(const Profile& profile, const ContextTree& tree) {
  CostTable self(profile.events.size());
  self.Resize(profile.functions.size());
  std::vector<int64_t> calls(profile.functions.size());
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const Context& context = tree.contexts[row];
    self.Add(context.function.row(), tree.self[row]);
    calls[context.function.row()] += context.calls;
  }
  BOOST_TEST((self == profile.graph.self));
  for (size_t f = 0; f < calls.size(); ++f) {
    BOOST_TEST(calls[f] == profile.graph.counts[f].total);
  }
}

BOOST_AUTO_TEST_SUITE(EstimatedStacks)

BOOST_AUTO_TEST_CASE(AreSharedOutByTheCostOfCalls) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {130});
  const FunctionId a = p.Add("a", {1, 1}, {5}, {85});
  const FunctionId b = p.Add("b", {2, 2}, {15}, {35});
  const FunctionId leaf = p.Add("leaf", {4, 4}, {100}, {100});
  p.Call(main, a, {1, 1}, {85}, {5});
  p.Call(main, b, {2, 2}, {35}, {15});
  p.Call(a, leaf, {1, 1}, {80}, {80});
  p.Call(b, leaf, {3, 3}, {20}, {20});
  const Profile profile = p.Build();
  BOOST_TEST(Show(profile, EstimateStacks(profile)) ==
             "main 10 ns, 1 calls\n"
             "main;a 5 ns, 1 calls\n"
             "main;a;leaf 80 ns, 1 calls\n"
             "main;b 15 ns, 2 calls\n"
             "main;b;leaf 20 ns, 3 calls\n");
}

BOOST_AUTO_TEST_CASE(DoNotEnterAFunctionThatIsActive) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {60});
  const FunctionId even = p.Add("even", {3, 1}, {40}, {60});
  const FunctionId odd = p.Add("odd", {2, 1}, {20}, {50});
  p.Call(main, even, {1, 1}, {60}, {20});
  p.Call(even, odd, {2, 1}, {50}, {20});
  p.Call(odd, even, {2, 1}, {40}, {20});
  const Profile profile = p.Build();
  BOOST_TEST(Show(profile, EstimateStacks(profile)) ==
             "main 0 ns, 1 calls\n"
             "main;even 40 ns, 3 calls\n"
             "main;even;odd 20 ns, 2 calls\n");
}

BOOST_AUTO_TEST_CASE(AreThoseOfAProgramWhoseFunctionsDoTheSameForAll) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const SampleProgram program(seed);
    const Profile expected = program.Run();
    const Profile profile = program.RunWithoutContexts();
    const auto known = ByStack(expected, *expected.contexts);
    const auto estimated = ByStack(profile, EstimateStacks(profile));
    for (const auto& [stack, figures] : known) {
      const auto found = estimated.find(stack);
      // Not even one of it was counted.
      if (found == estimated.end()) {
        BOOST_TEST(figures.self == 0);
        continue;
      }
      BOOST_TEST(std::llabs(found->second.self - figures.self) <= 3,
                 stack << ' ' << found->second.self << ' ' << figures.self);
      BOOST_TEST(std::llabs(found->second.calls - figures.calls) <= 3, stack);
    }
  }
}

BOOST_AUTO_TEST_CASE(HaveAllOfEachFunctionHoweverFewThereAre) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Profile profile = RandomProfile(6, 14, seed, 5);
    for (const size_t most : {0, 3, 1000}) {
      const ContextTree tree = EstimateStacks(profile, most);
      CheckSums(profile, tree);
      BOOST_TEST(tree.contexts.size() <= most + profile.functions.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(GoByNumbersWhereCallsHaveNoCost) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {0});
  const FunctionId other = p.Add("other", {1, 1}, {0}, {0});
  const FunctionId leaf = p.Add("leaf", {4, 4}, {8}, {8});
  p.Call(main, leaf, {1, 1}, {0}, {0});
  p.Call(other, leaf, {3, 3}, {0}, {0});
  const Profile profile = p.Build();
  const auto stacks = ByStack(profile, EstimateStacks(profile));
  BOOST_TEST(stacks.at("main").calls == 1);
  int64_t leaves = 0;
  for (const auto& [stack, figures] : stacks) leaves += figures.self;
  BOOST_TEST(leaves == 8);
}

// Nothing here grows with the depth times the functions.
BOOST_AUTO_TEST_CASE(OfAVeryDeepProgramAreMadeInTime) {
  SampleProfile p;
  std::vector<FunctionId> chain;
  constexpr int kDepth = 100'000;
  for (int i = 0; i < kDepth; ++i) {
    chain.push_back(p.Add("f" + std::to_string(i), {1, 1}, {1}, {kDepth - i}));
  }
  for (int i = 0; i + 1 < kDepth; ++i) {
    p.Call(chain[i], chain[i + 1], {1, 1}, {kDepth - i - 1}, {1});
  }
  p.Call(chain.back(), chain.front(), {0, 0}, {1}, {1});  // all are a cycle
  const Profile profile = p.Build();
  CheckSums(profile, EstimateStacks(profile));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
