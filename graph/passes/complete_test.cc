#include "graph/passes/complete.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

// One line per call: "main -> f: 2 calls, 40 ns", with "about" if estimated.
std::string Show(Profile profile) {
  Complete(profile);
  BOOST_TEST(profile.Check() == "");
  std::string text;
  for (size_t row = 0; row < profile.graph.calls.size(); ++row) {
    const Call& call = profile.graph.calls[row];
    text += std::string(profile.Name(call.caller)) + " -> " +
            std::string(profile.Name(call.callee)) + ": " +
            std::to_string(call.counts.total) + " calls, " +
            (profile.provenance.IsEstimated(row) ? "about " : "") +
            std::to_string(profile.graph.call_inclusive[row][0]) + " ns\n";
  }
  return text;
}

BOOST_AUTO_TEST_CASE(MeasuredCallsAreLeftAlone) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {9, 1}, {90}, {90});
  p.Call(main, f, {1, 1}, {90}, {10});
  p.Call(f, f, {8, 0}, {70}, {80});
  BOOST_TEST(Show(p.Build()) ==
             "main -> f: 1 calls, 90 ns\nf -> f: 8 calls, 70 ns\n");
}

// f was active already when main was recorded calling it: no call to find.
BOOST_AUTO_TEST_CASE(CallsThatContextsDoNotCountWereNotMade) {
  SampleStacks stacks;
  stacks.Add({{"main"}}, {10});
  stacks.Add({{"main"}, {"f"}}, {2});
  stacks.Add({{"f"}}, {4}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(Show(std::move(profile)) == "main -> f: 0 calls, 2 ns\n");
}

// As the profile module writes a recursive function, shared out by counts.
BOOST_AUTO_TEST_CASE(CallsThatEnterARecursiveFunctionHaveAllOfItsCost) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId other = p.Add("other", {1, 1}, {0}, {30});
  const FunctionId f = p.Add("f", {90, 3}, {90}, {90});
  p.Call(main, f, {2, 2}, {2}, {2});
  p.MarkEstimated();
  p.Call(f, f, {87, 87}, {87}, {87});
  p.MarkEstimated();
  p.Call(other, f, {1, 1}, {1}, {1});
  p.MarkEstimated();
  BOOST_TEST(Show(p.Build()) ==
             "main -> f: 2 calls, about 60 ns\n"
             "f -> f: 87 calls, about 87 ns\n"
             "other -> f: 1 calls, about 30 ns\n");
}

// main calls f, f and g call each other, and nobody else calls g.
BOOST_AUTO_TEST_CASE(CallsThatEnterACycleHaveAllOfItsCost) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {50, 1}, {40}, {90});
  const FunctionId g = p.Add("g", {50, 1}, {50}, {80});
  p.Call(main, f, {1, 1}, {1}, {1});
  p.MarkEstimated();
  p.Call(g, f, {49, 49}, {89}, {39});
  p.MarkEstimated();
  p.Call(f, g, {50, 50}, {80}, {50});
  p.MarkEstimated();
  BOOST_TEST(Show(p.Build()) ==
             "main -> f: 1 calls, about 90 ns\n"
             "g -> f: 49 calls, about 89 ns\n"
             "f -> g: 50 calls, about 80 ns\n");
}

BOOST_AUTO_TEST_CASE(CallsFromOutsideTheProfileTakeTheirShare) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {10, 4}, {80}, {80});
  p.Call(main, f, {1, 1}, {8}, {8});
  p.MarkEstimated();
  p.Call(f, f, {6, 6}, {48}, {48});
  p.MarkEstimated();
  BOOST_TEST(Show(p.Build()) ==
             "main -> f: 1 calls, about 20 ns\n"
             "f -> f: 6 calls, about 48 ns\n");
}

BOOST_AUTO_TEST_CASE(EstimatesWithoutACycleAreLeftAlone) {
  SampleProfile p;
  const FunctionId main = p.Add("main", {1, 1}, {10}, {100});
  const FunctionId f = p.Add("f", {4, 4}, {80}, {80});
  p.Call(main, f, {1, 1}, {20}, {20});
  p.MarkEstimated();
  BOOST_TEST(Show(p.Build()) == "main -> f: 1 calls, about 20 ns\n");
}

// As Python 3.13 has the start of threads: each function in the next.
BOOST_AUTO_TEST_CASE(UncountedCallsTakeWhatOthersLeave) {
  SampleProfile p;
  const FunctionId run = p.Add("run", {3, 1}, {5}, {2235});
  const FunctionId worker = p.Add("worker", {3, 1}, {13}, {2233});
  const FunctionId get = p.Add("get", {15, 1}, {46}, {2202});
  p.Call(run, worker, {0, 0}, {0}, {0});
  p.Call(run, get, {11, 11}, {34}, {34});
  p.Call(worker, get, {0, 0}, {0}, {0});
  BOOST_TEST(Show(p.Build()) ==
             "run -> worker: 3 calls, about 2233 ns\n"
             "run -> get: 11 calls, 34 ns\n"
             "worker -> get: 4 calls, about 2168 ns\n");
}

// A lock is no place to start a thread from: that came from outside.
BOOST_AUTO_TEST_CASE(UncountedCallsFromCheaperCallersStayUncounted) {
  SampleProfile p;
  const FunctionId lock = p.Add("lock", {9, 9}, {303}, {303});
  const FunctionId thread = p.Add("thread", {3, 1}, {8}, {2282});
  p.Call(lock, thread, {0, 0}, {0}, {0});
  BOOST_TEST(Show(p.Build()) == "lock -> thread: 0 calls, 0 ns\n");
}

BOOST_AUTO_TEST_CASE(SeveralUncountedCallsShareWhatIsLeft) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {1, 1}, {0}, {100});
  const FunctionId b = p.Add("b", {1, 1}, {0}, {100});
  const FunctionId f = p.Add("f", {5, 5}, {51}, {51});
  p.Call(a, f, {0, 0}, {0}, {0});
  p.Call(b, f, {0, 0}, {0}, {0});
  BOOST_TEST(Show(p.Build()) ==
             "a -> f: 2 calls, about 25 ns\nb -> f: 3 calls, about 26 ns\n");
}

BOOST_AUTO_TEST_CASE(NothingIsTakenWhereTheCalleeCountsNoCallsEither) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {0, 0}, {0}, {100});
  const FunctionId f = p.Add("f", {0, 0}, {50}, {50});
  p.Call(a, f, {0, 0}, {0}, {0});
  BOOST_TEST(Show(p.Build()) == "a -> f: 0 calls, 0 ns\n");
}

// Whatever the functions' own counts say.
BOOST_AUTO_TEST_CASE(NothingIsTakenWhereCallsHaveNoCounts) {
  SampleProfile p;
  const FunctionId a = p.Add("a", {1, 1}, {0}, {100});
  const FunctionId f = p.Add("f", {2, 2}, {50}, {50});
  p.Call(a, f, {0, 0}, {20}, {20});
  p.profile().provenance.call_counts = Origin::kAbsent;
  BOOST_TEST(Show(p.Build()) == "a -> f: 0 calls, 20 ns\n");
}

BOOST_AUTO_TEST_CASE(AnyFiguresAreCompletedWithoutTouchingFunctions) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    Profile profile = RandomProfile(30, 200, seed);
    for (size_t row = 0; row < profile.graph.calls.size(); row += 5) {
      profile.graph.calls[row].counts = {};
    }
    const Profile before = RandomProfile(30, 200, seed);
    Complete(profile);
    BOOST_REQUIRE_EQUAL(profile.Check(), "");
    BOOST_REQUIRE(profile.graph.counts == before.graph.counts);
    BOOST_REQUIRE(profile.graph.self.Totals() == before.graph.self.Totals());
  }
}

}  // namespace
}  // namespace prof2cg
