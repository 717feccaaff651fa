#include "graph/passes/hide.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/passes/filter_test_support.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

// The stack without those frames; a call out of hidden ones is made where the
// first of them was called.
ContextKey WithoutFrames(const ContextKey& stack, const Names& names) {
  ContextKey rest;
  bool was_hidden = false;
  uint32_t line = 0;
  for (const auto& [function, call_site] : stack) {
    if (!was_hidden) line = call_site;
    was_hidden = names.contains(std::get<0>(function));
    if (!was_hidden) rest.emplace_back(function, line);
  }
  return rest;
}

// Each stack on its own.
Contents HideInStacks(const Profile& profile, const Names& names) {
  StackModel model;
  const Contents contents = ContentsOf(profile);
  for (const auto& [stack, figures] : *contents.contexts) {
    const ContextKey rest = WithoutFrames(stack, names);
    if (rest.empty()) continue;
    const std::string& last = std::get<0>(stack.back().first);
    model.Add(rest, figures.self, names.contains(last) ? 0 : figures.calls);
  }
  return model.Sum();
}

std::string Oddities(const Profile& profile) {
  std::string lines;
  for (const Oddity& oddity : profile.provenance.oddities) {
    lines += oddity.Text() + "\n";
  }
  return lines;
}

BOOST_AUTO_TEST_CASE(EachStackLosesTheHiddenFrames) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    Profile profile = RandomStacks(seed);
    const auto names = RandomNames(seed);
    const Contents expected = HideInStacks(profile, names);
    Hide(profile, Named(profile, names));
    BOOST_TEST(profile.Check() == "");
    const Contents found = Sorted(ContentsOf(profile));
    BOOST_CHECK(found.functions == expected.functions);
    BOOST_CHECK(found.calls == expected.calls);
    BOOST_CHECK(found.contexts == expected.contexts);
    BOOST_CHECK(FindContradictions(profile) == Contradictions());
  }
}

BOOST_AUTO_TEST_CASE(WhatIsLeftOutIsNoted) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"main"}, {"f", 3}}, {1, 0});
  stacks.Add({{"f"}}, {10, 0});
  stacks.Add({{"f"}, {"f"}}, {100, 0});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  Hide(profile, Named(profile, {"f"}));
  BOOST_TEST(profile.graph.self.Totals() == (std::vector<int64_t>{1, 0}));
  BOOST_TEST(Oddities(profile) ==
             "110 ns of hidden functions that nobody visible called: left "
             "out\n");
  BOOST_CHECK(profile.provenance.events[0].self == Origin::kDerived);
}

BOOST_AUTO_TEST_CASE(TotalsAndNoteMakeUpTheWhole) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile profile = RandomStacks(seed);
    const std::vector<int64_t> before = profile.graph.self.Totals();
    Hide(profile, Named(profile, RandomNames(seed)));
    const std::vector<int64_t> after = profile.graph.self.Totals();
    std::string expected;
    for (size_t e = 0; e < before.size(); ++e) {
      if (before[e] == after[e]) continue;
      expected += std::to_string(before[e] - after[e]) +
                  (e == 0 ? " ns" : " bytes") +
                  " of hidden functions that nobody visible called: left out\n";
    }
    BOOST_TEST(Oddities(profile) == expected);
  }
}

BOOST_AUTO_TEST_CASE(HidingNothingChangesNothing) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    for (const bool has_contexts : {false, true}) {
      Profile profile =
          has_contexts ? RandomStacks(seed) : RandomProfile(9, 50, seed);
      const Contents before = ContentsOf(profile);
      Hide(profile, Named(profile, {}));
      BOOST_CHECK(ContentsOf(profile) == before);
      Show(profile, std::vector<bool>(profile.functions.size(), true));
      BOOST_CHECK(ContentsOf(profile) == before);
      BOOST_CHECK(profile.provenance.oddities.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(OneAfterTheOtherIsBothAtOnce) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const auto first = RandomNames(seed);
    const auto second = RandomNames(seed + 1);
    Profile in_turn = RandomStacks(seed);
    Hide(in_turn, Named(in_turn, first));
    Hide(in_turn, Named(in_turn, second));
    Profile at_once = RandomStacks(seed);
    auto both = first;
    both.insert(second.begin(), second.end());
    Hide(at_once, Named(at_once, both));
    BOOST_CHECK(Sorted(ContentsOf(in_turn)) == Sorted(ContentsOf(at_once)));
  }
}

BOOST_AUTO_TEST_CASE(ShownFunctionsAreThoseNotHidden) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    Profile shown = RandomStacks(seed), hidden = RandomStacks(seed);
    Show(shown, Named(shown, {"a", "c"}));
    Hide(hidden, Named(hidden, {"b", "d", "e"}));
    BOOST_CHECK(ContentsOf(shown) == ContentsOf(hidden));
  }
}

BOOST_AUTO_TEST_CASE(CountsGoWithTheContextsThatHadThem) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 1}}, {5}, 3);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  profile.graph.counts[0] = {7, 7};
  Hide(profile, Named(profile, {"f"}));
  BOOST_TEST(profile.Check() == "");
  BOOST_REQUIRE_EQUAL(profile.functions.size(), 1);
  BOOST_CHECK(profile.graph.counts[0] == CallCounts());
}

BOOST_AUTO_TEST_CASE(HidingAllLeavesAnEmptyProfile) {
  Profile profile = RandomStacks(5);
  Show(profile, Named(profile, {}));
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.empty());
  BOOST_TEST(profile.contexts->contexts.empty());
}

BOOST_AUTO_TEST_CASE(AStackOfAHundredThousandFramesIsHidden) {
  constexpr uint32_t kDepth = 100'000;
  for (const bool has_contexts : {false, true}) {
    Profile profile = DeepStack(kDepth);
    if (!has_contexts) profile.contexts.reset();
    std::vector<bool> shown(kDepth);
    shown[0] = shown[kDepth / 2] = true;
    Show(profile, shown);
    BOOST_TEST(profile.Check() == "");
    BOOST_REQUIRE_EQUAL(profile.functions.size(), 2);
    BOOST_TEST(profile.graph.self[0][0] == kDepth / 2);
    BOOST_TEST(profile.graph.inclusive[1][1] == kDepth);
    BOOST_TEST(profile.graph.calls.size() == 1);
    BOOST_TEST(!profile.provenance.IsEstimated(0));
  }
}

}  // namespace
}  // namespace prof2cg
