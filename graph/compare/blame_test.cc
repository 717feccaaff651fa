#include "graph/compare/blame.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Kind = Cause::Kind;

const EventId kFirst(0);

// A program without recursion in which each call of a function does the same.
struct Program {
  struct Function {
    int64_t self = 0;
    int64_t entries = 0;                // from outside
    std::map<size_t, int64_t> callees;  // later ones: how often a call does
  };
  std::vector<Function> functions;

  std::vector<int64_t> Calls() const {
    std::vector<int64_t> calls(functions.size());
    for (size_t f = 0; f < functions.size(); ++f) {
      calls[f] += functions[f].entries;
      for (const auto& [g, times] : functions[f].callees) {
        calls[g] += calls[f] * times;
      }
    }
    return calls;
  }
  // Of one call.
  std::vector<int64_t> Costs() const {
    std::vector<int64_t> costs(functions.size());
    for (size_t f = functions.size(); f-- > 0;) {
      costs[f] = functions[f].self;
      for (const auto& [g, times] : functions[f].callees) {
        costs[f] += times * costs[g];
      }
    }
    return costs;
  }

  // Of what is called.
  Profile Run() const {
    SampleProfile sample;
    const std::vector<int64_t> calls = Calls(), costs = Costs();
    std::vector<FunctionId> ids(functions.size());
    for (size_t f = 0; f < functions.size(); ++f) {
      if (calls[f] == 0) continue;
      ids[f] =
          sample.Add("f" + std::to_string(f), {calls[f], calls[f]},
                     {calls[f] * functions[f].self}, {calls[f] * costs[f]});
    }
    for (size_t f = 0; f < functions.size(); ++f) {
      for (const auto& [g, times] : functions[f].callees) {
        const int64_t n = calls[f] * times;
        if (n == 0) continue;
        sample.Call(ids[f], ids[g], {n, n}, {n * costs[g]},
                    {n * functions[g].self});
      }
    }
    return sample.Build();
  }
};

// Two versions of a program, and what is different.
class Versions {
 public:
  explicit Versions(uint32_t seed) : random_(seed) {
    const size_t functions = 3 + Below(12);
    base_.functions.resize(functions);
    base_.functions[0].entries = 1 + Below(3);
    for (size_t f = 0; f < functions; ++f) {
      base_.functions[f].self = 1 + Below(100);
      if (f > 0 && Below(8) == 0) base_.functions[f].entries = Below(3);
      for (int64_t i = f + 1 == functions ? 0 : Below(4); i > 0; --i) {
        base_.functions[f].callees[Later(f)] = 1 + Below(4);
      }
    }
    // The last is of the new version alone, if of any.
    for (Program::Function& f : base_.functions) {
      f.callees.erase(functions - 1);
    }
    base_.functions.back().entries = 0;
    current_ = base_;
  }

  // Change one thing in what is called and give what should be blamed: its
  // kind, function and the caller of its call.
  struct Planted {
    Kind kind = Kind::kUnexplained;
    size_t function = 0;
    std::optional<size_t> caller = {};
  };
  Planted ChangeSelf() {
    const size_t f = Called();
    current_.functions[f].self = Below(200);
    return {Kind::kSelf, f};
  }
  Planted ChangeEntries() {
    const size_t f = Called();
    current_.functions[f].entries += 1 + Below(9);
    return {Kind::kEntry, f};
  }
  Planted ChangeCall() {
    const size_t f = Called();
    auto& callees = current_.functions[f].callees;
    if (callees.empty()) return ChangeSelf();
    auto call =
        std::next(callees.begin(), Below(static_cast<int64_t>(callees.size())));
    const size_t g = call->first;
    call->second = Below(10);
    return {call->second == 0 ? Kind::kNewCall : Kind::kMoreCalls, g, f};
  }
  Planted AddCall() {
    const size_t f = Called();
    if (f + 2 == base_.functions.size()) return ChangeSelf();
    size_t g = Later(f);
    if (g + 1 == base_.functions.size()) --g;
    if (current_.functions[f].callees.contains(g)) return ChangeCall();
    current_.functions[f].callees[g] = 1 + Below(5);
    return {Kind::kNewCall, g, f};
  }
  // Before all that it calls.
  Planted AddFunction() {
    const size_t f = Called(), g = base_.functions.size() - 1;
    std::swap(current_.functions[g], added_);
    current_.functions[f].callees[g] = 1 + Below(5);
    return {Kind::kNewCall, g, f};
  }

  void Check(const Planted& planted) const {
    const Profile base = base_.Run(), current = current_.Run();
    const JoinedGraph graph = JoinByName(base, current);
    const auto row = [&](size_t f) {
      return RowOf(graph, base, current, "f" + std::to_string(f));
    };
    Cause expected{planted.kind, row(planted.function), {}};
    if (planted.caller) {
      expected.call = graph.FindCall({row(*planted.caller), expected.function});
    }
    const BlameFinder finder(graph);
    for (uint32_t f = 0; f < graph.functions.size(); ++f) {
      const int64_t difference =
          graph.current.inclusive[f][0] - graph.base.inclusive[f][0];
      if (difference == 0) continue;
      const Blame blame = finder.Find(kFirst, f);
      BOOST_CHECK(blame.cause == expected);
      BOOST_TEST(blame.explained == difference);
      BOOST_TEST(blame.parts.size() == 1);
      CheckSteps(graph, f, blame);
    }
  }

  static void CheckSteps(const JoinedGraph& graph, uint32_t function,
                         const Blame& blame) {
    BOOST_REQUIRE(!blame.steps.empty());
    BOOST_TEST(blame.steps[0].function == function);
    for (size_t i = 0; i < blame.steps.size(); ++i) {
      const BlameStep& step = blame.steps[i];
      BOOST_TEST(step.difference == graph.current.inclusive[step.function][0] -
                                        graph.base.inclusive[step.function][0]);
      BOOST_TEST(step.split.calls + step.split.mix + step.split.unit ==
                 step.difference);
      if (i + 1 == blame.steps.size()) {
        BOOST_CHECK(step.call == blame.cause.call);
        continue;
      }
      BOOST_REQUIRE(step.call.has_value());
      const JoinedCall& call = graph.calls[*step.call];
      const uint32_t next = blame.steps[i + 1].function;
      BOOST_TEST(((call == JoinedCall{step.function, next}) ||
                  (call == JoinedCall{next, step.function})));
    }
  }

 private:
  int64_t Below(int64_t end) {
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(end));
  }
  size_t Later(size_t f) {
    return f + 1 +
           static_cast<size_t>(
               Below(static_cast<int64_t>(base_.functions.size() - f - 1)));
  }
  size_t Called() {
    const std::vector<int64_t> calls = base_.Calls();
    size_t f;
    do {
      f = static_cast<size_t>(Below(static_cast<int64_t>(calls.size())));
    } while (calls[f] == 0);
    return f;
  }

  std::mt19937 random_;
  Program base_;
  Program current_;
  Program::Function added_ = {50, 0, {}};
};

BOOST_AUTO_TEST_SUITE(PlantedChanges)

void CheckAll(Versions::Planted (Versions::*plant)()) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    Versions versions(seed);
    versions.Check((versions.*plant)());
  }
}

BOOST_AUTO_TEST_CASE(SelfCostIsBlamedForAllAboveIt) {
  CheckAll(&Versions::ChangeSelf);
}

BOOST_AUTO_TEST_CASE(NumberOfCallsIsBlamedForAllAboveAndBelowIt) {
  CheckAll(&Versions::ChangeCall);
}

BOOST_AUTO_TEST_CASE(NewCallIsBlamedForAllAboveAndBelowIt) {
  CheckAll(&Versions::AddCall);
}

BOOST_AUTO_TEST_CASE(NewFunctionIsBlamedOnTheCallOfIt) {
  CheckAll(&Versions::AddFunction);
}

BOOST_AUTO_TEST_CASE(EntriesAreBlamedForAllBelowThem) {
  CheckAll(&Versions::ChangeEntries);
}

BOOST_AUTO_TEST_SUITE_END()

// Two profiles whose functions stand in the same rows.
class Example {
 public:
  Example(const Profile& base, const Profile& current)
      : graph_(JoinByName(base, current)), base_(base), current_(current) {}

  uint32_t Row(std::string_view name) const {
    return RowOf(graph_, base_, current_, name);
  }
  Blame Find(std::string_view name) const {
    const Blame blame = BlameFinder(graph_).Find(kFirst, Row(name));
    Versions::CheckSteps(graph_, Row(name), blame);
    return blame;
  }
  Cause Self(std::string_view name) const {
    return {Kind::kSelf, Row(name), {}};
  }
  Cause CallBy(Kind kind, std::string_view caller,
               std::string_view callee) const {
    return {kind, Row(callee), graph_.FindCall({Row(caller), Row(callee)})};
  }
  // The functions on the way.
  std::vector<uint32_t> Way(const Blame& blame) const {
    std::vector<uint32_t> way;
    for (const BlameStep& step : blame.steps) way.push_back(step.function);
    return way;
  }
  std::vector<uint32_t> Rows(const std::vector<std::string_view>& names) const {
    std::vector<uint32_t> rows;
    for (const std::string_view name : names) rows.push_back(Row(name));
    return rows;
  }
  const JoinedGraph& graph() const { return graph_; }

 private:
  JoinedGraph graph_;
  const Profile& base_;
  const Profile& current_;
};

BOOST_AUTO_TEST_SUITE(BlameFinderSuite)

// main calls refresh `refreshes` times, which calls parse_row `rows` times.
Profile Loader(int64_t refreshes, int64_t rows, int64_t row_cost) {
  Program program;
  program.functions.resize(3);
  program.functions[0] = {10, 1, {{1, refreshes}}};
  program.functions[1] = {20, 0, {{2, rows}}};
  program.functions[2] = {row_cost, 0, {}};
  return program.Run();
}

BOOST_AUTO_TEST_CASE(MoreCallsByTheCallerAreTheCause) {
  const Profile base = Loader(2, 10, 5), current = Loader(2, 30, 5);
  const Example example(base, current);
  const Blame blame = example.Find("f2");
  BOOST_CHECK(blame.cause == example.CallBy(Kind::kMoreCalls, "f1", "f2"));
  BOOST_TEST(blame.explained == 200);
  BOOST_CHECK(blame.steps[0].split == Split({200, 0, 0}));
  BOOST_CHECK(example.Way(example.Find("f0")) == example.Rows({"f0", "f1"}));
}

BOOST_AUTO_TEST_CASE(CallerThatIsCalledMoreLeadsOnUp) {
  const Profile base = Loader(2, 10, 5), current = Loader(6, 10, 5);
  const Example example(base, current);
  const Blame blame = example.Find("f2");
  BOOST_CHECK(blame.cause == example.CallBy(Kind::kMoreCalls, "f0", "f1"));
  BOOST_CHECK(example.Way(blame) == example.Rows({"f2", "f1"}));
}

BOOST_AUTO_TEST_CASE(SmallerCostsAreTracedTheSameWay) {
  const Profile base = Loader(6, 10, 5), current = Loader(6, 10, 2);
  const Example example(base, current);
  const Blame blame = example.Find("f0");
  BOOST_CHECK(blame.cause == example.Self("f2"));
  BOOST_TEST(blame.explained == -180);
}

BOOST_AUTO_TEST_CASE(SeveralCausesHaveTheirParts) {
  const Profile base = Loader(2, 10, 5), current = Loader(2, 11, 10);
  const Example example(base, current);
  const Blame blame = example.Find("f0");  // 20 rows at 5, now 22 at 10
  BOOST_CHECK(blame.cause == example.Self("f2"));
  BOOST_TEST(blame.explained == 110);
  BOOST_REQUIRE(blame.parts.size() == 2);
  BOOST_CHECK(blame.parts[1].cause ==
              example.CallBy(Kind::kMoreCalls, "f1", "f2"));
  BOOST_TEST(blame.parts[1].difference == 10);
}

BOOST_AUTO_TEST_CASE(NoCauseOfHalfOrMoreIsNone) {
  const auto run = [](int64_t self) {
    Program program;
    program.functions.resize(4);
    program.functions[0] = {10, 1, {{1, 1}, {2, 1}, {3, 1}}};
    for (size_t f = 1; f < 4; ++f) program.functions[f].self = self;
    return program.Run();
  };
  const Profile base = run(5), current = run(15);
  const Example example(base, current);
  const Blame blame = example.Find("f0");
  BOOST_CHECK(blame.cause.kind == Kind::kUnexplained);
  BOOST_TEST(blame.explained == 0);
  BOOST_TEST(blame.parts.size() == 3);
  for (const BlamePart& part : blame.parts) BOOST_TEST(part.difference == 10);
}

BOOST_AUTO_TEST_CASE(CallsThatWentToADearerCallerAreTheCause) {
  // cheap and dear call f for 10 and 100 each.
  const auto run = [](int64_t cheap_calls, int64_t dear_calls) {
    SampleProfile sample;
    const int64_t cheap = 10 * cheap_calls, dear = 100 * dear_calls;
    const FunctionId g = sample.Add("cheap", {1, 1}, {0}, {cheap});
    const FunctionId h = sample.Add("dear", {1, 1}, {0}, {dear});
    const FunctionId f = sample.Add("f", {cheap_calls + dear_calls, 0},
                                    {cheap + dear}, {cheap + dear});
    sample.Call(g, f, {cheap_calls, 0}, {cheap}, {cheap});
    sample.Call(h, f, {dear_calls, 0}, {dear}, {dear});
    return sample.Build();
  };
  const Profile base = run(5, 5), current = run(2, 8);
  const Example example(base, current);
  const Blame blame = example.Find("f");
  BOOST_CHECK(blame.cause == example.CallBy(Kind::kMoreCalls, "dear", "f"));
  BOOST_TEST(blame.explained == 270);
  BOOST_CHECK(blame.steps[0].split == Split({0, 270, 0}));
}

BOOST_AUTO_TEST_CASE(FunctionThatIsGoneIsBlamedOnTheCallOfIt) {
  const Profile base = Loader(2, 10, 5), current = Loader(2, 0, 0);
  const Example example(base, current);
  for (const std::string_view name : {"f0", "f1", "f2"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause == example.CallBy(Kind::kNewCall, "f1", "f2"));
    BOOST_TEST(blame.explained == -100);
  }
}

BOOST_AUTO_TEST_CASE(WhatDidNotChangeHasNoCause) {
  const Profile profile = Loader(2, 10, 5);
  const Example example(profile, profile);
  const Blame blame = example.Find("f0");
  BOOST_CHECK(blame.cause.kind == Kind::kUnexplained);
  BOOST_TEST(blame.parts.empty());
}

// main calls f once, which calls itself; each of its calls costs `self`.
Profile Recursive(int64_t self_calls, int64_t self, int64_t main_calls = 1) {
  SampleProfile sample;
  const int64_t calls = main_calls * (1 + self_calls), cost = calls * self;
  const FunctionId main = sample.Add("main", {1, 1}, {1}, {1 + cost});
  const FunctionId f = sample.Add("f", {calls, main_calls}, {cost}, {cost});
  sample.Call(main, f, {main_calls, main_calls}, {cost}, {main_calls * self});
  sample.Call(f, f, {main_calls * self_calls, 0}, {cost - self},
              {cost - main_calls * self});
  return sample.Build();
}

BOOST_AUTO_TEST_CASE(DeeperRecursionIsBlamedOnTheRecursiveCall) {
  const Profile base = Recursive(9, 10), current = Recursive(29, 10);
  const Example example(base, current);
  for (const std::string_view name : {"main", "f"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause == example.CallBy(Kind::kMoreCalls, "f", "f"));
    BOOST_TEST(blame.explained == 200);
  }
}

BOOST_AUTO_TEST_CASE(RecursionThatIsNewIsANewCall) {
  const Profile base = Recursive(0, 10), current = Recursive(29, 10);
  const Example example(base, current);
  BOOST_CHECK(example.Find("main").cause ==
              example.CallBy(Kind::kNewCall, "f", "f"));
}

BOOST_AUTO_TEST_CASE(DearerRecursiveFunctionIsBlamedItself) {
  const Profile base = Recursive(9, 10), current = Recursive(9, 30);
  const Example example(base, current);
  for (const std::string_view name : {"main", "f"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause == example.Self("f"));
    BOOST_TEST(blame.explained == 200);
  }
}

BOOST_AUTO_TEST_CASE(RecursiveFunctionThatIsCalledMoreIsBlamedOnItsCaller) {
  const Profile base = Recursive(9, 10), current = Recursive(9, 10, 3);
  const Example example(base, current);
  for (const std::string_view name : {"main", "f"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause == example.CallBy(Kind::kMoreCalls, "main", "f"));
    BOOST_TEST(blame.explained == 200);
  }
}

// main calls even, which calls odd, and so on, `depth` calls in all, of which
// the last calls leaf for `leaf` once each.
Profile EvenAndOdd(int depth, int64_t self, int64_t leaf) {
  SampleStacks stacks;
  std::vector<SampleStacks::Frame> stack = {{"main"}};
  stacks.Add(stack, {1}, 1);
  for (int i = 0; i < depth; ++i) {
    stack.push_back({i % 2 == 0 ? "even" : "odd"});
    stacks.Add(stack, {self}, 1);
  }
  stack.push_back({"leaf"});
  stacks.Add(stack, {leaf}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_CASE(DeeperMutualRecursionIsACycle) {
  const Profile base = EvenAndOdd(10, 10, 5), current = EvenAndOdd(30, 10, 5);
  const Example example(base, current);
  for (const std::string_view name : {"main", "even", "odd"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause.kind == Kind::kCycle);
    // Of 200: a call of odd costs a little more, since the last calls none.
    BOOST_TEST(blame.explained >= 190);
  }
}

// a and b call each other, but what they do is done elsewhere.
Profile Entangled(int64_t x, int64_t y) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"a"}, {"x"}}, {x}, 1);
  stacks.Add({{"main"}, {"b"}, {"y"}}, {y}, 1);
  stacks.Add({{"main"}, {"a"}, {"b"}}, {1}, 1);
  stacks.Add({{"main"}, {"b"}, {"a"}}, {1}, 1);
  stacks.Add({{"main"}, {"a"}}, {1}, 1);
  stacks.Add({{"main"}, {"b"}}, {1}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_CASE(OthersOfACycleAreNotBlamed) {
  const Profile base = Entangled(10, 100), current = Entangled(30, 1000);
  const Example example(base, current);
  const Blame blame = example.Find("a");
  BOOST_CHECK(blame.cause == example.Self("x"));
  BOOST_TEST(blame.explained == 20);
  BOOST_CHECK(example.Find("b").cause == example.Self("y"));
  BOOST_CHECK(example.Find("main").cause == example.Self("y"));
}

BOOST_AUTO_TEST_CASE(DearerFunctionOfACycleIsBlamedItself) {
  const Profile base = EvenAndOdd(10, 10, 5), current = EvenAndOdd(10, 10, 95);
  const Example example(base, current);
  for (const std::string_view name : {"main", "even", "odd", "leaf"}) {
    const Blame blame = example.Find(name);
    BOOST_CHECK(blame.cause == example.Self("leaf"));
    BOOST_TEST(blame.explained == 90);
  }
}

// A sampled program: nothing is counted.
Profile Sampled(int64_t f, int64_t g, int64_t h) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f"}}, {f});
  if (g != 0) stacks.Add({{"main"}, {"f"}, {"g"}}, {g});
  if (h != 0) stacks.Add({{"main"}, {"f"}, {"g"}, {"h"}}, {h});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_CASE(SamplesAreTracedByCostAlone) {
  const Profile base = Sampled(5, 6, 7), current = Sampled(6, 60, 9);
  const Example example(base, current);
  const Blame blame = example.Find("main");
  BOOST_CHECK(blame.cause == example.Self("g"));
  BOOST_TEST(blame.explained == 54);
  BOOST_CHECK(example.Way(blame) == example.Rows({"main", "f", "g"}));
}

BOOST_AUTO_TEST_CASE(FunctionThatIsNewInSamplesIsANewCall) {
  const Profile base = Sampled(5, 0, 0), current = Sampled(6, 60, 9);
  const Example example(base, current);
  for (const std::string_view name : {"main", "f", "g", "h"}) {
    BOOST_CHECK(example.Find(name).cause ==
                example.CallBy(Kind::kNewCall, "f", "g"));
  }
}

// Whatever recursion, what is told adds up.
BOOST_AUTO_TEST_CASE(PartsAddUpToTheDifference) {
  const auto run = [](uint32_t seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    Profile profile = stacks.Build();
    FoldContexts(profile);
    return profile;
  };
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Profile base = run(2 * seed), current = run(2 * seed + 1);
    const JoinedGraph graph = JoinByName(base, current);
    const BlameFinder finder(graph);
    for (uint32_t f = 0; f < graph.functions.size(); ++f) {
      const Blame blame = finder.Find(kFirst, f);
      Versions::CheckSteps(graph, f, blame);
      const int64_t difference =
          graph.current.inclusive[f][0] - graph.base.inclusive[f][0];
      int64_t sum = 0;
      for (const BlamePart& part : blame.parts) {
        BOOST_TEST((part.difference < 0) == (difference < 0));
        sum += part.difference;
      }
      BOOST_TEST(std::abs(sum - difference) <=
                 static_cast<int64_t>(blame.parts.size()));
      if (blame.cause.kind == Kind::kUnexplained) continue;
      BOOST_TEST(2 * std::abs(blame.explained) + 1 >= std::abs(difference));
    }
  }
}

BOOST_AUTO_TEST_CASE(ContradictingFiguresAreSurvived) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const auto run = [&](uint32_t side) {
      Profile profile = RandomProfile(10, 60, 2 * seed + side, 2);
      for (int64_t& cost : profile.graph.inclusive.all()) {
        if (cost % 3 == 0) cost = cost % 2 == 0 ? INT64_MIN : INT64_MAX;
      }
      for (Call& call : profile.graph.calls) {
        if (call.counts.total % 5 == 0) call.counts.total = INT64_MAX;
      }
      return profile;
    };
    const Profile base = run(0), current = run(1);
    const JoinedGraph graph =
        JoinGraphs(base, current, PairsBy(base, current, KeyOf));
    const BlameFinder finder(graph);
    for (uint32_t f = 0; f < graph.functions.size(); ++f) {
      for (const uint32_t e : {0, 1}) {
        BOOST_TEST(finder.Find(EventId(e), f).steps[0].function == f);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
