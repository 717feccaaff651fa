#include "graph/profile.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// Nothing is wrong with it: f calls g from two lines; three contexts.
Profile Sound() {
  SampleProfile sample(TimeAndBytes());
  const FunctionId f = sample.Add("f", {1, 1}, {10, 1}, {60, 6});
  const FunctionId g = sample.Add("g", {5, 5}, {50, 5}, {50, 5});
  sample.Call(f, g, {2, 2}, {20, 2}, {20, 2}, 3);
  sample.Call(f, g, {3, 3}, {30, 3}, {30, 3}, 4);
  Profile profile = sample.Build();
  const ContextId no_parent;
  profile.contexts.emplace(ContextTree{
      {{no_parent, f, 0, 1}, {ContextId(0), g, 3, 2}, {ContextId(0), g, 4, 3}},
      CostTable(2)});
  profile.contexts->self.Resize(3);
  return profile;
}

BOOST_AUTO_TEST_SUITE(ProfileCheck)

struct Law {
  const char* violation;
  void (*break_it)(Profile&);
};

const Law kLaws[] = {
    {"there is no event", [](Profile& p) { p.events = EventSet(); }},
    {"the events' origins have another size than the events",
     [](Profile& p) { p.provenance.events.pop_back(); }},

    {"a cost table has another width than the events",
     [](Profile& p) { p.graph.self = CostTable(1); }},
    {"a cost table has another width than the events",
     [](Profile& p) { p.graph.inclusive = CostTable(3); }},
    {"a cost table has another width than the events",
     [](Profile& p) { p.graph.call_inclusive = CostTable(1); }},
    {"a cost table has another width than the events",
     [](Profile& p) {
       p.graph.call_self = CostTable(1);
       p.graph.call_self.Resize(2);
     }},
    {"the contexts' costs have another width than the events",
     [](Profile& p) {
       p.contexts->self = CostTable(1);
       p.contexts->self.Resize(3);
     }},

    {"a function table has another size than the functions",
     [](Profile& p) { p.graph.counts.pop_back(); }},
    {"a function table has another size than the functions",
     [](Profile& p) { p.graph.self.Resize(3); }},
    {"a function table has another size than the functions",
     [](Profile& p) { p.graph.inclusive.Resize(1); }},
    {"a function table has another size than the functions",
     [](Profile& p) { p.functions.pop_back(); }},

    {"a function refers to no string",
     [](Profile& p) { p.functions[1].name = StringId(p.strings.size()); }},
    {"a function refers to no string",
     [](Profile& p) { p.functions[1].file = StringId(); }},
    {"a function refers to no string",
     [](Profile& p) { p.functions[1].object = StringId(); }},
    {"two functions are equal",
     [](Profile& p) { p.functions[1] = p.functions[0]; }},

    {"a call table has another size than the calls",
     [](Profile& p) { p.graph.call_inclusive.Resize(3); }},
    {"a call table has another size than the calls",
     [](Profile& p) { p.graph.call_self.Resize(1); }},
    {"a call table has another size than the calls",
     [](Profile& p) { p.graph.calls.pop_back(); }},
    {"the marks of estimated functions have another size than those",
     [](Profile& p) { p.provenance.estimated_functions.resize(5); }},
    {"the marks of estimated calls have another size than the calls",
     [](Profile& p) { p.provenance.estimated_calls.resize(3); }},
    {"a call refers to no function",
     [](Profile& p) { p.graph.calls[1].caller = FunctionId(2); }},
    {"a call refers to no function",
     [](Profile& p) { p.graph.calls[1].callee = FunctionId(); }},
    {"two calls are equal", [](Profile& p) { p.graph.calls[1].line = 3; }},

    {"the contexts' costs have another size than the contexts",
     [](Profile& p) { p.contexts->self.Resize(2); }},
    {"a context refers to no function",
     [](Profile& p) { p.contexts->contexts[1].function = FunctionId(2); }},
    {"a context stands before its parent",
     [](Profile& p) { p.contexts->contexts[1].parent = ContextId(2); }},
    {"a context stands before its parent",
     [](Profile& p) { p.contexts->contexts[1].parent = ContextId(1); }},
    {"two contexts are equal",
     [](Profile& p) { p.contexts->contexts[2].line = 3; }},
    {"a context is of another thread than its parent",
     [](Profile& p) { p.contexts->contexts[1].thread = 1; }},
    {"a context refers to no thread",
     [](Profile& p) {
       for (Context& context : p.contexts->contexts) context.thread = 1;
     }},
    {"a thread refers to no string",
     [](Profile& p) { p.threads = {StringId(p.strings.size())}; }},
    {"a count of sizes refers to no context",
     [](Profile& p) {
       p.contexts->sizes = {{ContextId(3), 16, 1}};
     }},
    {"a count is of sizes from no power of two",
     [](Profile& p) {
       p.contexts->sizes = {{ContextId(0), 24, 1}};
     }},
    {"two counts are of the same sizes",
     [](Profile& p) {
       p.contexts->sizes = {{ContextId(0), 16, 1}, {ContextId(0), 16, 2}};
     }},
};

BOOST_AUTO_TEST_CASE(EveryLawIsFoundBroken) {
  BOOST_TEST(Sound().Check() == "");
  for (const Law& law : kLaws) {
    BOOST_TEST_CONTEXT("law " << &law - kLaws) {
      Profile profile = Sound();
      law.break_it(profile);
      BOOST_TEST(profile.Check() == law.violation);
    }
  }
}

BOOST_AUTO_TEST_CASE(WhatASourceMayLackIsNoViolation) {
  Profile profile = Sound();
  profile.contexts.reset();
  profile.graph.call_self = CostTable(2);
  BOOST_TEST(profile.Check() == "");
}

BOOST_AUTO_TEST_CASE(FunctionsAndCallsMayBeEqualInAllPartsButOne) {
  for (const auto change : {+[](Function& f) { f.name = StringId(0); },
                            +[](Function& f) { f.file = StringId(0); },
                            +[](Function& f) { f.object = StringId(1); },
                            +[](Function& f) { ++f.line; }}) {
    Profile profile = Sound();
    profile.functions[1] = profile.functions[0];
    change(profile.functions[1]);
    BOOST_TEST(profile.Check() == "");
  }
  const auto f = FunctionId(0), g = FunctionId(1);
  for (const auto& [caller, callee] : {std::pair(f, f), std::pair(g, g)}) {
    Profile profile = Sound();
    profile.graph.calls[1] = {caller, callee, 3, {}};
    BOOST_TEST(profile.Check() == "");
  }
}

BOOST_AUTO_TEST_CASE(FiguresThatContradictEachOtherAreNoViolation) {
  Profile profile = Sound();
  profile.graph.self[0][0] = -1;
  profile.graph.inclusive[1][1] = 0;
  profile.graph.counts[1] = {0, 9};
  BOOST_TEST(profile.Check() == "");
}

BOOST_AUTO_TEST_CASE(ThereMayBeSeveralRoots) {
  Profile profile = Sound();
  profile.contexts->contexts[2].parent = ContextId();
  BOOST_TEST(profile.Check() == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ProfileSummary)

// Two functions and two calls have 4 + 4 counts, and for each of two events
// 2 + 2 costs of functions and 2 + 2 of calls.
BOOST_AUTO_TEST_CASE(EveryFigureIsCountedOnceByItsOrigin) {
  const Fidelity sum = Summarize(Sound());
  BOOST_TEST(sum.measured == 24);
  BOOST_TEST(sum.derived == 0);
  BOOST_TEST(sum.estimated == 0);
  BOOST_TEST(sum.lost == 0);
}

BOOST_AUTO_TEST_CASE(ColumnsAreCountedByTheirOwnOrigin) {
  Profile profile = Sound();
  profile.provenance.counts = Origin::kDerived;                      // 4
  profile.provenance.call_counts = Origin::kAbsent;                  // 4
  profile.provenance.events[0].self = Origin::kEstimated;            // 2
  profile.provenance.events[0].inclusive = Origin::kDerived;         // 2
  profile.provenance.events[1].call_inclusive = Origin::kEstimated;  // 2
  profile.provenance.events[1].call_self = Origin::kAbsent;          // 2
  profile.provenance.lost = 7;
  const Fidelity sum = Summarize(profile);
  BOOST_TEST(sum.measured == 24 - 4 - 4 - 2 - 2 - 2 - 2);
  BOOST_TEST(sum.derived == 4 + 2);
  BOOST_TEST(sum.estimated == 2 + 2);
  BOOST_TEST(sum.lost == 7);
}

BOOST_AUTO_TEST_CASE(MarkedCallHasEstimatedCostsButMeasuredCounts) {
  Profile profile = Sound();
  profile.provenance.estimated_calls = {false, true};
  Fidelity sum = Summarize(profile);
  BOOST_TEST(sum.measured == 24 - 4);
  BOOST_TEST(sum.estimated == 4);  // two costs of two events

  profile.provenance.events[0].call_inclusive = Origin::kDerived;
  profile.provenance.events[0].call_self = Origin::kEstimated;
  profile.provenance.events[1].call_inclusive = Origin::kAbsent;
  profile.provenance.events[1].call_self = Origin::kMeasured;
  sum = Summarize(profile);
  BOOST_TEST(sum.measured == 24 - 8 + 1);
  BOOST_TEST(sum.derived == 1);
  BOOST_TEST(sum.estimated == 1 + 2 + 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ProfileContradictions)

// What is found after `change` was made to the sound profile.
void CheckFound(void (*change)(Profile&), const Contradictions& expected) {
  Profile profile = Sound();
  change(profile);
  const Contradictions found = FindContradictions(profile);
  BOOST_TEST(found.self_above_inclusive == expected.self_above_inclusive);
  BOOST_TEST(found.call_above_callee == expected.call_above_callee);
  BOOST_TEST(found.negative == expected.negative);
  BOOST_TEST(found.calls_above_callee == expected.calls_above_callee);
  BOOST_TEST(found.missing_self == expected.missing_self);
}

BOOST_AUTO_TEST_CASE(SoundProfileHasNone) {
  CheckFound([](Profile&) {}, {});
}

BOOST_AUTO_TEST_CASE(SelfMayExceedInclusiveByRoundingAlone) {
  CheckFound([](Profile& p) { p.graph.self[0][0] = 61; }, {});
  CheckFound([](Profile& p) { p.graph.self[0][0] = 62; },
             {.self_above_inclusive = 1});
  CheckFound([](Profile& p) { p.graph.self[0][1] = 8; },
             {.self_above_inclusive = 1});
}

BOOST_AUTO_TEST_CASE(CallMayExceedItsCalleeByRoundingAlone) {
  CheckFound([](Profile& p) { p.graph.call_inclusive[1][0] = 51; }, {});
  CheckFound([](Profile& p) { p.graph.call_inclusive[1][0] = 52; },
             {.call_above_callee = 1});
  CheckFound([](Profile& p) { p.graph.call_inclusive[1][1] = 7; },
             {.call_above_callee = 1});
}

BOOST_AUTO_TEST_CASE(CallOfARecursiveFunctionMayExceedIt) {
  CheckFound(
      [](Profile& p) {
        p.graph.call_inclusive[1][0] = 1000;
        p.graph.counts[1].primitive = 4;
      },
      {});
}

BOOST_AUTO_TEST_CASE(CallsMayNotExceedThoseOfTheirCallee) {
  CheckFound([](Profile& p) { p.graph.counts[1] = {6, 6}; }, {});
  CheckFound(
      [](Profile& p) {
        p.graph.calls[0].counts = {3, 3};
      },
      {.calls_above_callee = 1});
}

BOOST_AUTO_TEST_CASE(EveryNegativeFigureIsFound) {
  const Contradictions one{.negative = 1};
  CheckFound([](Profile& p) { p.graph.counts[0].total = -1; },
             {.negative = 1, .calls_above_callee = 1});
  CheckFound([](Profile& p) { p.graph.counts[0].primitive = -1; }, one);
  CheckFound([](Profile& p) { p.graph.self[0][1] = -1; }, one);
  CheckFound([](Profile& p) { p.graph.calls[0].counts.total = -1; }, one);
  CheckFound([](Profile& p) { p.graph.calls[0].counts.primitive = -1; }, one);
  CheckFound([](Profile& p) { p.graph.call_inclusive[0][1] = -1; }, one);
  CheckFound([](Profile& p) { p.graph.call_self[0][1] = -1; }, one);
  CheckFound(
      [](Profile& p) { p.graph.self[0][0] = p.graph.inclusive[0][0] = -1; },
      one);
}

BOOST_AUTO_TEST_CASE(InclusiveTimeBeyondAllSelfTimeIsMissing) {
  // f: 10 of its 60 ns, g: 50; a rounding for each of the two.
  CheckFound([](Profile& p) { p.graph.self[1][0] = 48; }, {});
  CheckFound([](Profile& p) { p.graph.self[1][0] = 47; }, {.missing_self = 3});
  CheckFound([](Profile& p) { p.graph.self[1][0] = 0; }, {.missing_self = 50});
  // Other events are not looked at; less than a thousandth does not count.
  CheckFound([](Profile& p) { p.graph.inclusive[0][1] = 1000; }, {});
  const auto scale = [](Profile& p, int64_t missing) {
    p.graph.inclusive[0][0] = 60'000'000;
    p.graph.self[0][0] = 60'000'000 - 50 - missing;
  };
  Profile profile = Sound();
  scale(profile, 60'000);
  BOOST_TEST(FindContradictions(profile).missing_self == 0);
  scale(profile, 60'100);
  BOOST_TEST(FindContradictions(profile).missing_self == 60'100);
}

BOOST_AUTO_TEST_CASE(RowIsCountedOnceForAllItsEvents) {
  CheckFound(
      [](Profile& p) {
        for (const size_t event : {0, 1}) {
          p.graph.self[0][event] = 1000;
          p.graph.call_inclusive[0][event] = 1000;
          p.graph.call_inclusive[1][event] = -1;
        }
      },
      {.self_above_inclusive = 1, .call_above_callee = 1, .negative = 1});
}

BOOST_AUTO_TEST_CASE(HostileFiguresDoNotOverflow) {
  CheckFound(
      [](Profile& p) {
        p.graph.self[0][0] = p.graph.inclusive[0][0] = INT64_MAX;
        p.graph.call_inclusive[0][0] = INT64_MAX;
        for (Call& call : p.graph.calls) call.counts.total = INT64_MAX;
      },
      {.call_above_callee = 1, .calls_above_callee = 1});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
