#include "graph/passes/prune.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "graph/passes/reach.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Case {
  Profile profile;
  Selection kept;
  Shares shares;
  std::vector<bool> asked_for;
};

// A graph of which some functions, and some of the calls between these, are
// kept; shares are 0, unknown, or any.
Case RandomCase(uint32_t seed) {
  std::mt19937 random(seed);
  const size_t functions = 1 + random() % 12;
  Case c{RandomProfile(functions, random() % 40, seed, 1), {}, {}, {}};
  c.kept = Selection::All(c.profile);
  for (size_t f = 0; f < functions; ++f) c.kept.functions[f] = random() % 5 > 0;
  for (size_t row = 0; row < c.kept.calls.size(); ++row) {
    c.kept.calls[row] = random() % 5 > 0;
  }
  c.kept.DropLooseCalls(c.profile.graph);
  const auto share = [&] {
    const uint32_t kind = static_cast<uint32_t>(random() % 8);
    return kind == 0 ? kUnknown : kind == 1 ? 0 : double(random() % 100) / 100;
  };
  for (size_t f = 0; f < functions; ++f) {
    c.shares.inclusive.push_back(share());
    c.asked_for.push_back(random() % 4 == 0);
  }
  for (size_t row = 0; row < c.kept.calls.size(); ++row) {
    c.shares.calls.push_back(share());
  }
  return c;
}

// Hops from `from` to every function, by Bellman and Ford.
std::vector<size_t> Distances(const Case& c,
                              const std::vector<FunctionId>& from,
                              Direction direction) {
  constexpr size_t kFar = 1'000'000;
  std::vector<size_t> hops(c.kept.functions.size(), kFar);
  for (const FunctionId f : from) {
    if (c.kept.functions[f.row()]) hops[f.row()] = 0;
  }
  for (size_t round = 0; round < hops.size(); ++round) {
    for (size_t row = 0; row < c.kept.calls.size(); ++row) {
      if (!c.kept.calls[row]) continue;
      const Call& call = c.profile.graph.calls[row];
      const bool down = direction == Direction::kToCallees;
      const size_t begin = (down ? call.caller : call.callee).row();
      size_t& end = hops[(down ? call.callee : call.caller).row()];
      end = std::min(end, hops[begin] + 1);
    }
  }
  return hops;
}

BOOST_AUTO_TEST_SUITE(ReachSuite)

BOOST_AUTO_TEST_CASE(WhatIsNearEnoughIsReachedFromAllTogether) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Case c = RandomCase(seed);
    std::vector<FunctionId> from;
    for (size_t f = 0; f < c.asked_for.size(); ++f) {
      if (c.asked_for[f]) from.push_back(FunctionId(f));
    }
    for (const Direction direction :
         {Direction::kToCallees, Direction::kToCallers}) {
      const std::vector<size_t> hops = Distances(c, from, direction);
      for (const uint32_t depth : {0u, 1u, 2u, 3u, kAnyDepth}) {
        const std::vector<bool> reached =
            Reach(c.profile.graph, c.kept, from, direction, depth);
        for (size_t f = 0; f < hops.size(); ++f) {
          BOOST_REQUIRE_EQUAL(reached[f],
                              hops[f] <= std::min<size_t>(depth, hops.size()));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(TheOrderOfFunctionsDoesNotMatter) {
  std::mt19937 random(1);
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Case c = RandomCase(seed);
    std::vector<FunctionId> from;
    for (size_t f = 0; f < c.kept.functions.size(); f += 2) {
      from.push_back(FunctionId(f));
    }
    const auto reach = [&] {
      return Reach(c.profile.graph, c.kept, from, Direction::kToCallees, 2);
    };
    const std::vector<bool> expected = reach();
    std::shuffle(from.begin(), from.end(), random);
    BOOST_TEST((reach() == expected));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PruneSuite)

BOOST_AUTO_TEST_CASE(ACallWeighsItsShareOrWhatItsEndsAllow) {
  SampleProfile sample;
  for (const char* name : {"f", "g"}) sample.Add(name, {1, 1}, {1}, {1});
  sample.Call(FunctionId(0), FunctionId(1), {1, 1}, {1}, {1});
  const Profile profile = sample.Build();
  const auto weight = [&](double caller, double callee, double call) {
    const Shares shares{{}, {caller, callee}, {call}};
    return CallWeight(profile.graph, shares, 0);
  };
  BOOST_TEST(weight(.5, .25, .125) == .125);
  BOOST_TEST(weight(.5, .25, 0) == 0);
  BOOST_TEST(weight(.5, .25, kUnknown) == .25);
  BOOST_TEST(weight(.25, .5, kUnknown) == .25);
  BOOST_TEST(std::isnan(weight(kUnknown, kUnknown, kUnknown)));
}

BOOST_AUTO_TEST_CASE(FunctionsBelowTheThresholdGoUnlessAskedFor) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Case c = RandomCase(seed);
    for (const double threshold : {0., .25, .5, 1.}) {
      Selection kept = c.kept;
      DropColdFunctions(c.shares, threshold, c.asked_for, kept);
      for (size_t f = 0; f < kept.functions.size(); ++f) {
        const bool stays =
            c.asked_for[f] || !(c.shares.inclusive[f] < threshold);
        BOOST_REQUIRE_EQUAL(kept.functions[f], c.kept.functions[f] && stays);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(CallsBelowTheThresholdGoAndThoseOfDroppedFunctions) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Case c = RandomCase(seed);
    for (const double threshold : {0., .25, .5, 1.}) {
      Selection kept = c.kept;
      kept.functions[seed % kept.functions.size()] = false;
      DropColdCalls(c.profile.graph, c.shares, threshold, kept);
      for (size_t row = 0; row < kept.calls.size(); ++row) {
        const double weight = CallWeight(c.profile.graph, c.shares, row);
        const bool stays =
            kept.HasEnds(c.profile.graph.calls[row]) && !(weight < threshold);
        BOOST_REQUIRE_EQUAL(kept.calls[row], c.kept.calls[row] && stays);
      }
    }
  }
}

// As gprof2dot: what is exactly at the threshold stays.
BOOST_AUTO_TEST_CASE(TheThresholdItselfIsNotBelowIt) {
  Selection kept{{true, true}, {}};
  DropColdFunctions({{}, {.005, .0049}, {}}, .005, {false, false}, kept);
  BOOST_TEST((kept.functions == std::vector<bool>{true, false}));
}

BOOST_AUTO_TEST_CASE(TheCostliestAreKeptAndOfEqualsTheFirst) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Case c = RandomCase(seed);
    for (size_t most = 1; most < 14; ++most) {
      Selection kept = c.kept;
      const size_t dropped = KeepCostliest(c.shares, most, c.asked_for, kept);
      // All in order: those asked for, the unknown and the costly.
      std::vector<size_t> order(kept.functions.size());
      std::iota(order.begin(), order.end(), 0);
      std::ranges::stable_sort(order, std::ranges::greater(), [&](size_t f) {
        const double share = c.shares.inclusive[f];
        return (c.asked_for[f] ? 2 : 0) + (share >= 0 ? share : 1);
      });
      size_t all = 0;
      for (const size_t f : order) {
        if (!c.kept.functions[f]) continue;
        const bool stays = c.asked_for[f] || all < most;
        BOOST_REQUIRE_EQUAL(kept.functions[f], stays);
        ++all;
      }
      const size_t left =
          static_cast<size_t>(std::ranges::count(kept.functions, true));
      BOOST_TEST(left + dropped == all);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
