#include "graph/passes/derive_functions.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// A program that runs: what a profiler would count of it, exactly.
class Program {
 public:
  explicit Program(size_t functions) : self_(functions), exact_(functions) {}

  // Runs `f` and, below the given depth, random callees of `callees(f)`.
  template <class Callees>
  int64_t Run(std::mt19937& random, uint32_t f, int depth, Callees callees) {
    const bool is_primitive = std::ranges::find(stack_, f) == stack_.end();
    ++exact_[f].counts.total;
    exact_[f].counts.primitive += is_primitive;
    stack_.push_back(f);
    int64_t cost = 1 + random() % 9;
    self_[f] += cost;
    for (size_t n = depth > 0 ? random() % 4 : 0; n > 0; --n) {
      const std::vector<uint32_t> choice = callees(f);
      if (choice.empty()) break;
      const uint32_t callee = choice[random() % choice.size()];
      const int64_t below = Run(random, callee, depth - 1, callees);
      auto& [count, inclusive] = calls_[{f, callee}];
      ++count;
      inclusive += below;
      cost += below;
    }
    stack_.pop_back();
    if (is_primitive) exact_[f].inclusive += cost;
    return cost;
  }

  Profile Record() const {
    SampleProfile sample;
    for (size_t f = 0; f < self_.size(); ++f) {
      sample.Add("f" + std::to_string(f), {}, {self_[f]}, {0});
    }
    for (const auto& [pair, figures] : calls_) {
      sample.Call(FunctionId(pair.first), FunctionId(pair.second),
                  {figures.first, figures.first}, {figures.second}, {0});
    }
    return sample.Build();
  }

  struct Exact {
    CallCounts counts;
    int64_t inclusive = 0;
  };
  const Exact& exact(size_t f) const { return exact_[f]; }

 private:
  std::vector<int64_t> self_;
  std::vector<Exact> exact_;
  std::map<std::pair<uint32_t, uint32_t>, std::pair<int64_t, int64_t>> calls_;
  std::vector<uint32_t> stack_;
};

BOOST_AUTO_TEST_SUITE(DeriveFunctionsFromCalls)

// Nobody counts the call of the root, and a function may call itself.
BOOST_AUTO_TEST_CASE(FiguresAreExactWhereFunctionsOnlyCallThemselves) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    constexpr uint32_t kFunctions = 8;
    Program program(kFunctions);
    program.Run(random, 0, 6, [](uint32_t f) {
      std::vector<uint32_t> later;
      for (uint32_t g = f == 0 ? 1 : f; g < kFunctions; ++g) later.push_back(g);
      return later;
    });
    Profile profile = program.Record();
    BOOST_TEST(DeriveFunctions(profile) == 0);
    for (uint32_t f = 0; f < kFunctions; ++f) {
      BOOST_TEST(profile.graph.inclusive[f][0] == program.exact(f).inclusive);
      if (f == 0) continue;
      BOOST_TEST((profile.graph.counts[f] == program.exact(f).counts));
    }
  }
}

BOOST_AUTO_TEST_CASE(FiguresOfCyclesAreUpperBoundsAndTheirEntriesExact) {
  std::mt19937 random(2);
  int64_t bounds = 0;
  for (int round = 0; round < 300; ++round) {
    constexpr uint32_t kFunctions = 6;
    Program program(kFunctions);
    // Function 1 is the only way into the others, which call each other.
    program.Run(random, 0, 7, [](uint32_t f) {
      return f == 0 ? std::vector<uint32_t>{1}
                    : std::vector<uint32_t>{1, 2, 3, 4, 5};
    });
    Profile profile = program.Record();
    bounds += DeriveFunctions(profile);
    for (uint32_t f = 0; f < kFunctions; ++f) {
      const Program::Exact& exact = program.exact(f);
      BOOST_TEST(profile.graph.inclusive[f][0] >= exact.inclusive);
      BOOST_TEST(profile.graph.inclusive[f][0] <=
                 profile.graph.inclusive[0][0]);
      BOOST_TEST(profile.graph.inclusive[f][0] >= profile.graph.self[f][0]);
      if (f > 0) {
        BOOST_TEST(profile.graph.counts[f].total == exact.counts.total);
        BOOST_TEST(profile.graph.counts[f].primitive >= exact.counts.primitive);
      }
    }
    BOOST_TEST(profile.graph.inclusive[0][0] == program.exact(0).inclusive);
    BOOST_TEST(profile.graph.inclusive[1][0] == program.exact(1).inclusive);
    BOOST_TEST(profile.graph.counts[1].primitive ==
               program.exact(1).counts.primitive);
  }
  BOOST_TEST(bounds > 100);
}

BOOST_AUTO_TEST_CASE(ACycleThatNobodyCallsCostsWhatItsMembersDo) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {}, {10}, {0});
  const FunctionId g = sample.Add("g", {}, {20}, {0});
  const FunctionId h = sample.Add("h", {}, {5}, {0});
  sample.Call(f, g, {3, 3}, {60}, {0});
  sample.Call(g, f, {2, 2}, {28}, {0});
  sample.Call(g, h, {1, 1}, {5}, {0});
  Profile profile = sample.Build();
  BOOST_TEST(DeriveFunctions(profile) == 2);
  BOOST_TEST(profile.graph.inclusive[f.row()][0] == 28);  // at most
  BOOST_TEST(profile.graph.inclusive[g.row()][0] ==
             35);  // at most: 10 + 20 + 5
  BOOST_TEST(profile.graph.inclusive[h.row()][0] == 5);
}

BOOST_AUTO_TEST_CASE(WhatIsDerivedIsMarkedSo) {
  SampleProfile sample;
  sample.Add("f", {}, {10}, {0});
  Profile profile = sample.Build();
  DeriveFunctions(profile);
  BOOST_TEST((profile.provenance.counts == Origin::kDerived));
  BOOST_TEST((profile.provenance.events[0].inclusive == Origin::kDerived));
  BOOST_TEST((profile.provenance.events[0].self == Origin::kMeasured));
  BOOST_TEST((profile.provenance.call_counts == Origin::kMeasured));
}

BOOST_AUTO_TEST_CASE(AProfileWithoutFunctionsIsLeftAsItIs) {
  Profile profile = SampleProfile().Build();
  BOOST_TEST(DeriveFunctions(profile) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
