#include "graph/passes/cycles.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// Functions that are called once and cost nothing; calls as pairs of rows.
CallGraph Graph(size_t functions,
                const std::vector<std::pair<size_t, size_t>>& calls) {
  SampleProfile sample;
  for (size_t f = 0; f < functions; ++f) {
    sample.Add(std::to_string(f), {1, 1}, {0}, {0});
  }
  for (const auto& [caller, callee] : calls) {
    sample.Call(FunctionId(caller), FunctionId(callee), {1, 1}, {0}, {0});
  }
  return sample.Build().graph;
}

// reached[a][b]: calls lead from a to b, or they are one. By Warshall.
std::vector<std::vector<bool>> Reach(const CallGraph& graph) {
  const size_t functions = graph.counts.size();
  std::vector reached(functions, std::vector<bool>(functions));
  for (size_t f = 0; f < functions; ++f) reached[f][f] = true;
  for (const Call& call : graph.calls) {
    reached[call.caller.row()][call.callee.row()] = true;
  }
  for (size_t by = 0; by < functions; ++by) {
    for (size_t a = 0; a < functions; ++a) {
      for (size_t b = 0; b < functions; ++b) {
        if (reached[a][by] && reached[by][b]) reached[a][b] = true;
      }
    }
  }
  return reached;
}

BOOST_AUTO_TEST_CASE(FunctionsThatReachEachOtherAndNoOthersHaveOneNumber) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const size_t functions = 1 + random() % 25;
    std::vector<std::pair<size_t, size_t>> calls(random() % (2 * functions));
    for (auto& [caller, callee] : calls) {
      caller = random() % functions;
      callee = random() % functions;
    }
    const CallGraph graph = Graph(functions, calls);
    const auto reached = Reach(graph);
    const std::vector<uint32_t> numbers = NumberCycles(graph);
    BOOST_REQUIRE_EQUAL(numbers.size(), functions);
    for (size_t a = 0; a < functions; ++a) {
      for (size_t b = 0; b < functions; ++b) {
        BOOST_REQUIRE_EQUAL(numbers[a] == numbers[b],
                            reached[a][b] && reached[b][a]);
        if (reached[a][b]) BOOST_REQUIRE_GE(numbers[a], numbers[b]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(AmongSomeFunctionsOnlyCallsBetweenThemCount) {
  std::mt19937 random(2);
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile profile = RandomProfile(12, 40, seed);
    std::vector<bool> among(12);
    for (size_t f = 0; f < among.size(); ++f) among[f] = random() % 4 != 0;
    CallGraph part = profile.graph;
    std::erase_if(part.calls, [&](const Call& call) {
      return !among[call.caller.row()] || !among[call.callee.row()];
    });
    BOOST_TEST(NumberCyclesAmong(profile.graph, among) == NumberCycles(part));
  }
}

BOOST_AUTO_TEST_CASE(NoFunctionsHaveNoNumbers) {
  BOOST_TEST(NumberCycles(CallGraph()).empty());
}

BOOST_AUTO_TEST_CASE(AChainOfAMillionCallsIsFollowed) {
  constexpr size_t kFunctions = 1'000'000;
  SampleProfile sample;
  for (uint32_t f = 0; f < kFunctions; ++f) {
    sample.Add("f", "f.py", f, {1, 1}, {0}, {0});
  }
  for (size_t f = 0; f + 1 < kFunctions; ++f) {
    sample.Call(FunctionId(f), FunctionId(f + 1), {1, 1}, {0}, {0});
  }
  const std::vector<uint32_t> numbers = NumberCycles(sample.Build().graph);
  BOOST_TEST(numbers.front() == kFunctions - 1);
  BOOST_TEST(numbers.back() == 0);
}

}  // namespace
}  // namespace prof2cg
