#include "graph/passes/entry_calls.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

Costs Row(const CostTable& table, size_t row) {
  return {table[row].begin(), table[row].end()};
}

// One line per entry: "f: 2 calls, 40 ns", with "about" where it is estimated.
std::string Show(const Profile& profile) {
  const EntryCalls entries = FindEntryCalls(profile);
  BOOST_TEST(entries.inclusive.rows() == entries.calls.size());
  std::string text;
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    text += std::string(profile.Name(entry.callee)) + ": " +
            std::to_string(entry.calls) + " calls, " +
            (entry.is_estimated ? "about " : "") +
            std::to_string(entries.inclusive[row][0]) + " ns\n";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(EntryCallsOfContexts)

// f is a root and called, and recursive besides: edges alone could not tell.
BOOST_AUTO_TEST_CASE(EachStackIsEnteredAtItsRoot) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f"}}, {1}, 2);
  stacks.Add({{"f"}, {"main"}, {"f"}}, {10}, 3);
  stacks.Add({{"f"}}, {100}, 4);
  stacks.Add({{"idle"}}, {0}, 0);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(Show(profile) ==
             "main: 0 calls, 1 ns\n"
             "f: 4 calls, 110 ns\n"
             "idle: 0 calls, 0 ns\n");
}

BOOST_AUTO_TEST_CASE(AllEntriesTogetherHaveTheWholeCost) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed);
    Profile profile = stacks.Build();
    FoldContexts(profile);
    BOOST_TEST(FindEntryCalls(profile).inclusive.Totals() ==
               profile.graph.self.Totals());
  }
}

// Then what functions count need not be calls.
BOOST_AUTO_TEST_CASE(WithoutCountsOfCallsOnlyRootsAreEntered) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {9, 9}, {10}, {60});
  const FunctionId f = p.Add("f", {9, 9}, {50}, {50});
  p.Call(main, f, {0, 0}, {50}, {50});
  p.profile().provenance.call_counts = Origin::kAbsent;
  BOOST_TEST(Show(p.Build()) == "main: 0 calls, 60 ns\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(EntryCallsByHand)

BOOST_AUTO_TEST_CASE(ProfileWithoutFunctionsIsNotEntered) {
  BOOST_TEST(Show(SampleProfile().Build()) == "");
}

BOOST_AUTO_TEST_CASE(RootIsEnteredWithAllItsCost) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {2, 2}, {10}, {60});
  const FunctionId f = p.Add("f", {5, 5}, {50}, {50});
  p.Call(main, f, {5, 5}, {50}, {50});
  BOOST_TEST(Show(p.Build()) == "main: 2 calls, 60 ns\n");
}

BOOST_AUTO_TEST_CASE(RootsComeInTheOrderOfFunctions) {
  SampleProfile p;
  for (const char* name : {"z", "a", "m"}) p.Add(name, {1, 1}, {7}, {7});
  BOOST_TEST(Show(p.Build()) ==
             "z: 1 calls, 7 ns\na: 1 calls, 7 ns\nm: 1 calls, 7 ns\n");
}

BOOST_AUTO_TEST_CASE(EntriesHaveWhatTheCallersDoNotAccountFor) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {60});
  const FunctionId other = p.Add("other", {1, 1}, {0}, {15});
  const FunctionId f = p.Add("f", {6, 6}, {100}, {100});
  p.Call(main, f, {3, 3}, {60}, {60});
  p.Call(other, f, {1, 1}, {15}, {15});
  BOOST_TEST(Show(p.Build()) ==
             "main: 1 calls, 60 ns\nother: 1 calls, 15 ns\n"
             "f: 2 calls, 25 ns\n");
}

BOOST_AUTO_TEST_CASE(CallsOfOneCallerFromSeveralLinesAddUp) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {70});
  const FunctionId f = p.Add("f", {4, 4}, {100}, {100});
  p.Call(main, f, {1, 1}, {60}, {60}, 3);
  p.Call(main, f, {1, 1}, {10}, {10}, 4);
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 70 ns\nf: 2 calls, 30 ns\n");
}

BOOST_AUTO_TEST_CASE(EntriesNeverCostLessThanNothing) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {60});
  const FunctionId f = p.Add("f", {4, 4}, {50}, {50});
  p.Call(main, f, {3, 3}, {60}, {60});
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 60 ns\nf: 1 calls, 0 ns\n");
}

BOOST_AUTO_TEST_CASE(FunctionCalledLessThanItsCallersSayIsNotEntered) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {60});
  const FunctionId f = p.Add("f", {2, 2}, {90}, {90});
  p.Call(main, f, {3, 3}, {60}, {60});
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 60 ns\n");
}

BOOST_AUTO_TEST_CASE(RootThatCallsItselfHasAllItsCost) {
  SampleProfile p;
  const FunctionId fib = p.Add("fib", {177, 1}, {90}, {90});
  p.Call(fib, fib, {176, 0}, {300}, {89});
  BOOST_TEST(Show(p.Build()) == "fib: 1 calls, 90 ns\n");
}

// Two functions of one name, say, of which only one was counted.
BOOST_AUTO_TEST_CASE(CallsOfItselfTakeNothingFromItsEntries) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {10});
  const FunctionId f = p.Add("f", {6, 6}, {50}, {50});
  p.Call(main, f, {1, 1}, {10}, {10});
  p.Call(f, f, {2, 2}, {20}, {20});
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 10 ns\nf: 3 calls, 40 ns\n");
}

// ping ─ pong ─ ping ─ pong: only the outer ping came from outside.
BOOST_AUTO_TEST_CASE(CycleIsEnteredWhereItWasEntered) {
  SampleProfile p;
  const FunctionId ping = p.Add("ping", {2, 1}, {20}, {40});
  const FunctionId pong = p.Add("pong", {2, 1}, {20}, {30});
  p.Call(ping, pong, {2, 1}, {40}, {20});
  p.Call(pong, ping, {1, 0}, {20}, {10});
  BOOST_TEST(Show(p.Build()) == "ping: 1 calls, 40 ns\n");
}

BOOST_AUTO_TEST_CASE(EntriesOfARecursiveFunctionShareByPrimitiveCalls) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {60});
  const FunctionId f = p.Add("f", {10, 4}, {82}, {82});
  p.Call(main, f, {3, 3}, {60}, {60});
  p.Call(f, f, {6, 0}, {70}, {50});
  // 82 · 1/4, rounded down: less than what main leaves.
  BOOST_TEST(Show(p.Build()) ==
             "main: 1 calls, 60 ns\nf: 1 calls, about 20 ns\n");
}

BOOST_AUTO_TEST_CASE(UncountedRootIsEnteredAnUnknownNumberOfTimes) {
  SampleProfile p;
  const FunctionId root = p.Add("root", {0, 0}, {0}, {30});
  const FunctionId f = p.Add("f", {3, 3}, {30}, {30});
  p.Call(root, f, {3, 3}, {30}, {30});
  BOOST_TEST(Show(p.Build()) == "root: 0 calls, 30 ns\n");
}

BOOST_AUTO_TEST_CASE(UncountedFunctionWithoutCostOrWithCallersIsNoRoot) {
  SampleProfile p;
  p.Add("never", {0, 0}, {0}, {0});
  const FunctionId main = p.Add("main", {1, 1}, {0}, {30});
  const FunctionId f = p.Add("f", {0, 0}, {30}, {30});
  p.Call(main, f, {0, 0}, {30}, {30});
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 30 ns\n");
}

BOOST_AUTO_TEST_CASE(UncountedCallCountsAsOne) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {30});
  const FunctionId f = p.Add("f", {1, 1}, {30}, {30});
  const FunctionId g = p.Add("g", {3, 3}, {30}, {30});
  p.Call(main, f, {0, 0}, {10}, {10});
  p.Call(main, g, {0, 0}, {10}, {10});
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 30 ns\ng: 2 calls, 20 ns\n");
}

BOOST_AUTO_TEST_CASE(CostsOfManyEventsAreOneRow) {
  SampleProfile p(TimeAndBytes());
  const FunctionId main = p.Add("main", {1, 1}, {0, 0}, {60, 6});
  const FunctionId f = p.Add("f", {6, 6}, {100, 10}, {100, 10});
  p.Call(main, f, {3, 3}, {60, 6}, {60, 6});
  const EntryCalls entries = FindEntryCalls(p.Build());
  BOOST_REQUIRE_EQUAL(entries.inclusive.rows(), 2);
  BOOST_TEST(Row(entries.inclusive, 0) == (Costs{60, 6}));
  BOOST_TEST(Row(entries.inclusive, 1) == (Costs{40, 4}));
}

BOOST_AUTO_TEST_CASE(UncountedRootMayCostInAnyEvent) {
  SampleProfile p(TimeAndBytes());
  p.Add("root", {0, 0}, {0, 5}, {0, 5});
  const EntryCalls entries = FindEntryCalls(p.Build());
  BOOST_REQUIRE_EQUAL(entries.inclusive.rows(), 1);
  BOOST_TEST(Row(entries.inclusive, 0) == (Costs{0, 5}));
}

BOOST_AUTO_TEST_CASE(CallerOfBoundlessNegativeCostDoesNotOverflow) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {1});
  const FunctionId other = p.Add("other", {1, 1}, {0}, {1});
  const FunctionId f = p.Add("f", {3, 3}, {0}, {5});
  p.Call(main, f, {1, 1}, {INT64_MIN}, {0});
  p.Call(other, f, {1, 1}, {INT64_MIN}, {0});
  BOOST_TEST(Show(p.Build()) ==
             "main: 1 calls, 1 ns\nother: 1 calls, 1 ns\n"
             "f: 1 calls, 9223372036854775807 ns\n");
}

// (2⁶³-1) · (2⁶³-3) / (2⁶³-2) = 2⁶³-3 and a rest.
BOOST_AUTO_TEST_CASE(ShareOfTheLargestCostDoesNotOverflow) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {1});
  const FunctionId f = p.Add("f", {INT64_MAX, INT64_MAX - 1}, {0}, {INT64_MAX});
  p.Call(main, f, {2, 2}, {0}, {0});
  BOOST_TEST(Show(p.Build()) ==
             "main: 1 calls, 1 ns\n"
             "f: 9223372036854775805 calls, about 9223372036854775805 ns\n");
}

BOOST_AUTO_TEST_CASE(MoreCallersThanCanBeCountedAreNoEntry) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {0}, {1});
  const FunctionId f = p.Add("f", {3, 3}, {0}, {5});
  p.Call(main, f, {INT64_MAX, 1}, {0}, {0}, 1);
  p.Call(main, f, {INT64_MAX, 1}, {0}, {0}, 2);
  BOOST_TEST(Show(p.Build()) == "main: 1 calls, 1 ns\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(EntryCallsOfRandomPrograms)

// A program as it ran: calling contexts with two costs each, some entered from
// outside the profile. All that a profile of it says is known.
class Program {
 public:
  Program(uint32_t seed, bool is_recursive) {
    std::mt19937 random(seed);
    const auto below = [&](uint32_t end) {
      return static_cast<uint32_t>(random()) % end;
    };
    while (ran_.size() < 1 + seed % 60) {
      Activation a;
      if (!ran_.empty() && below(4) != 0) {
        a.caller = static_cast<int>(below(static_cast<uint32_t>(ran_.size())));
      }
      a.function = below(kFunctions);
      if (!is_recursive && IsActive(a.function, a.caller)) continue;
      a.self = a.inclusive = {below(1000), below(1000)};
      ran_.push_back(a);
    }
    for (size_t i = ran_.size(); i-- > 0;) {
      if (ran_[i].caller < 0) continue;
      AddUp(ran_[static_cast<size_t>(ran_[i].caller)].inclusive,
            ran_[i].inclusive);
    }
  }

  struct Truth {
    int64_t calls = 0;
    Costs inclusive = {0, 0};
  };
  // By function: what came from outside.
  std::map<uint32_t, Truth> Entries() const {
    std::map<uint32_t, Truth> entries;
    for (const Activation& a : ran_) {
      if (a.caller >= 0) continue;
      Truth& entry = entries[a.function];
      ++entry.calls;
      AddUp(entry.inclusive, a.inclusive);
    }
    return entries;
  }

  Profile Record() const {
    SampleProfile sample(TimeAndBytes());
    for (uint32_t f = 0; f < kFunctions; ++f) {
      sample.Add("f" + std::to_string(f), {}, {0, 0}, {0, 0});
    }
    for (const Activation& a : ran_) {
      const bool is_primitive = !IsActive(a.function, a.caller);
      const Costs none{0, 0};
      sample.Add("f" + std::to_string(a.function), {1, is_primitive}, a.self,
                 is_primitive ? a.inclusive : none);
      if (a.caller < 0) continue;
      const Activation& caller = ran_[static_cast<size_t>(a.caller)];
      sample.Call(FunctionId(caller.function), FunctionId(a.function),
                  {1, is_primitive}, is_primitive ? a.inclusive : none, a.self);
    }
    return sample.Build();
  }

 private:
  static constexpr uint32_t kFunctions = 8;

  struct Activation {
    int caller = -1;  // -1: outside
    uint32_t function = 0;
    Costs self, inclusive;
  };

  static void AddUp(Costs& sum, const Costs& more) {
    for (size_t e = 0; e < sum.size(); ++e) sum[e] += more[e];
  }

  // Whether `function` runs in activation `i` or in one that led to it.
  bool IsActive(uint32_t function, int i) const {
    for (; i >= 0; i = ran_[static_cast<size_t>(i)].caller) {
      if (ran_[static_cast<size_t>(i)].function == function) return true;
    }
    return false;
  }

  std::vector<Activation> ran_;
};

// Σ over the calls into each function and its entries.
struct Incoming {
  std::vector<int64_t> calls;
  std::vector<int64_t> inclusive;  // of the first event
};

Incoming SumIncoming(const Profile& profile, const EntryCalls& entries) {
  const size_t rows = profile.functions.size();
  Incoming sum{std::vector<int64_t>(rows), std::vector<int64_t>(rows)};
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    sum.calls[call.callee.row()] += call.counts.total;
    sum.inclusive[call.callee.row()] += profile.graph.call_inclusive[c][0];
  }
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const size_t callee = entries.calls[row].callee.row();
    sum.calls[callee] += entries.calls[row].calls;
    sum.inclusive[callee] += entries.inclusive[row][0];
  }
  return sum;
}

BOOST_AUTO_TEST_CASE(WithoutRecursionEntriesAreWhatCameFromOutside) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Program program(seed, false);
    const EntryCalls found = FindEntryCalls(program.Record());
    const auto truth = program.Entries();
    BOOST_REQUIRE_EQUAL(found.calls.size(), truth.size());
    size_t row = 0;
    for (const auto& [function, entry] : truth) {
      BOOST_TEST(found.calls[row].callee.row() == function);
      BOOST_TEST(found.calls[row].calls == entry.calls);
      BOOST_TEST(!found.calls[row].is_estimated);
      BOOST_TEST(Row(found.inclusive, row) == entry.inclusive);
      ++row;
    }
  }
}

BOOST_AUTO_TEST_CASE(WithoutRecursionCallsAndEntriesAddUpToTheFunctions) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Profile profile = Program(seed, false).Record();
    const Incoming sum = SumIncoming(profile, FindEntryCalls(profile));
    for (size_t f = 0; f < profile.functions.size(); ++f) {
      BOOST_TEST(sum.calls[f] == profile.graph.counts[f].total);
      BOOST_TEST(sum.inclusive[f] == profile.graph.inclusive[f][0]);
    }
  }
}

BOOST_AUTO_TEST_CASE(WithRecursionTheCallsAreStillExact) {
  int64_t estimated = 0;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Program program(seed, true);
    const Profile profile = program.Record();
    const EntryCalls found = FindEntryCalls(profile);
    const auto truth = program.Entries();
    BOOST_REQUIRE_EQUAL(found.calls.size(), truth.size());
    size_t row = 0;
    for (const auto& [function, entry] : truth) {
      const EntryCall& call = found.calls[row];
      const CallCounts counts = profile.graph.counts[function];
      BOOST_TEST(call.callee.row() == function);
      BOOST_TEST(call.calls == entry.calls);
      const Costs inclusive = Row(profile.graph.inclusive, function);
      if (call.is_estimated) {
        ++estimated;
        BOOST_TEST(counts.primitive < counts.total);
        for (const size_t event : {0, 1}) {
          BOOST_TEST(found.inclusive[row][event] ==
                     inclusive[event] * call.calls / counts.primitive);
        }
      } else {
        BOOST_TEST(Row(found.inclusive, row) == entry.inclusive);
      }
      ++row;
    }
  }
  BOOST_TEST(estimated > 100);
}

BOOST_AUTO_TEST_CASE(WithoutCountsEntriesAreWhatTheCallsIntoAFunctionLack) {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {}, {10}, {100});
  const FunctionId inner = sample.Add("inner", {}, {90}, {90});
  const FunctionId both = sample.Add("both", {}, {7}, {7});
  sample.Call(main, inner, {}, {90}, {0});
  sample.Call(main, both, {}, {3}, {0});
  sample.profile().provenance.counts = Origin::kAbsent;
  sample.profile().provenance.call_counts = Origin::kAbsent;
  const EntryCalls found = FindEntryCalls(sample.Build());
  BOOST_REQUIRE(found.calls.size() == 2);
  BOOST_TEST(found.calls[0].callee.row() == main.row());
  BOOST_TEST(found.inclusive[0][0] == 100);
  BOOST_TEST(found.calls[1].callee.row() == both.row());
  BOOST_TEST(found.calls[1].calls == 0);
  BOOST_TEST(found.inclusive[1][0] == 4);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
