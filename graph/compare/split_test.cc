#include "graph/compare/split.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <random>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

const EventId kTime(0);

// Calls of f, and what each costs.
struct Calls {
  int64_t calls = 0;
  int64_t unit = 0;
};

// The first is from outside, the others by g1, g2, …
Profile Program(const std::vector<Calls>& sources) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {0, 0}, {0}, {0});
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto [calls, unit] = sources[i];
    sample.Add("f", {calls, calls}, {calls * unit}, {calls * unit});
    const FunctionId g =
        sample.Add("g" + std::to_string(i), {1, 1}, {0}, {calls * unit});
    if (i == 0 || calls == 0) continue;
    sample.Call(g, f, {calls, calls}, {calls * unit}, {calls * unit});
  }
  return sample.Build();
}

Split SplitOf(const std::vector<Calls>& base,
              const std::vector<Calls>& current) {
  return SplitFunction(JoinByName(Program(base), Program(current)), kTime, 0);
}

void CheckNear(int64_t found, long double expected) {
  BOOST_TEST(std::abs(static_cast<long double>(found) - expected) <= 1.01L);
}

void CheckSum(const Split& split, int64_t then, int64_t now) {
  const __int128 sum = __int128{split.calls} + split.mix + split.unit;
  BOOST_TEST((sum == Difference(then, now)));
}

// The formulas of the header, of figures that are known.
void CheckFormulas(const std::vector<Calls>& base,
                   const std::vector<Calls>& current) {
  long double old_calls = 0, new_calls = 0, old_cost = 0, new_cost = 0;
  for (size_t i = 0; i < base.size(); ++i) {
    old_calls += static_cast<long double>(base[i].calls);
    new_calls += static_cast<long double>(current[i].calls);
    old_cost += static_cast<long double>(base[i].calls * base[i].unit);
    new_cost += static_cast<long double>(current[i].calls * current[i].unit);
  }
  const long double mean = old_cost / old_calls;
  long double mix = -new_calls * mean, unit = 0;
  for (size_t i = 0; i < base.size(); ++i) {
    const auto n = static_cast<long double>(current[i].calls);
    const long double u =
        base[i].calls == 0 ? mean : static_cast<long double>(base[i].unit);
    mix += n * u;
    unit += n * (static_cast<long double>(current[i].unit) - u);
  }
  const Split split = SplitOf(base, current);
  CheckNear(split.calls, (new_calls - old_calls) * mean);
  CheckNear(split.mix, mix);
  CheckNear(split.unit, unit);
  CheckSum(split, std::llround(old_cost), std::llround(new_cost));
}

BOOST_AUTO_TEST_SUITE(SplitSuite)

BOOST_AUTO_TEST_CASE(PartsAreThoseOfTheFormulas) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const auto calls = [&] {
      std::vector<Calls> all(1 + static_cast<size_t>(i) % 5);
      for (Calls& c : all) {
        c = {static_cast<int64_t>(random() % 4),
             1 + static_cast<int64_t>(random() % 1000)};
      }
      return all;
    };
    std::vector<Calls> base = calls();
    base[random() % base.size()].calls = 7;
    std::vector<Calls> current = calls();
    current.resize(base.size());
    current[random() % base.size()].calls = 3;
    CheckFormulas(base, current);
  }
}

BOOST_AUTO_TEST_CASE(MoreCallsAtTheSameCostAreCalls) {
  BOOST_CHECK(SplitOf({{}, {3, 10}}, {{}, {9, 10}}) == Split({60, 0, 0}));
  BOOST_CHECK(SplitOf({{3, 10}}, {{1, 10}}) == Split({-20, 0, 0}));
}

BOOST_AUTO_TEST_CASE(DearerCallsAreUnit) {
  BOOST_CHECK(SplitOf({{}, {3, 10}}, {{}, {3, 30}}) == Split({0, 0, 60}));
}

BOOST_AUTO_TEST_CASE(CallsThatWentToADearerCallerAreMix) {
  BOOST_CHECK(SplitOf({{}, {5, 10}, {5, 100}}, {{}, {2, 10}, {8, 100}}) ==
              Split({0, 270, 0}));
}

BOOST_AUTO_TEST_CASE(WhatIsNewOrGoneIsCalls) {
  BOOST_CHECK(SplitOf({{}}, {{}, {2, 10}}) == Split({20, 0, 0}));
  BOOST_CHECK(SplitOf({{}, {2, 10}}, {{}}) == Split({-20, 0, 0}));
}

Profile Recursive(int64_t self_calls, int64_t cost) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1 + self_calls, 1}, {cost}, {cost});
  sample.Call(f, f, {self_calls, 0}, {cost}, {cost});
  return sample.Build();
}

BOOST_AUTO_TEST_CASE(DeeperRecursionMakesACallDearer) {
  const JoinedGraph graph = JoinByName(Recursive(5, 60), Recursive(11, 120));
  BOOST_CHECK(SplitFunction(graph, kTime, 0) == Split({0, 0, 60}));
}

BOOST_AUTO_TEST_CASE(CallIsSplitInTwo) {
  const JoinedGraph graph =
      JoinByName(Program({{}, {2, 10}}), Program({{}, {3, 20}}));
  BOOST_CHECK(SplitCall(graph, kTime, 0) == Split({10, 0, 30}));
}

BOOST_AUTO_TEST_CASE(WithoutCountsAllIsUnit) {
  const auto sampled = [](int64_t cost) {
    SampleProfile sample;
    const FunctionId f = sample.Add("f", {0, 0}, {0}, {cost});
    const FunctionId g = sample.Add("g", {0, 0}, {cost}, {cost});
    sample.Call(f, g, {0, 0}, {cost}, {cost});
    return sample.Build();
  };
  const JoinedGraph graph = JoinByName(sampled(10), sampled(25));
  for (const uint32_t f : {0, 1}) {
    BOOST_CHECK(SplitFunction(graph, kTime, f) == Split({0, 0, 15}));
  }
  BOOST_CHECK(SplitCall(graph, kTime, 0) == Split({0, 0, 15}));
}

BOOST_AUTO_TEST_CASE(PartsAddUpWhateverTheFigures) {
  constexpr int64_t kFigures[] = {0,         1,         -1,        2,
                                  INT64_MAX, INT64_MIN, 1'000'003, 7};
  std::mt19937 random(1);
  const auto figure = [&] { return kFigures[random() % std::size(kFigures)]; };
  const auto program = [&] {
    SampleProfile sample;
    for (const char* name : {"f", "g", "h"}) {
      sample.Add(name, {figure(), 0}, {figure()}, {figure()});
    }
    for (size_t i = 0; i < 9; ++i) {
      if (random() % 3 == 0) continue;
      sample.Call(FunctionId(i / 3), FunctionId(i % 3), {figure(), 0},
                  {figure()}, {figure()});
    }
    return sample.Build();
  };
  for (int i = 0; i < 2000; ++i) {
    const JoinedGraph graph = JoinByName(program(), program());
    for (uint32_t f = 0; f < graph.functions.size(); ++f) {
      CheckSum(SplitFunction(graph, kTime, f), graph.base.inclusive[f][0],
               graph.current.inclusive[f][0]);
    }
    for (uint32_t c = 0; c < graph.calls.size(); ++c) {
      CheckSum(SplitCall(graph, kTime, c), graph.base.call_inclusive[c][0],
               graph.current.call_inclusive[c][0]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
