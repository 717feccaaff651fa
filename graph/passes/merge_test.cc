#include "graph/passes/merge.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

template <class... Profiles>
Profile MergeAll(const Profiles&... profiles) {
  Merger merger;
  (merger.Add(profiles), ...);
  return std::move(merger).Merge();
}

// Small and on few lines, so that two of them have much in common.
Profile SomeProfile(uint32_t seed) { return RandomProfile(6, 100, seed, 2); }

Profile EmptyProfile() { return SampleProfile(TimeAndBytes()).Build(); }

// Sums by key, the obvious way.
class Model {
 public:
  explicit Model(const std::vector<const Profile*>& profiles) {
    for (const Profile* profile : profiles) {
      const Contents contents = ContentsOf(*profile);
      for (const auto& [key, figures] : contents.functions) {
        FunctionFigures& sum = functions_[key];
        sum.counts += figures.counts;
        AddUp(sum.self, figures.self);
        AddUp(sum.inclusive, figures.inclusive);
      }
      for (const auto& [key, figures] : contents.calls) {
        CallFigures& sum = calls_[key];
        sum.counts += figures.counts;
        AddUp(sum.self, figures.self);
        AddUp(sum.inclusive, figures.inclusive);
        sum.is_estimated |= figures.is_estimated;
      }
    }
  }

  Contents Sum() const {
    return {{functions_.begin(), functions_.end()},
            {calls_.begin(), calls_.end()}};
  }

 private:
  static void AddUp(Costs& sum, const Costs& more) {
    sum.resize(more.size());
    for (size_t e = 0; e < more.size(); ++e) sum[e] += more[e];
  }

  std::map<FunctionKey, FunctionFigures> functions_;
  std::map<CallKey, CallFigures> calls_;
};

BOOST_AUTO_TEST_SUITE(MergedFigures)

BOOST_AUTO_TEST_CASE(FiguresAreSumsByFunctionAndByCall) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile a = SomeProfile(3 * seed);
    const Profile b = SomeProfile(3 * seed + 1);
    const Profile c = SomeProfile(3 * seed + 2);
    const Profile merged = MergeAll(a, b, c);
    BOOST_TEST(merged.Check() == "");
    const Contents found = Sorted(ContentsOf(merged));
    const Contents expected = Model({&a, &b, &c}).Sum();
    BOOST_CHECK(found.functions == expected.functions);
    BOOST_CHECK(found.calls == expected.calls);
    // Else this would test little.
    BOOST_TEST(merged.functions.size() < 3 * a.functions.size());
    BOOST_TEST(merged.graph.calls.size() < a.graph.calls.size() +
                                               b.graph.calls.size() +
                                               c.graph.calls.size());
  }
}

BOOST_AUTO_TEST_CASE(GroupingMakesNoDifference) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile a = SomeProfile(3 * seed);
    const Profile b = SomeProfile(3 * seed + 1);
    const Profile c = SomeProfile(3 * seed + 2);
    const Contents at_once = ContentsOf(MergeAll(a, b, c));
    BOOST_CHECK(ContentsOf(MergeAll(MergeAll(a, b), c)) == at_once);
    BOOST_CHECK(ContentsOf(MergeAll(a, MergeAll(b, c))) == at_once);
  }
}

BOOST_AUTO_TEST_CASE(OrderOfProfilesChangesTheOrderOfRowsAlone) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile a = SomeProfile(2 * seed);
    const Profile b = SomeProfile(2 * seed + 1);
    BOOST_CHECK(Sorted(ContentsOf(MergeAll(a, b))) ==
                Sorted(ContentsOf(MergeAll(b, a))));
  }
}

BOOST_AUTO_TEST_CASE(TotalsAreTheSumsOfTotals) {
  const auto add = [](Costs a, const Costs& b) {
    for (size_t e = 0; e < a.size(); ++e) a[e] += b[e];
    return a;
  };
  const Profile a = SomeProfile(1), b = SomeProfile(2);
  const Profile merged = MergeAll(a, b);
  for (const auto table : {&CallGraph::self, &CallGraph::inclusive,
                           &CallGraph::call_self, &CallGraph::call_inclusive}) {
    BOOST_TEST((merged.graph.*table).Totals() ==
               add((a.graph.*table).Totals(), (b.graph.*table).Totals()));
  }
}

BOOST_AUTO_TEST_CASE(OneProfileStaysAsItIs) {
  const Profile profile = SomeProfile(1);
  BOOST_CHECK(ContentsOf(MergeAll(profile)) == ContentsOf(profile));
}

BOOST_AUTO_TEST_CASE(EmptyProfileChangesNothing) {
  const Profile profile = SomeProfile(1);
  const Contents contents = ContentsOf(profile);
  BOOST_CHECK(ContentsOf(MergeAll(profile, EmptyProfile())) == contents);
  BOOST_CHECK(ContentsOf(MergeAll(EmptyProfile(), profile)) == contents);
  BOOST_TEST(MergeAll(EmptyProfile(), EmptyProfile()).functions.empty());
}

BOOST_AUTO_TEST_CASE(FiguresOfZeroAddRowsButNoFigures) {
  SampleProfile idle(TimeAndBytes());
  const FunctionId f = idle.Add("idle", {}, {0, 0}, {0, 0});
  idle.Call(f, f, {}, {0, 0}, {0, 0});
  const Profile profile = SomeProfile(1);
  const Contents merged = ContentsOf(MergeAll(profile, idle.Build()));
  Contents expected = ContentsOf(profile);
  const FunctionKey key{"idle", "app.py", "", 1};
  const Costs none{0, 0};
  expected.functions.push_back({key, {{}, none, none}});
  expected.calls.push_back({{key, key, 0}, {{}, none, none, false}});
  BOOST_CHECK(merged == expected);
}

BOOST_AUTO_TEST_CASE(SumsBeyondTheLimitsAreTheLimits) {
  const auto hostile = [] {
    SampleProfile sample;
    const FunctionId f =
        sample.Add("f", {INT64_MAX, INT64_MAX}, {INT64_MAX}, {INT64_MIN});
    sample.Call(f, f, {INT64_MAX, INT64_MAX}, {INT64_MIN}, {INT64_MAX});
    return sample.Build();
  };
  BOOST_CHECK(ContentsOf(MergeAll(hostile(), hostile())) ==
              ContentsOf(hostile()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MergedContexts)

Profile OfStacks(uint32_t seed) {
  SampleStacks stacks(TimeAndBytes());
  AddRandomStacks(stacks, seed, true);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_CASE(MergedProfilesAreThatOfAllTheirStacks) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    SampleStacks all(TimeAndBytes());
    for (const uint32_t i : {0u, 1u, 2u}) AddRandomStacks(all, seed + i, true);
    Profile expected = all.Build();
    FoldContexts(expected);
    const Profile merged =
        MergeAll(OfStacks(seed), OfStacks(seed + 1), OfStacks(seed + 2));
    BOOST_TEST(merged.Check() == "");
    BOOST_CHECK(Sorted(ContentsOf(merged)) == Sorted(ContentsOf(expected)));
  }
}

BOOST_AUTO_TEST_CASE(FoldingTheMergedContextsChangesNothing) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    Profile merged = MergeAll(OfStacks(seed), OfStacks(seed + 1));
    const Contents before = Sorted(ContentsOf(merged));
    FoldContexts(merged);
    BOOST_CHECK(Sorted(ContentsOf(merged)) == before);
  }
}

BOOST_AUTO_TEST_CASE(GroupingAndOrderMakeNoDifference) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile a = OfStacks(seed);
    const Profile b = OfStacks(seed + 1);
    const Profile c = OfStacks(seed + 2);
    const Contents at_once = ContentsOf(MergeAll(a, b, c));
    BOOST_CHECK(ContentsOf(MergeAll(MergeAll(a, b), c)) == at_once);
    BOOST_CHECK(ContentsOf(MergeAll(a, MergeAll(b, c))) == at_once);
    BOOST_CHECK(Sorted(ContentsOf(MergeAll(c, a, b))) == Sorted(at_once));
  }
}

// A profile of threads of those names, each of which called f once.
Profile OfThreads(const std::vector<std::string>& names) {
  SampleStacks stacks;
  stacks.Add({{"f"}}, {0});
  Profile profile = stacks.Build();
  profile.contexts.reset();
  ContextTreeBuilder tree(1);
  for (uint32_t thread = 0; thread < names.size(); ++thread) {
    profile.threads.push_back(profile.strings.Intern(names[thread]));
    const ContextId root = tree.Enter(ContextId(), FunctionId(0), 0, thread);
    tree.AddCalls(root, 1);
    tree.AddSizes({root, 16, 10});
  }
  profile.contexts = std::move(tree).Build();
  FoldContexts(profile);
  BOOST_TEST(profile.Check() == "");
  return profile;
}

// "main: 1 call, 10 blocks" for each thread.
std::string ShowThreads(const Profile& profile) {
  BOOST_TEST(profile.Check() == "");
  std::string text;
  const ContextTree& tree = *profile.contexts;
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const StringId name = profile.threads[tree.contexts[row].thread];
    text += std::string(profile.strings[name]) + ": " +
            std::to_string(tree.contexts[row].calls) + " calls, " +
            std::to_string(tree.sizes[row].blocks) + " blocks\n";
  }
  return text;
}

BOOST_AUTO_TEST_CASE(ThreadsOfANameAddUpInTheirOrder) {
  BOOST_TEST(ShowThreads(MergeAll(OfThreads({"main", "worker", "worker"}),
                                  OfThreads({"worker", "main", "other"}))) ==
             "main: 2 calls, 20 blocks\n"
             "worker: 2 calls, 20 blocks\n"
             "worker: 1 calls, 10 blocks\n"
             "other: 1 calls, 10 blocks\n");
}

BOOST_AUTO_TEST_CASE(AProfileWithoutThreadsIsAThreadWithoutAName) {
  BOOST_TEST(OfStacks(1).threads.empty());
  BOOST_TEST(MergeAll(OfStacks(1), OfStacks(2)).threads.empty());
  Profile without = OfThreads({"main"});
  without.threads.clear();
  const Profile merged = MergeAll(without, OfThreads({"main"}));
  BOOST_TEST(merged.Check() == "");
  BOOST_REQUIRE_EQUAL(merged.threads.size(), 2);
  BOOST_TEST(merged.strings[merged.threads[0]] == "");
  BOOST_TEST(merged.strings[merged.threads[1]] == "main");
}

// The sum of some contexts would look like that of all.
BOOST_AUTO_TEST_CASE(ContextsOfSomeInputsAreLeftOutAndSaidSo) {
  const Profile with = OfStacks(1);
  const Profile without = SomeProfile(1);
  const auto note = [](const Profile& profile) {
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(!profile.contexts);
    const auto& oddities = profile.provenance.oddities;
    return oddities.empty() ? "" : oddities[0].Text();
  };
  constexpr char kOne[] =
      "1 input has no stacks: those of the others are left out";
  BOOST_TEST(note(MergeAll(with, without)) == kOne);
  BOOST_TEST(note(MergeAll(without, with)) == kOne);
  BOOST_TEST(note(MergeAll(without, with, without)) ==
             "2 inputs have no stacks: those of the others are left out");
  BOOST_TEST(note(MergeAll(without, without)) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MergedProfile)

// main, called once, calls f: its costs are estimated where `is_estimated`.
Profile MainAndF(bool is_estimated) {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {1, 1}, {10}, {30});
  const FunctionId f = sample.Add("f", {2, 2}, {20}, {20});
  sample.Call(main, f, {2, 2}, {20}, {20});
  if (is_estimated) sample.MarkEstimated();
  sample.Call(main, f, {0, 0}, {0}, {0}, 7);
  return sample.Build();
}

BOOST_AUTO_TEST_CASE(SumWithAnEstimatedCallIsMarkedAsEstimated) {
  for (const bool first : {false, true}) {
    for (const bool second : {false, true}) {
      const Profile merged = MergeAll(MainAndF(first), MainAndF(second));
      BOOST_TEST(merged.provenance.IsEstimated(0) == (first || second));
      BOOST_TEST(!merged.provenance.IsEstimated(1));
    }
  }
}

// What only some inputs tell would look like a sum of all of them.
BOOST_AUTO_TEST_CASE(SelfCostsOfCallsAreToldOnlyIfAllInputsTellThem) {
  const auto without = [] {
    Profile profile = MainAndF(false);
    profile.graph.call_self = CostTable(1);
    profile.provenance.events[0].call_self = Origin::kAbsent;
    return profile;
  };
  const auto self_rows = [](const Profile& profile) {
    BOOST_TEST(profile.Check() == "");
    return profile.graph.call_self.rows();
  };
  BOOST_TEST(self_rows(MergeAll(MainAndF(false), MainAndF(false))) == 2);
  BOOST_TEST(self_rows(MergeAll(without())) == 0);
  BOOST_TEST(self_rows(MergeAll(without(), without())) == 0);
  BOOST_TEST(self_rows(MergeAll(without(), MainAndF(false))) == 0);
  BOOST_TEST(self_rows(MergeAll(MainAndF(false), without())) == 0);
}

BOOST_AUTO_TEST_CASE(ColumnIsAsUncertainAsItsLeastCertainInput) {
  using enum Origin;
  struct {
    Origin a, b, merged;
  } const rows[] = {
      {kMeasured, kMeasured, kMeasured},   {kMeasured, kDerived, kDerived},
      {kMeasured, kEstimated, kEstimated}, {kDerived, kEstimated, kEstimated},
      {kMeasured, kAbsent, kAbsent},       {kEstimated, kAbsent, kAbsent},
  };
  const auto with = [](Origin origin) {
    Profile profile = MainAndF(false);
    profile.provenance.events[0] = {origin, origin, origin, origin};
    profile.provenance.counts = profile.provenance.call_counts = origin;
    return profile;
  };
  const auto check = [&](const Profile& merged, Origin expected) {
    const Provenance& p = merged.provenance;
    const Provenance::Columns& event = p.events[0];
    for (const Origin origin :
         {event.self, event.inclusive, event.call_inclusive, event.call_self,
          p.counts, p.call_counts}) {
      BOOST_CHECK(origin == expected);
    }
  };
  for (const auto& [a, b, merged] : rows) {
    check(MergeAll(with(a), with(b)), merged);
    check(MergeAll(with(b), with(a)), merged);
  }
}

BOOST_AUTO_TEST_CASE(OdditiesAndLossesAddUp) {
  const auto odd = [](int64_t times, int64_t lost) {
    Profile profile = MainAndF(false);
    profile.provenance.Note("call is odd", "calls are odd", times);
    profile.provenance.lost = lost;
    return profile;
  };
  const Profile merged = MergeAll(odd(2, 10), odd(0, 0), odd(3, 7));
  BOOST_REQUIRE_EQUAL(merged.provenance.oddities.size(), 1);
  BOOST_TEST(merged.provenance.oddities[0].Text() == "5 calls are odd");
  BOOST_TEST(merged.provenance.lost == 17);
}

BOOST_AUTO_TEST_CASE(CommandAndNamingAreThoseOfTheFirst) {
  Profile a = MainAndF(false), b = MainAndF(false);
  a.command = "app.py";
  b.command = "test.py";
  a.naming = Naming::kFileName;
  BOOST_TEST(MergeAll(a, b).command == "app.py");
  BOOST_TEST((MergeAll(a, b).naming == Naming::kFileName));
}

// Of files that say what they like.
BOOST_AUTO_TEST_CASE(CostsAreSharedOutByTheRuleThatAllInputsHave) {
  Profile counts = SomeProfile(1);
  counts.share_by = ShareBy::kCallCounts;
  const Profile costs = SomeProfile(2);
  BOOST_CHECK(MergeAll(counts, counts).share_by == ShareBy::kCallCounts);
  BOOST_CHECK(MergeAll(counts, costs).share_by == ShareBy::kCallCosts);
  BOOST_CHECK(MergeAll(costs, counts).share_by == ShareBy::kCallCosts);
}

BOOST_AUTO_TEST_CASE(WhatInputsHaveLostAddsUpAndDoesNotOverflow) {
  Profile profile = EmptyProfile();
  profile.provenance.lost = 5;
  profile.provenance.Note("row", "rows", INT64_MAX - 1);
  BOOST_TEST(MergeAll(profile, profile).provenance.lost == 10);
  profile.provenance.lost = INT64_MAX;
  const Profile sum = MergeAll(profile, profile);
  BOOST_TEST(sum.provenance.lost == INT64_MAX);
  BOOST_REQUIRE(sum.provenance.oddities.size() == 1u);
  BOOST_TEST(sum.provenance.oddities[0].count == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(FactsStayWhereAllInputsAgree) {
  Profile a = MainAndF(false), b = MainAndF(false);
  a.facts = {{"Python", "3.11.2"}, {"Clock", "TSC"}};
  b.facts = {{"Clock", "TSC"}, {"Python", "3.12.1"}};
  const std::vector<Fact> clock = {{"Clock", "TSC"}};
  BOOST_CHECK(MergeAll(a, b).facts == clock);
  BOOST_CHECK(MergeAll(b, a).facts == clock);
}

BOOST_AUTO_TEST_CASE(OtherEventsAreRefusedAndWhatWasAddedStays) {
  const Event time{"ns", "Time [ns]", Unit::kNanoseconds};
  const Event bytes{"bytes", "Bytes", Unit::kBytes};
  const EventSet others[] = {
      EventSet(), EventSet({bytes}), EventSet({bytes, time}),
      EventSet({time, bytes, {"calls", "Calls", Unit::kCount}}),
      EventSet({time, {"bytes", "Bytes", Unit::kCount}})};
  const Profile profile = SomeProfile(1);
  Merger merger;
  merger.Add(profile);
  for (const EventSet& events : others) {
    BOOST_CHECK_EXCEPTION(
        merger.Add(SampleProfile(events).Build()), Error,
        [](const Error& error) {
          return error.Line() ==
                 "its events differ from those of the inputs before";
        });
  }
  BOOST_CHECK(ContentsOf(std::move(merger).Merge()) == ContentsOf(profile));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
