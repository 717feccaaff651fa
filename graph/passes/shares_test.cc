#include "graph/passes/shares.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

const EventId kFirst(0);

// Of two events whose figures do not contradict each other.
Profile ConsistentProfile(uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](int64_t limit) {
    return static_cast<int64_t>(random()) % limit;
  };
  SampleProfile sample(TimeAndBytes());
  const size_t functions = 1 + random() % 30;
  std::vector<SampleProfile::Costs> inclusive;
  for (size_t f = 0; f < functions; ++f) {
    const int64_t self = below(1000);
    const int64_t bytes = below(10);
    inclusive.push_back({self + below(9000), bytes + below(90)});
    sample.Add("f" + std::to_string(f), {1, 1}, {self, bytes},
               inclusive.back());
  }
  for (size_t c = random() % 60; c > 0; --c) {
    const size_t callee = random() % functions;
    sample.Call(FunctionId(random() % functions), FunctionId(callee), {1, 1},
                {inclusive[callee][0] / 2, inclusive[callee][1] / 2}, {0, 0},
                static_cast<uint32_t>(c));
  }
  return sample.Build();
}

BOOST_AUTO_TEST_SUITE(SharesSuite)

BOOST_AUTO_TEST_CASE(OfNothingEverythingIsAll) {
  BOOST_TEST(Ratio(0, 0) == 1);
  BOOST_TEST(Ratio(3, 0) == 1);
  BOOST_TEST(Ratio(0, 4) == 0);
  BOOST_TEST(Ratio(1, 4) == .25);
}

BOOST_AUTO_TEST_CASE(ARatioIsNeverBelowNothingOrAboveAll) {
  BOOST_TEST(Ratio(5, 4) == 1);
  BOOST_TEST(Ratio(-1, 4) == 0);
  BOOST_TEST(Ratio(1, -4) == 0);
}

BOOST_AUTO_TEST_CASE(RecordedSharesAreTheProfilesOwnFigures) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile profile = ConsistentProfile(seed);
    for (const EventId event : {EventId(0), EventId(1)}) {
      const CallGraph& graph = profile.graph;
      int64_t self = 0;
      int64_t most = 0;
      for (size_t f = 0; f < profile.functions.size(); ++f) {
        self += graph.self[f][event.row()];
        most = std::max(most, graph.inclusive[f][event.row()]);
      }
      const Shares shares = SharesAsRecorded(profile, event);
      BOOST_TEST(shares.self_total == self);
      BOOST_TEST(shares.inclusive_total == std::max(self, most));
      const auto part = [](int64_t cost, int64_t total) {
        return total == 0 ? 1. : double(cost) / double(total);
      };
      for (size_t f = 0; f < profile.functions.size(); ++f) {
        BOOST_TEST(shares.self[f] == part(graph.self[f][event.row()], self));
        BOOST_TEST(shares.inclusive[f] == part(graph.inclusive[f][event.row()],
                                               shares.inclusive_total));
      }
      for (size_t c = 0; c < graph.calls.size(); ++c) {
        BOOST_TEST(shares.calls[c] == part(graph.call_inclusive[c][event.row()],
                                           shares.inclusive_total));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(SelfSharesAddUpToAll) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Shares shares = SharesAsRecorded(ConsistentProfile(seed), kFirst);
    double sum = 0;
    for (const double share : shares.self) sum += share;
    if (shares.self_total > 0) BOOST_TEST(std::abs(sum - 1) < 1e-9);
  }
}

BOOST_AUTO_TEST_CASE(FiguresThatContradictEachOtherHaveSharesUpToAll) {
  SampleProfile sample;
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  sample.Add("f", {1, 1}, {kMost}, {-5});
  sample.Add("g", {1, 1}, {kMost}, {7});
  sample.Add("h", {1, 1}, {-3}, {kMost});
  sample.Call(FunctionId(0), FunctionId(1), {1, 1}, {-9}, {0});
  sample.Call(FunctionId(1), FunctionId(2), {1, 1}, {kMost}, {0});
  const Shares shares = SharesAsRecorded(sample.Build(), kFirst);
  for (const auto& column : {shares.self, shares.inclusive, shares.calls}) {
    for (const double share : column) BOOST_TEST((share >= 0 && share <= 1));
  }
}

BOOST_AUTO_TEST_CASE(WhatTheSourceDoesNotTellIsNoNumber) {
  SampleProfile sample;
  sample.Add("f", {1, 1}, {1}, {1});
  sample.Call(FunctionId(0), FunctionId(0), {1, 1}, {1}, {0});
  Profile profile = sample.Build();
  Provenance::Columns& origins = profile.provenance.events[0];
  origins.self = origins.inclusive = origins.call_inclusive = Origin::kAbsent;
  const Shares shares = SharesAsRecorded(profile, kFirst);
  BOOST_TEST(std::isnan(shares.self[0]));
  BOOST_TEST(std::isnan(shares.inclusive[0]));
  BOOST_TEST(std::isnan(shares.calls[0]));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
