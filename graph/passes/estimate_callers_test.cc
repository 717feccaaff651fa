#include "graph/passes/estimate_callers.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/sample_program.h"
#include "graph/passes/separate_contexts.h"
#include "graph/passes/separation_laws.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

SeparationRules Callers(const Profile& profile, uint32_t callers,
                        uint32_t levels = 1) {
  SeparationRules rules;
  rules.callers.assign(profile.functions.size(), callers);
  rules.levels.assign(profile.functions.size(), levels);
  return rules;
}

SeparationRules RandomRules(const Profile& profile, uint32_t seed,
                            uint32_t levels = 1) {
  std::mt19937 random(seed);
  SeparationRules rules;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    rules.callers.push_back(static_cast<uint32_t>(random() % 4));
    rules.levels.push_back(1 + static_cast<uint32_t>(random() % levels));
  }
  return rules;
}

// Of stacks in which a function calls only those with a later name, or itself.
Profile RandomAcyclic(uint32_t seed, bool has_recursion, uint32_t lines = 2) {
  constexpr std::string_view kNames[] = {"a", "b", "c", "d", "e", "f"};
  std::mt19937 random(seed);
  SampleStacks stacks(TimeAndBytes());
  const auto figure = [&] { return static_cast<int64_t>(random() % 100); };
  for (size_t i = 1 + random() % 60; i > 0; --i) {
    std::vector<SampleStacks::Frame> stack;
    for (const std::string_view name : kNames) {
      while (random() % 2 == 0) {
        stack.push_back({name, stack.empty()
                                   ? 0
                                   : static_cast<uint32_t>(random()) % lines});
        if (!has_recursion) break;
      }
    }
    if (stack.empty()) continue;
    stacks.Add(stack, {figure(), figure()}, 1 + figure());
  }
  Profile profile = stacks.Build();
  for (Context& context : profile.contexts->contexts) {
    context.calls = std::max<int64_t>(1, context.calls);
  }
  FoldContexts(profile);
  return profile;
}

Profile WithoutContexts(Profile profile) {
  profile.contexts.reset();
  return profile;
}

void CheckTotalsStay(Profile profile, const SeparationRules& rules) {
  const auto functions = SumFunctions(profile);
  const auto calls = SumCalls(profile);
  EstimateCallers(profile, rules);
  BOOST_TEST(profile.Check() == "");
  BOOST_CHECK(SumFunctions(profile) == functions);
  BOOST_CHECK(SumCalls(profile) == calls);
}

// The same with figures that no program has.
void MakeHostile(Profile& profile, uint32_t seed) {
  std::mt19937_64 random(seed);
  const auto spoil = [&](int64_t& figure) {
    switch (random() % 8) {
      case 0:
        figure = 0;
        break;
      case 1:
        figure = -figure;
        break;
      case 2:
        figure = INT64_MAX;
        break;
      case 3:
        figure = INT64_MIN;
        break;
      case 4:
        figure = static_cast<int64_t>(random());
        break;
      default:
        break;
    }
  };
  CallGraph& graph = profile.graph;
  for (CallCounts& counts : graph.counts) {
    spoil(counts.total);
    spoil(counts.primitive);
  }
  for (Call& call : graph.calls) {
    spoil(call.counts.total);
    spoil(call.counts.primitive);
  }
  for (CostTable* table : {&graph.self, &graph.inclusive, &graph.call_inclusive,
                           &graph.call_self}) {
    for (size_t row = 0; row < table->rows(); ++row) {
      for (int64_t& cost : (*table)[row]) spoil(cost);
    }
  }
}

Contents Functions(const Profile& profile) {
  Contents contents = Sorted(ContentsOf(profile));
  contents.calls.clear();
  contents.contexts.reset();
  return contents;
}

std::vector<std::string> Names(const Profile& profile) {
  std::vector<std::string> names;
  for (const Function& f : profile.functions) {
    names.emplace_back(profile.strings[f.name]);
  }
  return names;
}

int64_t CountMarks(const Profile& profile) {
  const Provenance& provenance = profile.provenance;
  return std::ranges::count(provenance.estimated_functions, true) +
         std::ranges::count(provenance.estimated_calls, true);
}

// What is not marked is what contexts say.
void CheckMarks(const Profile& estimate, const Profile& exact) {
  const Contents found = ContentsOf(estimate);
  const Contents truth = ContentsOf(exact);
  const std::map functions(truth.functions.begin(), truth.functions.end());
  const std::map calls(truth.calls.begin(), truth.calls.end());
  for (size_t f = 0; f < found.functions.size(); ++f) {
    if (estimate.provenance.IsFunctionEstimated(f)) continue;
    const auto& [key, figures] = found.functions[f];
    BOOST_REQUIRE(functions.contains(key));
    BOOST_CHECK(figures == functions.at(key));
  }
  for (const auto& [key, figures] : found.calls) {
    if (figures.is_estimated) continue;
    BOOST_REQUIRE(calls.contains(key));
    BOOST_CHECK(figures == calls.at(key));
  }
}

Contents WithoutMarks(const Profile& profile) {
  Contents contents = Sorted(ContentsOf(profile));
  for (auto& [key, figures] : contents.calls) figures.is_estimated = false;
  contents.contexts.reset();
  return contents;
}

BOOST_AUTO_TEST_SUITE(EstimatingCallers)

BOOST_AUTO_TEST_CASE(WithOneCallerFunctionsAreExact) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Profile exact = RandomAcyclic(seed, false);
    Profile estimate = WithoutContexts(RandomAcyclic(seed, false));
    SeparateContexts(exact, Callers(exact, 1));
    EstimateCallers(estimate, Callers(estimate, 1));
    BOOST_TEST(estimate.Check() == "");
    BOOST_CHECK(Functions(estimate) == Functions(exact));
    BOOST_TEST(
        std::ranges::count(estimate.provenance.estimated_functions, true) == 0);
  }
}

// Each call of a function does the same, whoever called it.
BOOST_AUTO_TEST_CASE(OfUniformProgramsAllIsTold) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    const SampleProgram program(seed);
    Profile exact = program.Run();
    Profile estimate = program.RunWithoutContexts();
    const SeparationRules rules = RandomRules(exact, seed);
    SeparateContexts(exact, rules);
    EstimateCallers(estimate, rules);
    BOOST_TEST(estimate.Check() == "");
    BOOST_CHECK(WithoutMarks(estimate) == WithoutMarks(exact));
  }
}

BOOST_AUTO_TEST_CASE(TotalsStayWhateverCallsWhat) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    Profile profile = stacks.Build();
    FoldContexts(profile);
    profile.contexts.reset();
    const SeparationRules rules = RandomRules(profile, seed, 3);
    CheckTotalsStay(std::move(profile), rules);
  }
}

BOOST_AUTO_TEST_CASE(TotalsStayWhateverFiguresSay) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile profile = RandomProfile(2 + seed % 9, seed % 40, seed, 2);
    if (seed % 2 == 0) MakeHostile(profile, seed);
    const SeparationRules rules = RandomRules(profile, seed, 3);
    CheckTotalsStay(std::move(profile), rules);
  }
}

// Nobody who never called a function is its caller, and no part of a call is
// made that has none of its calls.
BOOST_AUTO_TEST_CASE(ThereAreNoContextsThatCallsRuleOut) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Profile profile = WithoutContexts(RandomAcyclic(seed, seed % 2 == 0));
    const FunctionPairs pairs = PairsOf(profile);
    const SeparationRules rules = Callers(profile, 1 + seed % 3);
    CheckTotalsStay(WithoutContexts(RandomAcyclic(seed, seed % 2 == 0)), rules);
    EstimateCallers(profile, rules);
    BOOST_TEST(FindGhost(profile, pairs) == "");
    for (const Call& call : profile.graph.calls) {
      BOOST_TEST(call.counts.total > 0);
      BOOST_TEST(call.counts.primitive >= 0);
      BOOST_TEST(call.counts.primitive <= call.counts.total);
    }
    for (const CallCounts& counts : profile.graph.counts) {
      BOOST_TEST(counts.total > 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(ContextsWithNoCostBelowCallNothingThatCosts) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Profile profile = WithoutContexts(RandomAcyclic(seed, false));
    EstimateCallers(profile, Callers(profile, 1 + seed % 3));
    const CallGraph& graph = profile.graph;
    for (size_t c = 0; c < graph.calls.size(); ++c) {
      const size_t caller = graph.calls[c].caller.row();
      for (size_t e = 0; e < profile.events.size(); ++e) {
        const bool calls_nothing =
            graph.inclusive[caller][e] == graph.self[caller][e];
        if (calls_nothing) BOOST_TEST(graph.call_inclusive[c][e] == 0);
      }
    }
  }
}

// Also where they call themselves, in two levels or one.
BOOST_AUTO_TEST_CASE(ContextsAreCalledAsOftenAsTheirCallersSay) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Profile profile = WithoutContexts(RandomAcyclic(seed, true, 1));
    EstimateCallers(profile, Callers(profile, 1 + seed % 3, 1 + seed / 3 % 2));
    const CallGraph& graph = profile.graph;
    std::vector<int64_t> calls(profile.functions.size());
    for (const Call& call : graph.calls) {
      BOOST_TEST(call.counts.total > 0);
      calls[call.callee.row()] += call.counts.total;
    }
    for (size_t f = 0; f < calls.size(); ++f) {
      const SeparatedFunction& row = (*profile.separation)[FunctionId(f)];
      const bool is_entry = row.callers == row.callers_end && row.level == 1;
      BOOST_TEST(calls[f] <= graph.counts[f].total);
      if (!is_entry) BOOST_TEST(calls[f] == graph.counts[f].total);
    }
  }
}

BOOST_AUTO_TEST_CASE(WhatIsNotMarkedIsExact) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Profile exact = RandomAcyclic(seed, seed % 2 == 0, 1);
    Profile estimate = WithoutContexts(RandomAcyclic(seed, seed % 2 == 0, 1));
    SeparationRules rules = RandomRules(exact, seed);
    if (seed % 4 == 0) rules.levels.assign(rules.levels.size(), 2);
    SeparateContexts(exact, rules);
    EstimateCallers(estimate, rules);
    CheckMarks(estimate, exact);
  }
}

BOOST_AUTO_TEST_CASE(TwoLevelsOfDirectRecursionAreExact) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile exact = RandomAcyclic(seed, true, 1);
    Profile estimate = WithoutContexts(RandomAcyclic(seed, true, 1));
    SeparateContexts(exact, Callers(exact, 0, 2));
    EstimateCallers(estimate, Callers(estimate, 0, 2));
    BOOST_TEST(estimate.Check() == "");
    BOOST_CHECK(Functions(estimate) == Functions(exact));
    BOOST_TEST(
        std::ranges::count(estimate.provenance.estimated_functions, true) == 0);
  }
}

BOOST_AUTO_TEST_CASE(DirectRecursionIsNoCallerAndLeavesInclusiveCostExact) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile exact = RandomAcyclic(seed, true, 1);
    Profile estimate = WithoutContexts(RandomAcyclic(seed, true, 1));
    SeparateContexts(exact, Callers(exact, 1));
    EstimateCallers(estimate, Callers(estimate, 1));
    const Contents found = Functions(estimate);
    const Contents truth = Functions(exact);
    BOOST_REQUIRE(found.functions.size() == truth.functions.size());
    for (size_t f = 0; f < truth.functions.size(); ++f) {
      BOOST_CHECK(found.functions[f].first == truth.functions[f].first);
      BOOST_CHECK(found.functions[f].second.inclusive ==
                  truth.functions[f].second.inclusive);
    }
  }
}

void ForgetCallSelf(Profile& profile) {
  profile.graph.call_self = CostTable(profile.events.size());
  for (Provenance::Columns& event : profile.provenance.events) {
    event.call_self = Origin::kAbsent;
  }
}

// Self cost is then an estimate, but what calls cost and count is not.
BOOST_AUTO_TEST_CASE(SourcesNeedNotTellSelfCostsOfCalls) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Profile exact = RandomAcyclic(seed, false);
    Profile estimate = WithoutContexts(RandomAcyclic(seed, false));
    ForgetCallSelf(estimate);
    SeparateContexts(exact, Callers(exact, 1));
    const auto sums = SumFunctions(estimate);
    EstimateCallers(estimate, Callers(estimate, 1));
    BOOST_CHECK(SumFunctions(estimate) == sums);
    const Contents found = Functions(estimate);
    const Contents truth = Functions(exact);
    BOOST_REQUIRE(found.functions.size() == truth.functions.size());
    for (size_t f = 0; f < truth.functions.size(); ++f) {
      const FunctionFigures& figures = found.functions[f].second;
      BOOST_CHECK(figures.inclusive == truth.functions[f].second.inclusive);
      BOOST_CHECK(figures.counts == truth.functions[f].second.counts);
      for (size_t e = 0; e < 2; ++e) {
        BOOST_TEST(figures.self[e] <= figures.inclusive[e]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(NoLevelCostsMoreItselfThanInAll) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    Profile profile = WithoutContexts(RandomAcyclic(seed, true, 1));
    if (seed % 2 == 0) ForgetCallSelf(profile);
    EstimateCallers(profile, Callers(profile, 0, 2));
    for (size_t f = 0; f < profile.functions.size(); ++f) {
      for (size_t e = 0; e < 2; ++e) {
        BOOST_TEST(profile.graph.self[f][e] <= profile.graph.inclusive[f][e]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(SharesAreThoseOfCostBelow) {
  SampleProfile sample;
  const FunctionId x = sample.Add("x", {1, 1}, {0}, {100});
  const FunctionId y = sample.Add("y", {1, 1}, {0}, {60});
  const FunctionId f = sample.Add("f", {20, 20}, {40}, {160});
  const FunctionId h = sample.Add("h", {12, 12}, {120}, {120});
  sample.Call(x, f, {2, 2}, {100}, {10});   // 90 below
  sample.Call(y, f, {18, 18}, {60}, {30});  // 30 below
  sample.Call(f, h, {12, 12}, {120}, {120});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 1));
  const Contents contents = Sorted(ContentsOf(profile));
  const auto key = [](const char* name) {
    return FunctionKey{name, "app.py", "", 1};
  };
  const std::map calls(contents.calls.begin(), contents.calls.end());
  const CallFigures by_x{{9, 9}, {90}, {90}, true};
  const CallFigures by_y{{3, 3}, {30}, {30}, true};
  BOOST_CHECK(calls.at({key("f'x"), key("h'f"), 0}) == by_x);
  BOOST_CHECK(calls.at({key("f'y"), key("h'f"), 0}) == by_y);
  BOOST_TEST(CountMarks(profile) == 2);
}

// Half of f's calls are g's, but g's calls cost a third of what entered.
BOOST_AUTO_TEST_CASE(WithinCyclesGoesNoMoreThanIsNestedThere) {
  SampleProfile sample;
  const FunctionId x = sample.Add("x", {1, 1}, {0}, {90});
  const FunctionId y = sample.Add("y", {1, 1}, {0}, {30});
  const FunctionId f = sample.Add("f", {4, 2}, {0}, {120});
  const FunctionId g = sample.Add("g", {2, 2}, {0}, {40});
  const FunctionId h = sample.Add("h", {12, 12}, {120}, {120});
  sample.Call(x, f, {1, 1}, {90}, {0});
  sample.Call(y, f, {1, 1}, {30}, {0});
  sample.Call(g, f, {2, 2}, {40}, {0});
  sample.Call(f, g, {2, 2}, {40}, {0});
  sample.Call(f, h, {12, 12}, {120}, {120});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 1));
  std::map<std::string, int64_t> costs;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    if (profile.Name(call.callee) != "h'f") continue;
    costs[std::string(profile.Name(call.caller))] =
        profile.graph.call_inclusive[c][0];
  }
  const std::map<std::string, int64_t> expected = {
      {"f'x", 60}, {"f'y", 20}, {"f'g", 40}};
  BOOST_CHECK(costs == expected);
}

BOOST_AUTO_TEST_CASE(CallsGoToNoMoreContextsThanThereAreOfThem) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {5, 5}, {0}, {500});
  const FunctionId once = sample.Add("once", {1, 1}, {500}, {500});
  for (int i = 0; i < 5; ++i) {
    const FunctionId caller =
        sample.Add("c" + std::to_string(i), {1, 1}, {0}, {100});
    sample.Call(caller, f, {1, 1}, {100}, {0});
  }
  sample.Call(f, once, {1, 1}, {500}, {500});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 1));
  BOOST_TEST(profile.graph.calls.size() == 6);
}

BOOST_AUTO_TEST_CASE(CallsOfNothingStay) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {2, 2}, {0}, {0});
  const FunctionId idle = sample.Add("idle", {0, 0}, {0}, {0});
  for (const char* name : {"x", "y"}) {
    sample.Call(sample.Add(name, {1, 1}, {0}, {0}), f, {1, 1}, {0}, {0});
  }
  sample.Call(f, idle, {0, 0}, {0}, {0});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 2));
  const std::vector<std::string> names = {"f'x", "f'y", "idle'f'x", "x", "y"};
  BOOST_TEST(Names(profile) == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ManyNamesAreBoundedAndNoted) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const auto estimate = [&](size_t max_names) {
      SampleStacks stacks(TimeAndBytes());
      AddRandomStacks(stacks, seed, true);
      Profile profile = stacks.Build();
      FoldContexts(profile);
      profile.contexts.reset();
      SeparationRules rules = Callers(profile, 3, 1 + seed % 2);
      rules.max_names = max_names;
      EstimateCallers(profile, rules);
      return profile;
    };
    const Profile whole = estimate(SIZE_MAX);
    const size_t bound = 2 * whole.separation->bases.size() + seed % 7;
    const Profile profile = estimate(bound);
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(profile.functions.size() <= bound);
    BOOST_TEST(profile.graph.self.Totals() == whole.graph.self.Totals(),
               boost::test_tools::per_element());
    if (whole.functions.size() <= bound) continue;
    BOOST_TEST(!profile.provenance.oddities.empty());
  }
}

// 4 000 000 parts of calls, were it not for the bound.
BOOST_AUTO_TEST_CASE(HubsDoWithFewerCallers) {
  constexpr int kCallers = 2000;
  SampleProfile sample;
  const FunctionId hub =
      sample.Add("hub", {kCallers * 5, kCallers * 5}, {0}, {kCallers * 1000});
  for (int i = 0; i < kCallers; ++i) {
    const FunctionId caller =
        sample.Add("c" + std::to_string(i), {1, 1}, {0}, {1000});
    sample.Call(caller, hub, {5, 5}, {1000}, {0});
    const FunctionId callee = sample.Add("d" + std::to_string(i),
                                         {kCallers, kCallers}, {1000}, {1000});
    sample.Call(hub, callee, {kCallers, kCallers}, {1000}, {1000});
  }
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 2));
  BOOST_TEST(profile.functions.size() == 2 * kCallers + 1);
  BOOST_TEST(profile.provenance.oddities.front().count == 1);
}

// Neither recursion over input, nor a context for each way through a cycle.
BOOST_AUTO_TEST_CASE(AsManyCallersAsThereAreMayBeAskedFor) {
  constexpr int kDepth = 300;
  SampleProfile sample;
  FunctionId last;
  for (int i = 0; i < kDepth; ++i) {
    const FunctionId f =
        sample.Add("f" + std::to_string(i), {1, 1}, {1}, {kDepth - i});
    if (last.is_valid()) sample.Call(last, f, {1, 1}, {kDepth - i}, {1});
    last = f;
  }
  const FunctionId even = sample.Add("even", {50, 1}, {50}, {100});
  const FunctionId odd = sample.Add("odd", {50, 1}, {50}, {99});
  sample.Call(even, odd, {50, 1}, {99}, {50});
  sample.Call(odd, even, {49, 1}, {98}, {49});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, UINT32_MAX));
  BOOST_TEST(profile.Check() == "");
  const FunctionId deepest(kDepth - 1);
  BOOST_TEST(profile.separation->CallersOf(deepest).size() == kDepth - 1);
  BOOST_TEST(profile.graph.self.Totals().front() == kDepth + 100);
}

BOOST_AUTO_TEST_CASE(LevelsThatOnlyContextsTellAreNoted) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {6, 1}, {6}, {6});
  const FunctionId even = sample.Add("even", {2, 1}, {2}, {4});
  const FunctionId odd = sample.Add("odd", {2, 1}, {2}, {4});
  sample.Call(f, f, {5, 1}, {5}, {5});
  sample.Call(even, odd, {2, 1}, {4}, {2});
  sample.Call(odd, even, {1, 1}, {3}, {1});
  Profile profile = sample.Build();
  EstimateCallers(profile, Callers(profile, 0, 3));
  const std::vector<std::string> names = {"f", "f'2", "even", "odd"};
  BOOST_TEST(Names(profile) == names, boost::test_tools::per_element());
  BOOST_TEST(profile.provenance.oddities.front().count == 3);
}

// Counts of what is marked are estimates, too.
BOOST_AUTO_TEST_CASE(FidelityCountsFiguresByTheirMarks) {
  Profile profile = SampleProgram(7).RunWithoutContexts();
  EstimateCallers(profile, Callers(profile, 3));
  const auto rows = profile.functions.size() + profile.graph.calls.size();
  const Fidelity fidelity = Summarize(profile);
  // Two counts, and two costs for each of two events.
  BOOST_TEST(fidelity.estimated == 6 * CountMarks(profile));
  BOOST_TEST(fidelity.derived ==
             6 * (static_cast<int64_t>(rows) - CountMarks(profile)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
