#include "graph/passes/estimate_hidden.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/passes/filter_test_support.h"
#include "graph/passes/hide.h"
#include "graph/passes/sample_program.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

BOOST_AUTO_TEST_SUITE(HiddenInCallGraphs)

BOOST_AUTO_TEST_CASE(WhereCallersMakeNoDifferenceTheEstimateIsExact) {
  int64_t estimates = 0;
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    const SampleProgram program(seed);
    const auto hidden = RandomBits(program.functions(), seed);
    Profile exact = program.Run();
    Profile estimate = program.RunWithoutContexts();
    Hide(exact, hidden);
    Hide(estimate, hidden);
    BOOST_TEST(estimate.Check() == "");
    BOOST_CHECK(GraphOf(estimate) == GraphOf(exact));
    estimates += CountOf(estimate, "lead around");
  }
  BOOST_TEST(estimates > 300);  // else this would test little
}

BOOST_AUTO_TEST_CASE(WithoutSelfCostsOfCallsTheEstimateIsExactToo) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const SampleProgram program(seed);
    const auto hidden = RandomBits(program.functions(), seed);
    Profile exact = program.Run();
    Profile estimate = program.RunWithoutContexts();
    estimate.graph.call_self = CostTable(2);
    for (auto& event : estimate.provenance.events) {
      event.call_self = Origin::kAbsent;
    }
    Hide(exact, hidden);
    exact.graph.call_self = CostTable(2);
    Hide(estimate, hidden);
    BOOST_TEST(estimate.Check() == "");
    BOOST_CHECK(GraphOf(estimate) == GraphOf(exact));
    BOOST_CHECK(estimate.provenance.events[0].call_self == Origin::kAbsent);
  }
}

// Also of programs with recursion of every kind.
BOOST_AUTO_TEST_CASE(WhatIsNotMarkedAsEstimatedIsExact) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    Profile exact = RandomTrace(seed), estimate = RandomTrace(seed);
    estimate.contexts.reset();
    const auto hidden = Named(exact, RandomNames(seed));
    Hide(exact, hidden);
    Hide(estimate, hidden);
    CheckMarks(exact, estimate, true);
  }
}

// However the figures contradict each other.
BOOST_AUTO_TEST_CASE(SelfCostsStayOrAreNoted) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile profile = RandomProfile(2 + seed % 20, 60, seed, 3);
    const Costs before = profile.graph.self.Totals();
    Hide(profile, RandomBits(profile.functions.size(), seed));
    BOOST_TEST(profile.Check() == "");
    const Costs after = profile.graph.self.Totals();
    BOOST_TEST(before[0] - after[0] == CountOf(profile, "ns of"));
    BOOST_TEST(before[1] - after[1] == CountOf(profile, "bytes of"));
  }
}

// Nothing enters the hidden functions from outside.
BOOST_AUTO_TEST_CASE(CallsIntoAFunctionCostTogetherWhatTheyDid) {
  const auto into = [](const Profile& profile, size_t f) {
    Costs sum(2);
    for (size_t row = 0; row < profile.graph.calls.size(); ++row) {
      if (profile.graph.calls[row].callee.row() != f) continue;
      for (size_t e = 0; e < 2; ++e) {
        sum[e] += profile.graph.call_inclusive[row][e];
      }
    }
    return sum;
  };
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    SampleProfile sample(TimeAndBytes());
    for (size_t f = 0; f < 3; ++f) {  // callers, hidden, callees
      for (int i = 0; i < 3; ++i) {
        sample.Add(std::to_string(f * 3) + std::to_string(i), {0, 0}, {1, 1},
                   {1, 1});
      }
    }
    for (size_t caller = 0; caller < 6; ++caller) {
      for (size_t callee = 3; callee < 9; ++callee) {
        if (callee / 3 == 1 && caller / 3 == 1 && callee <= caller) continue;
        const auto n = static_cast<int64_t>(random() % 100);
        sample.Call(FunctionId(caller), FunctionId(callee), {n, n},
                    {1 + n, 1 + n / 3}, {0, 0}, random() % 2);
      }
    }
    Profile profile = sample.Build();
    std::vector<Costs> expected;
    for (size_t f = 6; f < 9; ++f) expected.push_back(into(profile, f));
    Hide(profile, {0, 0, 0, 1, 1, 1, 0, 0, 0});
    for (size_t f = 3; f < 6; ++f) {
      BOOST_TEST(into(profile, f) == expected[f - 3]);
    }
  }
}

BOOST_AUTO_TEST_CASE(HidingWhatNobodyCallsThroughIsExact) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {2, 2}, {30}, {60});
  const FunctionId leaf = p.Add("leaf", {5, 5}, {60}, {60});
  p.Call(main, f, {2, 2}, {60}, {30}, 1);
  p.Call(main, leaf, {3, 3}, {30}, {30}, 2);
  p.Call(f, leaf, {2, 2}, {30}, {30}, 3);
  Profile profile = p.Build();
  Hide(profile, {false, false, true});
  BOOST_TEST(Text(profile) ==
             "main: 40 of 100\n"
             "f: 60 of 60\n"
             "main -> f @1: 2 calls, 60 of 60\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kDerived);
  BOOST_CHECK(profile.provenance.events[0].call_self == Origin::kDerived);
  BOOST_TEST(profile.provenance.oddities.empty());
}

BOOST_AUTO_TEST_CASE(CalleesAreSharedOutByWhatCallsCostBelow) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {1, 1}, {0}, {70});
  const FunctionId b = p.Add("b", {1, 1}, {0}, {30});
  const FunctionId hub = p.Add("hub", {4, 4}, {40}, {100});
  const FunctionId g = p.Add("g", {8, 8}, {60}, {60});
  p.Call(a, hub, {1, 1}, {70}, {25}, 1);  // 45 below
  p.Call(b, hub, {3, 3}, {30}, {15}, 2);  // 15 below
  p.Call(hub, g, {8, 8}, {60}, {60}, 3);
  Profile profile = p.Build();
  Hide(profile, {false, false, true, false});
  BOOST_TEST(Text(profile) ==
             "a: 25 of 70\n"
             "b: 15 of 30\n"
             "g: 60 of 60\n"
             "a -> g @1: about 2 calls, 45 of 45\n"
             "b -> g @2: about 6 calls, 15 of 15\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kDerived);
  BOOST_CHECK(profile.provenance.call_counts == Origin::kEstimated);
  BOOST_TEST(CountOf(profile, "lead around hidden functions") == 2);
}

BOOST_AUTO_TEST_CASE(OneCallerHasAllAndNothingIsEstimated) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {3, 1}, {30}, {90});
  const FunctionId g = p.Add("g", {3, 3}, {60}, {60});
  p.Call(main, f, {1, 1}, {90}, {10}, 7);
  p.Call(f, f, {2, 0}, {80}, {20});
  p.Call(f, g, {3, 3}, {60}, {60});
  Profile profile = p.Build();
  Hide(profile, {false, true, false});
  BOOST_TEST(Text(profile) ==
             "main: 40 of 100\n"
             "g: 60 of 60\n"
             "main -> g @7: 3 calls, 60 of 60\n");
  BOOST_TEST(profile.provenance.oddities.empty());
}

// g, which h also calls directly, calls h again: stacks with both ways to g
// would count twice.
BOOST_AUTO_TEST_CASE(WhereRecursionMayCountTwiceCallsAreEstimated) {
  SampleProfile p;
  const FunctionId h = p.Add("h", {3, 1}, {10}, {90});
  const FunctionId f = p.Add("f", {1, 1}, {30}, {80});
  const FunctionId g = p.Add("g", {2, 1}, {50}, {50});
  p.Call(h, f, {1, 1}, {80}, {30}, 1);
  p.Call(f, g, {1, 1}, {50}, {30});
  p.Call(g, h, {2, 0}, {20}, {5});
  p.Call(h, g, {1, 0}, {20}, {20}, 1);
  Profile profile = p.Build();
  Hide(profile, {false, true, false});
  BOOST_REQUIRE_EQUAL(profile.graph.calls.size(), 2);
  BOOST_TEST(!profile.provenance.IsEstimated(0));
  BOOST_TEST(profile.provenance.IsEstimated(1));
}

// a ─ ping, a ─ pong, which call each other; ping calls f, pong calls g.
BOOST_AUTO_TEST_CASE(WhatLeadsAroundAnEstimateIsOne) {
  for (const int estimated : {0, 1, 2, 3, 4}) {
    SampleProfile p;
    const FunctionId a = p.Add("a", {1, 1}, {0}, {90});
    const FunctionId ping = p.Add("ping", {2, 2}, {0}, {90});
    const FunctionId pong = p.Add("pong", {2, 2}, {0}, {90});
    const FunctionId f = p.Add("f", {2, 2}, {40}, {40});
    const FunctionId g = p.Add("g", {2, 2}, {50}, {50});
    p.Call(ping, pong, {1, 1}, {50}, {0});
    p.Call(pong, ping, {1, 1}, {40}, {0});
    int row = 0;
    for (const auto& [caller, callee, cost] : {std::tuple(a, ping, 45),
                                               {a, pong, 45},
                                               {ping, f, 40},
                                               {pong, g, 50}}) {
      p.Call(caller, callee, {1, 1}, {cost}, {0});
      if (++row == estimated) p.MarkEstimated();
    }
    Profile profile = p.Build();
    Hide(profile, {false, true, true, false, false});
    BOOST_REQUIRE_EQUAL(profile.graph.calls.size(), 2);
    for (const size_t call : {0, 1}) {
      const bool is_to_f =
          profile.Name(profile.graph.calls[call].callee) == "f";
      const bool expected =
          estimated == 1 || estimated == 2 || estimated == (is_to_f ? 3 : 4);
      BOOST_TEST(profile.provenance.IsEstimated(call) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(CalleesOfAHiddenRootBecomeRoots) {
  SampleProfile p;
  const FunctionId root = p.Add("root", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {2, 2}, {90}, {90});
  p.Call(root, f, {2, 2}, {90}, {90});
  Profile profile = p.Build();
  Hide(profile, {true, false});
  BOOST_TEST(Text(profile) == "f: 90 of 90\n");
  BOOST_TEST(CountOf(profile, "ns of hidden functions") == 10);
}

// ping and pong call each other; both call f, and main calls either.
BOOST_AUTO_TEST_CASE(HiddenFunctionsOfACycleAreOne) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {1, 1}, {0}, {60});
  const FunctionId b = p.Add("b", {1, 1}, {0}, {30});
  const FunctionId ping = p.Add("ping", {5, 1}, {20}, {60});
  const FunctionId pong = p.Add("pong", {5, 1}, {10}, {30});
  const FunctionId f = p.Add("f", {6, 6}, {60}, {60});
  p.Call(a, ping, {1, 1}, {60}, {0}, 1);
  p.Call(b, pong, {1, 1}, {30}, {0}, 2);
  p.Call(ping, pong, {4, 0}, {20}, {10});
  p.Call(pong, ping, {4, 0}, {20}, {20});
  p.Call(ping, f, {3, 3}, {45}, {45});
  p.Call(pong, f, {3, 3}, {15}, {15});
  Profile profile = p.Build();
  Hide(profile, {false, false, true, true, false});
  BOOST_TEST(Text(profile) ==
             "a: 20 of 60\n"
             "b: 10 of 30\n"
             "f: 60 of 60\n"
             "a -> f @1: about 3 calls, 40 of 40\n"
             "b -> f @2: about 3 calls, 20 of 20\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kEstimated);
}

BOOST_AUTO_TEST_CASE(CostsBeyondTheLimitsDoNotOverflow) {
  for (const int64_t cost : {INT64_MAX, INT64_MIN}) {
    SampleProfile p;
    const CallCounts counts{INT64_MAX, INT64_MAX};
    for (size_t f = 0; f < 5; ++f) {
      p.Add(std::to_string(f), counts, {cost}, {cost});
    }
    for (size_t f = 0; f < 5; ++f) {
      for (size_t g = 0; g < 5; ++g) {
        p.Call(FunctionId(f), FunctionId(g), counts, {cost}, {INT64_MAX});
      }
    }
    Profile profile = p.Build();
    Hide(profile, {false, true, false, true, false});
    BOOST_TEST(profile.Check() == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(LargeHiddenGraphs)

// `callers` call a hub that calls `callees`, each at a cost of its own.
Profile Hub(uint32_t callers, uint32_t callees) {
  SampleProfile p;
  const FunctionId hub =
      p.Add("hub", {callers, callers}, {callers}, {int64_t{callers} * 1000});
  for (uint32_t f = 0; f < callers; ++f) {
    p.Call(p.Add("caller", "", f, {1, 1}, {0}, {1000}), hub, {1, 1}, {1000},
           {1});
  }
  for (uint32_t f = 0; f < callees; ++f) {
    p.Call(hub, p.Add("callee", "", f, {1, 1}, {f}, {f}), {1, 1}, {f}, {f});
  }
  return p.Build();
}

std::vector<bool> OnlyFirst(size_t size) {
  std::vector<bool> bits(size);
  bits[0] = true;
  return bits;
}

BOOST_AUTO_TEST_CASE(AHubOfAThousandCallersAndCalleesIsLedAround) {
  Profile profile = Hub(1000, 1000);
  Hide(profile, OnlyFirst(profile.functions.size()));
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.size() == 2000);
  BOOST_TEST(profile.graph.call_inclusive.Totals() == Costs{999 * 1000 / 2});
}

BOOST_AUTO_TEST_CASE(AHubOfMoreIsShownAsHidden) {
  Profile profile = Hub(10'000, 10'000);
  Contents expected = ContentsOf(profile);
  Hide(profile, OnlyFirst(profile.functions.size()));
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(CountOf(profile, "too many callers and callees") == 1);
  // But for its name, nothing has changed.
  const FunctionKey hidden{"(hidden)", "", "", 0};
  const FunctionKey hub = expected.functions[0].first;
  expected.functions[0].first = hidden;
  for (auto& [key, call] : expected.calls) {
    if (std::get<0>(key) == hub) std::get<0>(key) = hidden;
    if (std::get<1>(key) == hub) std::get<1>(key) = hidden;
  }
  BOOST_CHECK(Sorted(ContentsOf(profile)) == Sorted(expected));
}

// Two hubs, one of which calls the other, and are called by functions and call
// functions of their own.
BOOST_AUTO_TEST_CASE(HubsThatCallEachOtherAreOneHidden) {
  constexpr uint32_t kMany = 3000;
  constexpr int64_t kCost = 1'000'000'000;
  const CallCounts counts{kCost, kCost};
  SampleProfile p;
  for (uint32_t hub = 0; hub < 2; ++hub) {
    p.Add("hub", "", hub, {kMany * kCost, kMany * kCost}, {5}, {kMany * kCost});
  }
  for (uint32_t i = 0; i < 2 * kMany; ++i) {
    const FunctionId hub(i % 2);
    p.Call(p.Add("caller", "", i, counts, {0}, {kCost}), hub, counts, {kCost},
           {0});
    p.Call(hub, p.Add("callee", "", i, counts, {kCost}, {kCost}), counts,
           {kCost}, {kCost});
  }
  p.Call(FunctionId(0), FunctionId(1), {1, 1}, {1}, {1});
  Profile profile = p.Build();
  const Costs before = profile.graph.self.Totals();
  std::vector<bool> hidden(profile.functions.size());
  hidden[0] = hidden[1] = true;
  Hide(profile, hidden);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(CountOf(profile, "too many callers and callees") == 2);
  BOOST_TEST(profile.graph.self.Totals() == before);
  BOOST_TEST(profile.graph.calls.size() == 4 * kMany);
  const size_t stand_in = profile.functions.size() - 1;
  BOOST_TEST(profile.Name(FunctionId(stand_in)) == "(hidden)");
  BOOST_TEST(profile.graph.self[stand_in][0] == 10);
  BOOST_TEST(profile.graph.inclusive[stand_in][0] == 2 * kMany * kCost);
}

// However many there are of them: nothing is to be led around.
BOOST_AUTO_TEST_CASE(WhatCallsNothingVisibleIsSelfCostOfItsCallers) {
  Profile profile = Hub(10'000, 10'000);
  std::vector<bool> hidden;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    hidden.push_back(profile.Name(FunctionId(f)) != "caller");
  }
  const Costs before = profile.graph.self.Totals();
  Hide(profile, hidden);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.size() == 10'000);
  BOOST_TEST(profile.graph.calls.empty());
  BOOST_TEST(profile.graph.self.Totals() == before);
  BOOST_TEST(profile.provenance.oddities.empty());
}

// All callers of the first would call what each of the chain calls.
BOOST_AUTO_TEST_CASE(AChainWithManyCallersAndCalleesTakesNoLongerThanItsCalls) {
  constexpr size_t kMany = 20'000;
  constexpr int64_t kCost = 1'000'000'000;
  const CallCounts counts{kCost, kCost};
  SampleProfile p;
  for (uint32_t i = 0; i < kMany; ++i) {
    p.Add("chain", "", i, counts, {kCost}, {kCost});
  }
  for (uint32_t i = 0; i < kMany; ++i) {
    const FunctionId caller = p.Add("caller", "", i, counts, {0}, {kCost});
    const FunctionId callee = p.Add("callee", "", i, counts, {0}, {kCost});
    p.Call(caller, FunctionId(0), counts, {kCost}, {kCost});
    p.Call(FunctionId(i), callee, counts, {kCost}, {kCost});
    if (i + 1 == kMany) continue;
    p.Call(FunctionId(i), FunctionId(i + 1), counts, {kCost}, {kCost});
  }
  Profile profile = p.Build();
  const Costs before = profile.graph.self.Totals();
  std::vector<bool> hidden(profile.functions.size());
  std::fill_n(hidden.begin(), kMany, true);
  Hide(profile, hidden);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.graph.self.Totals() == before);
  BOOST_TEST(profile.graph.calls.size() < 2'000'000);
  BOOST_TEST(CountOf(profile, "too many callers and callees") > 0);
}

BOOST_AUTO_TEST_CASE(ACycleOfTenThousandFunctionsIsOne) {
  constexpr size_t kMany = 10'000;
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {2 * kMany});
  const FunctionId f = p.Add("f", {kMany, kMany}, {kMany}, {kMany});
  for (uint32_t i = 0; i < kMany; ++i) {
    p.Add("member", "", i, {i == 0 ? 2 : 1, 1}, {1}, {2 * kMany});
  }
  for (uint32_t i = 0; i < kMany; ++i) {
    p.Call(FunctionId(2 + i), FunctionId(2 + (i + 1) % kMany), {1, 0},
           {2 * kMany}, {1});
    p.Call(FunctionId(2 + i), f, {1, 1}, {1}, {1});
  }
  p.Call(main, FunctionId(2), {1, 1}, {2 * kMany}, {0}, 4);
  Profile profile = p.Build();
  std::vector<bool> shown(profile.functions.size());
  shown[0] = shown[1] = true;
  shown.flip();
  Hide(profile, shown);
  BOOST_TEST(Text(profile) ==
             "main: 10000 of 20000\n"
             "f: 10000 of 10000\n"
             "main -> f @4: 10000 calls, 10000 of 10000\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
