#include "graph/compare/unlisted.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/passes/fold_others.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// 1000 calls at 1 ns each, of main and others: what has less than 10 is not
// listed.
Profile Snapshot() {
  SampleProfile sample;
  sample.Add("main", {900, 900}, {900}, {1000});
  sample.Add(kOthers, "~", 0, {100, 100}, {100}, {100});
  Profile snapshot = sample.Build();
  snapshot.provenance.least_told = .01;
  return snapshot;
}

struct Costs {
  int64_t calls = 1;
  int64_t inclusive = 1;
  int64_t calls_of_main = 1;
};

// Whether f is told apart.
bool IsTold(const Costs& costs, const Gate& gate, size_t profiles = 1) {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {900, 900}, {1}, {1000});
  const FunctionId f =
      sample.Add("f", {costs.calls, costs.calls}, {1}, {costs.inclusive});
  sample.Call(f, main, {costs.calls_of_main, costs.calls_of_main}, {1}, {1});
  const Profile current = sample.Build();
  const Profile base = Snapshot();
  const std::vector<bool> told =
      FindTold({base, 1, &FunctionPair::base},
               {current, profiles, &FunctionPair::current},
               PairsByName(base, current), gate);
  BOOST_TEST(told[main.row()]);
  return told[f.row()];
}

BOOST_AUTO_TEST_SUITE(Unlisted)

BOOST_AUTO_TEST_CASE(WhatMayBeAsItWasIsNotTold) {
  Gate gate;
  gate.usual = {.relative = .5, .absolute = 0};
  BOOST_TEST(!IsTold({}, gate));
  BOOST_TEST(!IsTold({.calls = 15}, gate));
  BOOST_TEST(IsTold({.calls = 16}, gate));
  BOOST_TEST(!IsTold({.inclusive = 15}, gate));
  BOOST_TEST(IsTold({.inclusive = 16}, gate));
  BOOST_TEST(!IsTold({.calls_of_main = 15}, gate));
  BOOST_TEST(IsTold({.calls_of_main = 16}, gate));
}

BOOST_AUTO_TEST_CASE(ThresholdsAreThoseOfTheEvent) {
  Gate gate;
  gate.usual = {.relative = 0, .absolute = 0};
  SetThreshold("calls:+20", gate);
  BOOST_TEST(!IsTold({.calls = 30}, gate));
  BOOST_TEST(IsTold({.calls = 31}, gate));
  BOOST_TEST(IsTold({.inclusive = 11}, gate));
}

BOOST_AUTO_TEST_CASE(FiguresAreThoseOfEachProfile) {
  Gate gate;
  gate.usual = {.relative = 0, .absolute = 0};
  BOOST_TEST(!IsTold({.calls = 30}, gate, 3));
  BOOST_TEST(IsTold({.calls = 31}, gate, 3));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
