#include "graph/compare/call_order.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Calls = std::vector<std::pair<size_t, size_t>>;

JoinedGraph Graph(size_t functions, const Calls& calls) {
  SampleProfile sample;
  for (size_t f = 0; f < functions; ++f) {
    sample.Add("f" + std::to_string(f), {1, 1}, {1}, {1});
  }
  for (const auto& [caller, callee] : calls) {
    sample.Call(FunctionId(caller), FunctionId(callee), {1, 1}, {1}, {1});
  }
  const Profile profile = sample.Build();
  return JoinByName(profile, profile);
}

BOOST_AUTO_TEST_SUITE(CallOrderSuite)

BOOST_AUTO_TEST_CASE(WithoutRecursionAllCallsLeadForward) {
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    const size_t functions = 2 + random() % 20;
    Calls calls;
    for (size_t c = random() % 60; c > 0; --c) {
      // From higher rows to lower ones.
      const size_t caller = 1 + random() % (functions - 1);
      calls.emplace_back(caller, random() % caller);
    }
    const JoinedGraph graph = Graph(functions, calls);
    const CallOrder order(graph);
    for (const JoinedCall& call : graph.calls) {
      BOOST_TEST(!order.IsRecursive(call));
    }
    for (uint32_t f = 0; f < functions; ++f) {
      BOOST_TEST(order.At(order.PlaceOf(f)) == f);
    }
  }
}

BOOST_AUTO_TEST_CASE(CallsThatLeadBackAreRecursive) {
  // 3 calls 0, which calls 1, which calls 2; these call back.
  const JoinedGraph graph =
      Graph(4, {{3, 0}, {0, 1}, {1, 2}, {2, 0}, {1, 0}, {2, 2}});
  const CallOrder order(graph);
  BOOST_TEST(!order.IsRecursive({3, 0}));
  BOOST_TEST(!order.IsRecursive({0, 1}));
  BOOST_TEST(!order.IsRecursive({1, 2}));
  BOOST_TEST(order.IsRecursive({2, 0}));
  BOOST_TEST(order.IsRecursive({1, 0}));
  BOOST_TEST(order.IsRecursive({2, 2}));
}

BOOST_AUTO_TEST_CASE(CycleThatNothingCallsBeginsInTheFirstRow) {
  const CallOrder order(Graph(2, {{1, 0}, {0, 1}}));
  BOOST_TEST(order.At(0) == 0);
  BOOST_TEST(order.IsRecursive({1, 0}));
}

BOOST_AUTO_TEST_CASE(DeepCallsNeedNoStack) {
  Calls calls;
  for (size_t f = 0; f + 1 < 100'000; ++f) calls.emplace_back(f, f + 1);
  const CallOrder order(Graph(100'000, calls));
  BOOST_TEST(order.PlaceOf(99'999) == 99'999);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
