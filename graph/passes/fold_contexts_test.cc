#include "graph/passes/fold_contexts.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

Profile Folded(SampleStacks& stacks) {
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(profile.Check() == "");
  return profile;
}

// "a: 1 of 6" for self and inclusive cost, "a -> b @3: 1 of 5" for calls, with
// the counts in front of where there are any: "2/1 calls, 1 of 5".
std::string Show(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  std::string text;
  const auto add = [&](CallCounts counts, int64_t self, int64_t inclusive) {
    if (counts.total != 0) {
      text += std::to_string(counts.total) + "/" +
              std::to_string(counts.primitive) + " calls, ";
    }
    text += std::to_string(self) + " of " + std::to_string(inclusive) + "\n";
  };
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    text += std::string(profile.Name(FunctionId(f))) + ": ";
    add(graph.counts[f], graph.self[f][0], graph.inclusive[f][0]);
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    text += std::string(profile.Name(call.caller)) + " -> " +
            std::string(profile.Name(call.callee)) + " @" +
            std::to_string(call.line) + ": ";
    add(call.counts, graph.call_self[c][0], graph.call_inclusive[c][0]);
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(FoldedContexts)

BOOST_AUTO_TEST_CASE(FiguresAreThoseOfEachStackOnItsOwn) {
  for (const bool has_calls : {false, true}) {
    for (uint32_t seed = 0; seed < 500; ++seed) {
      SampleStacks stacks(TimeAndBytes());
      AddRandomStacks(stacks, seed, has_calls);
      const Profile profile = Folded(stacks);
      const Contents found = Sorted(ContentsOf(profile));
      const Contents expected = stacks.model().Sum();
      BOOST_CHECK(found.functions == expected.functions);
      BOOST_CHECK(found.calls == expected.calls);
      BOOST_CHECK(found.contexts == expected.contexts);
    }
  }
}

// Stacks whose lines nobody knew have one call of each caller and callee.
BOOST_AUTO_TEST_CASE(JoinedCallsAreThoseOfStacksWithoutLines) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, seed % 2 == 0);
    StackModel model;
    const Contents contents = stacks.model().Sum();
    for (auto [stack, figures] : *contents.contexts) {
      for (auto& [function, line] : stack) line = 0;
      model.Add(stack, figures.self, figures.calls);
    }
    Profile profile = stacks.Build();
    FoldContexts(profile, CallSites::kJoined);
    for (Call& call : profile.graph.calls) call.line = 0;
    const Contents found = Sorted(ContentsOf(profile));
    BOOST_CHECK(found.functions == model.Sum().functions);
    BOOST_CHECK(found.calls == model.Sum().calls);
  }
}

BOOST_AUTO_TEST_CASE(AJoinedCallFromOneLineKeepsIt) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 3}, {"g", 7}}, {1});
  stacks.Add({{"main"}, {"f", 4}, {"g", 7}}, {10});
  Profile profile = stacks.Build();
  FoldContexts(profile, CallSites::kJoined);
  BOOST_TEST(Show(profile) ==
             "main: 0 of 11\n"
             "f: 0 of 11\n"
             "g: 11 of 11\n"
             "main -> f @0: 0 of 11\n"
             "f -> g @7: 11 of 11\n");
}

BOOST_AUTO_TEST_CASE(FiguresDoNotContradictEachOther) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, seed % 2 == 0);
    const Profile profile = Folded(stacks);
    BOOST_CHECK(FindContradictions(profile) == Contradictions());
    BOOST_TEST(profile.graph.self.Totals() == profile.contexts->self.Totals());
  }
}

BOOST_AUTO_TEST_CASE(StacksThatShareTheirBeginningAddUp) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 3}, {"g", 7}}, {1});
  stacks.Add({{"main"}, {"f", 3}}, {10});
  stacks.Add({{"main"}, {"f", 4}, {"g", 7}}, {100});
  stacks.Add({{"g"}}, {1000});
  BOOST_TEST(Show(Folded(stacks)) ==
             "main: 0 of 111\n"
             "f: 10 of 111\n"
             "g: 1101 of 1101\n"
             "main -> f @3: 10 of 11\n"
             "f -> g @7: 101 of 101\n"
             "main -> f @4: 0 of 100\n");
}

BOOST_AUTO_TEST_CASE(ARecursiveFunctionHasEachCostOnce) {
  SampleStacks stacks;
  stacks.Add({{"f"}, {"f", 1}, {"f", 1}, {"g", 2}, {"f", 3}, {"g", 2}}, {5});
  BOOST_TEST(Show(Folded(stacks)) ==
             "f: 0 of 5\n"
             "g: 5 of 5\n"
             "f -> f @1: 0 of 5\n"
             "f -> g @2: 5 of 5\n"
             "g -> f @3: 0 of 5\n");
}

BOOST_AUTO_TEST_CASE(PrimitiveCallsAreThoseOfWhatStandsNoHigher) {
  SampleStacks stacks;
  stacks.Add({{"main"}}, {0}, 1);
  stacks.Add({{"main"}, {"f", 1}}, {1}, 2);
  stacks.Add({{"main"}, {"f", 1}, {"f", 5}}, {10}, 4);
  stacks.Add({{"main"}, {"f", 1}, {"f", 5}, {"main", 6}}, {100}, 8);
  BOOST_TEST(Show(Folded(stacks)) ==
             "main: 9/1 calls, 100 of 111\n"
             "f: 6/2 calls, 11 of 111\n"
             "main -> f @1: 2/2 calls, 1 of 111\n"
             "f -> f @5: 4/4 calls, 10 of 110\n"
             "f -> main @6: 8/8 calls, 100 of 100\n");
}

BOOST_AUTO_TEST_CASE(OriginsSayWhatFollowsFromWhat) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"main"}, {"f"}}, {1, 2});
  Profile profile = stacks.Build();
  profile.provenance.events[1].self = Origin::kEstimated;
  FoldContexts(profile);
  const Provenance& provenance = profile.provenance;
  BOOST_CHECK(provenance.events[0].self == Origin::kMeasured);
  for (const auto column :
       {&Provenance::Columns::inclusive, &Provenance::Columns::call_inclusive,
        &Provenance::Columns::call_self}) {
    BOOST_CHECK(provenance.events[0].*column == Origin::kDerived);
    BOOST_CHECK(provenance.events[1].*column == Origin::kEstimated);
  }
  BOOST_CHECK(provenance.counts == Origin::kAbsent);
  BOOST_CHECK(provenance.call_counts == Origin::kAbsent);

  profile.contexts->contexts[1].calls = 1;
  FoldContexts(profile);
  BOOST_CHECK(provenance.counts == Origin::kDerived);
  BOOST_CHECK(provenance.call_counts == Origin::kDerived);
}

BOOST_AUTO_TEST_CASE(CountsThatAreNotOfContextsStay) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f"}}, {1});
  Profile profile = stacks.Build();
  profile.graph.counts[1] = {5, 5};
  FoldContexts(profile);
  BOOST_CHECK((profile.graph.counts[1] == CallCounts{5, 5}));
}

BOOST_AUTO_TEST_CASE(FoldingAgainChangesNothing) {
  SampleStacks stacks(TimeAndBytes());
  AddRandomStacks(stacks, 1);
  Profile profile = Folded(stacks);
  const Contents once = ContentsOf(profile);
  FoldContexts(profile);
  BOOST_CHECK(ContentsOf(profile) == once);
}

BOOST_AUTO_TEST_CASE(NoStackIsFoldedToNothing) {
  SampleStacks stacks;
  const Profile profile = Folded(stacks);
  BOOST_TEST(profile.functions.empty());
  BOOST_TEST(profile.graph.calls.empty());
}

// Whatever is done for each frame of a stack, over all of it, would take hours.
BOOST_AUTO_TEST_CASE(DeepStacksAndLongCyclesTakeLinearTime) {
  constexpr int kCycle = 10'000;
  std::vector<std::string> names;
  for (int i = 0; i < kCycle; ++i) names.push_back("f" + std::to_string(i));
  SampleStacks::Costs one = {1};
  ProfileBuilder builder(EventSet({{"samples", "Samples", Unit::kCount}}));
  ContextTreeBuilder tree(1);
  ContextId context;
  constexpr int kFrames = 1'000'000;
  for (int i = 0; i < kFrames; ++i) {
    const FunctionId f = builder.AddFunction(
        {builder.Intern(names[i % kCycle]), StringId(0), StringId(0), 0});
    context = tree.Enter(context, f, 1);
    tree.AddSelf(context, one);
  }
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  FoldContexts(profile);
  BOOST_TEST(profile.graph.calls.size() == kCycle);
  for (const int f : {0, 1, kCycle - 1}) {
    BOOST_TEST(profile.graph.self[f][0] == kFrames / kCycle);
    BOOST_TEST(profile.graph.inclusive[f][0] == kFrames - f);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
