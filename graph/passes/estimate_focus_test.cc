#include "graph/passes/estimate_focus.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "graph/passes/entry_calls.h"
#include "graph/passes/filter_test_support.h"
#include "graph/passes/focus.h"
#include "graph/passes/hide.h"
#include "graph/passes/sample_program.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(FocusOnCallGraphs)

BOOST_AUTO_TEST_CASE(WhereCallersMakeNoDifferenceTheEstimateIsExact) {
  int64_t estimates = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    const SampleProgram program(seed);
    const auto chosen = RandomBits(program.functions(), seed);
    for (const auto filter : {Focus, Ignore}) {
      Profile exact = program.Run();
      Profile estimate = program.RunWithoutContexts();
      filter(exact, chosen);
      filter(estimate, chosen);
      BOOST_TEST(estimate.Check() == "");
      BOOST_CHECK(GraphOf(estimate) == GraphOf(exact));
      estimates += CountOf(estimate, "with and without");
    }
  }
  BOOST_TEST(estimates > 500);  // else this would test little
}

// Two ways to the cost of all stacks that hold a chosen function.
BOOST_AUTO_TEST_CASE(FocusHasTheCostOfAllThatIsShown) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile focused = SampleProgram(seed).RunWithoutContexts();
    Profile shown = SampleProgram(seed).RunWithoutContexts();
    const auto chosen = RandomBits(focused.functions.size(), seed);
    Focus(focused, chosen);
    Show(shown, chosen);
    BOOST_TEST(focused.graph.self.Totals() == shown.graph.self.Totals());
  }
}

BOOST_AUTO_TEST_CASE(WhatIsInThePartsIsNotMoreThanTheWhole) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile profile = SampleProgram(seed).RunWithoutContexts();
    const auto chosen = RandomBits(profile.functions.size(), seed);
    for (const auto filter : {Focus, Ignore}) {
      filter(profile, chosen);
      BOOST_CHECK(FindContradictions(profile) == Contradictions());
      profile = SampleProgram(seed).RunWithoutContexts();
    }
  }
}

// Also of programs with recursion of every kind.
BOOST_AUTO_TEST_CASE(WhatIsNotMarkedAsEstimatedIsExact) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    for (const auto filter : {Focus, Ignore}) {
      Profile exact = RandomTrace(seed), estimate = RandomTrace(seed);
      estimate.contexts.reset();
      const auto chosen = Named(exact, RandomNames(seed));
      filter(exact, chosen);
      filter(estimate, chosen);
      CheckMarks(exact, estimate);
    }
  }
}

// Where callers do make a difference: rounding enters nothing.
BOOST_AUTO_TEST_CASE(OnlyWhatCameFromOutsideStillDoes) {
  const auto entered = [](const Profile& profile) {
    std::set<FunctionKey> names;
    for (const EntryCall& entry : FindEntryCalls(profile).calls) {
      names.insert(KeyOf(profile, entry.callee));
    }
    return names;
  };
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    for (const auto filter : {Focus, Ignore}) {
      Profile profile = RandomTrace(seed);
      profile.contexts.reset();
      const auto before = entered(profile);
      filter(profile, Named(profile, RandomNames(seed)));
      BOOST_TEST(profile.Check() == "");
      for (const FunctionKey& f : entered(profile)) {
        BOOST_TEST(before.contains(f));
      }
    }
  }
}

// main ─ a ─ hub ─ f, main ─ b ─ hub
Profile TwoWays() {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {110});
  const FunctionId a = p.Add("a", {1, 1}, {5}, {65});
  const FunctionId b = p.Add("b", {1, 1}, {15}, {35});
  const FunctionId hub = p.Add("hub", {4, 4}, {40}, {80});
  const FunctionId f = p.Add("f", {8, 8}, {40}, {40});
  p.Call(main, a, {1, 1}, {65}, {5});
  p.Call(main, b, {1, 1}, {35}, {15});
  p.Call(a, hub, {3, 3}, {60}, {30});
  p.Call(b, hub, {1, 1}, {20}, {10});
  p.Call(hub, f, {8, 8}, {40}, {40});
  return p.Build();
}

BOOST_AUTO_TEST_CASE(WhatComesThroughAChosenFunctionIsAPartOfItsCallees) {
  Profile profile = TwoWays();
  Focus(profile, Named(profile, {"b"}));
  BOOST_TEST(Text(profile) ==
             "main: 0 of 35\n"
             "b: 15 of 35\n"
             "hub: 10 of 20\n"
             "f: 10 of 10\n"
             "main -> b @0: 1 calls, 15 of 35\n"
             "b -> hub @0: 1 calls, 10 of 20\n"
             "hub -> f @0: about 2 calls, 10 of 10\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kEstimated);
  BOOST_CHECK(profile.provenance.events[0].inclusive == Origin::kEstimated);
  BOOST_CHECK(profile.provenance.counts == Origin::kEstimated);
  BOOST_TEST(CountOf(profile, "with and without the chosen") == 3);
}

BOOST_AUTO_TEST_CASE(WhatDoesNotComeThroughAChosenFunctionIsTheRest) {
  Profile profile = TwoWays();
  Ignore(profile, Named(profile, {"b"}));
  BOOST_TEST(Text(profile) ==
             "main: 10 of 75\n"
             "a: 5 of 65\n"
             "hub: 30 of 60\n"
             "f: 30 of 30\n"
             "main -> a @0: 1 calls, 5 of 65\n"
             "a -> hub @0: 3 calls, 30 of 60\n"
             "hub -> f @0: about 6 calls, 30 of 30\n");
}

BOOST_AUTO_TEST_CASE(CallersKeepWhatLeadsToAChosenFunction) {
  Profile profile = TwoWays();
  Focus(profile, Named(profile, {"f"}));
  BOOST_TEST(Text(profile) ==
             "main: 0 of 40\n"
             "a: 0 of 30\n"
             "b: 0 of 10\n"
             "hub: 0 of 40\n"
             "f: 40 of 40\n"
             "main -> a @0: about 1 calls, 0 of 30\n"
             "main -> b @0: about 1 calls, 0 of 10\n"
             "a -> hub @0: about 3 calls, 0 of 30\n"
             "b -> hub @0: about 1 calls, 0 of 10\n"
             "hub -> f @0: 8 calls, 40 of 40\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kMeasured);
  BOOST_CHECK(profile.provenance.counts == Origin::kMeasured);
}

BOOST_AUTO_TEST_CASE(FocusOnTheRootChangesNothing) {
  Profile profile = TwoWays();
  Focus(profile, Named(profile, {"main"}));
  BOOST_CHECK(ContentsOf(profile) == ContentsOf(TwoWays()));
  BOOST_TEST(profile.provenance.oddities.empty());
}

BOOST_AUTO_TEST_CASE(WhatCameFromOutsideIsOnNoChosenStack) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {30});
  const FunctionId f = p.Add("f", {4, 4}, {40}, {40});
  p.Call(main, f, {3, 3}, {30}, {30});
  Profile profile = p.Build();
  Focus(profile, Named(profile, {"main"}));
  BOOST_TEST(Text(profile) ==
             "main: 0 of 30\n"
             "f: 30 of 30\n"
             "main -> f @0: 3 calls, 30 of 30\n");
}

// ping and pong call each other; a calls ping, b calls pong.
BOOST_AUTO_TEST_CASE(FunctionsOfACycleShareWhatEntersIt) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {1, 1}, {0}, {60});
  const FunctionId b = p.Add("b", {1, 1}, {0}, {30});
  const FunctionId ping = p.Add("ping", {5, 1}, {60}, {75});
  const FunctionId pong = p.Add("pong", {5, 1}, {30}, {45});
  p.Call(a, ping, {1, 1}, {60}, {30});
  p.Call(b, pong, {1, 1}, {30}, {15});
  p.Call(ping, pong, {4, 0}, {45}, {15});
  p.Call(pong, ping, {4, 0}, {45}, {30});
  Profile profile = p.Build();
  Focus(profile, Named(profile, {"a"}));
  BOOST_TEST(Text(profile) ==
             "a: 0 of 60\n"
             "ping: 40 of 50\n"
             "pong: 20 of 30\n"
             "a -> ping @0: 1 calls, 30 of 60\n"
             "ping -> pong @0: about 2 calls, 10 of 30\n"
             "pong -> ping @0: about 2 calls, 20 of 30\n");
}

BOOST_AUTO_TEST_CASE(RecursionLeadsNowhereElse) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {90});
  const FunctionId r = p.Add("r", {3, 1}, {30}, {90});
  const FunctionId f = p.Add("f", {3, 3}, {60}, {60});
  p.Call(main, r, {1, 1}, {90}, {10});
  p.Call(r, r, {2, 0}, {60}, {20});
  p.Call(r, f, {3, 3}, {60}, {60});
  Profile profile = p.Build();
  Focus(profile, Named(profile, {"f"}));
  BOOST_TEST(Text(profile) ==
             "main: 0 of 60\n"
             "r: 0 of 60\n"
             "f: 60 of 60\n"
             "main -> r @0: about 1 calls, 0 of 60\n"
             "r -> r @0: about 2 calls, 0 of 40\n"
             "r -> f @0: 3 calls, 60 of 60\n");
}

BOOST_AUTO_TEST_CASE(CostsBeyondTheLimitsDoNotOverflow) {
  for (const int64_t cost : {INT64_MAX, INT64_MIN}) {
    for (const auto filter : {Focus, Ignore}) {
      SampleProfile p;
      const CallCounts counts{INT64_MAX, INT64_MAX};
      for (size_t f = 0; f < 5; ++f) {
        p.Add(std::to_string(f), counts, {cost}, {cost});
      }
      for (size_t f = 0; f < 5; ++f) {
        for (size_t g = 0; g < 5; ++g) {
          p.Call(FunctionId(f), FunctionId(g), counts, {cost}, {cost});
        }
      }
      Profile profile = p.Build();
      filter(profile, {false, true, false, true, false});
      BOOST_TEST(profile.Check() == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(ACycleOfTenThousandFunctionsIsShared) {
  constexpr size_t kMany = 10'000;
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {3 * kMany});
  const FunctionId other = p.Add("other", {1, 1}, {0}, {kMany});
  for (uint32_t i = 0; i < kMany; ++i) {
    p.Add("member", "", i, {i == 0 ? 3 : 1, 1}, {4}, {4 * kMany});
  }
  for (uint32_t i = 0; i < kMany; ++i) {
    p.Call(FunctionId(2 + i), FunctionId(2 + (i + 1) % kMany), {1, 0},
           {4 * kMany}, {4});
  }
  p.Call(main, FunctionId(2), {1, 1}, {3 * kMany}, {0});
  p.Call(other, FunctionId(2), {1, 1}, {kMany}, {0});
  Profile profile = p.Build();
  Focus(profile, Named(profile, {"main"}));
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.size() == 1 + kMany);
  BOOST_TEST(profile.graph.self.Totals()[0] == 3 * kMany);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
