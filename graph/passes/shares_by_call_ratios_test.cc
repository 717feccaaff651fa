#include "graph/passes/shares_by_call_ratios.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

const EventId kEvent(0);

// Calls by caller and callee, and what they cost.
using Costs = std::map<std::pair<size_t, size_t>, double>;

// The rule, word for word and without regard to time: every entry of a cycle is
// followed by itself, by recursion. For calls that cost something.
class SlowRule {
 public:
  SlowRule(std::vector<double> self, Costs costs, std::vector<double> recorded)
      : self_(std::move(self)),
        costs_(std::move(costs)),
        recorded_(std::move(recorded)),
        inclusive_(self_.size()) {
    double total = 0;
    for (const double cost : self_) total += cost;
    for (double& cost : self_) cost /= total;
    FindReach();
    for (size_t f = 0; f < self_.size(); ++f) {
      if (IsCycle(f)) {
        if (First(f) == f) ShareAmongMembers(f);
      } else {
        inclusive_[f] = Total(f);
      }
    }
  }

  double Inclusive(size_t f) const { return inclusive_[f]; }
  std::optional<double> OfCall(size_t caller, size_t callee) {
    if (caller == callee) return std::nullopt;
    if (!Together(caller, callee)) {
      return RatioOf(caller, callee) * Total(callee);
    }
    const auto found = inner_.find({caller, callee});
    if (found == inner_.end()) return std::nullopt;
    return found->second;
  }

  bool Together(size_t a, size_t b) const {
    return reached_[a][b] && reached_[b][a];
  }
  bool IsCycle(size_t f) const {
    for (size_t g = 0; g < self_.size(); ++g) {
      if (g != f && Together(f, g)) return true;
    }
    return false;
  }
  size_t First(size_t f) const {
    size_t first = 0;
    while (!Together(first, f)) ++first;
    return first;
  }

  // Of the cycle where `f` is in one.
  double Total(size_t f) {
    double total = 0;
    for (size_t g = 0; g < self_.size(); ++g) {
      if (Together(f, g)) total += Flow(g);
    }
    return total;
  }

  // By how much calls from outside enter each member.
  std::map<size_t, double> Entries(size_t cycle) {
    std::map<size_t, double> entries;
    for (const auto& [ends, cost] : costs_) {
      if (!Together(ends.second, cycle) || Together(ends.first, cycle)) {
        continue;
      }
      entries[ends.second] += RatioOf(ends.first, ends.second);
    }
    if (!entries.empty()) return entries;
    size_t costliest = cycle;
    for (size_t g = 0; g < self_.size(); ++g) {
      if (Together(g, cycle) && recorded_[g] > recorded_[costliest]) {
        costliest = g;
      }
    }
    return {{costliest, 1.}};
  }

 private:
  void FindReach() {
    const size_t n = self_.size();
    reached_.assign(n, std::vector<bool>(n));
    for (size_t f = 0; f < n; ++f) reached_[f][f] = true;
    for (const auto& [ends, cost] : costs_) {
      reached_[ends.first][ends.second] = true;
    }
    for (size_t by = 0; by < n; ++by) {
      for (size_t a = 0; a < n; ++a) {
        for (size_t b = 0; b < n; ++b) {
          if (reached_[a][by] && reached_[by][b]) reached_[a][b] = true;
        }
      }
    }
  }

  double RatioOf(size_t caller, size_t callee) const {
    double whole = 0;
    for (const auto& [ends, cost] : costs_) {
      const auto [from, to] = ends;
      if (from == to) continue;
      const bool counts = IsCycle(callee) && !Together(caller, callee)
                              ? Together(to, callee) && !Together(from, callee)
                              : to == callee;
      if (counts) whole += cost;
    }
    return costs_.at({caller, callee}) / whole;
  }

  // Its self share, and what leaves its cycle from it.
  double Flow(size_t f) {
    double flow = self_[f];
    for (const auto& [ends, cost] : costs_) {
      const auto [from, to] = ends;
      if (from == f && !Together(f, to)) flow += RatioOf(from, to) * Total(to);
    }
    return flow;
  }

  void ShareAmongMembers(size_t cycle) {
    for (const auto& [entry, ratio] : Entries(cycle)) {
      const std::vector<size_t> ranks = RankFrom(entry);
      std::map<size_t, double> parts;
      Part(entry, ratio, ranks, parts);
    }
  }

  std::vector<size_t> RankFrom(size_t entry) const {
    std::vector<size_t> ranks(self_.size(), SIZE_MAX);
    ranks[entry] = 0;
    for (size_t rank = 0; rank < self_.size(); ++rank) {
      for (const auto& [ends, cost] : costs_) {
        const auto [from, to] = ends;
        if (ranks[from] == rank && Together(from, to) && ranks[to] > rank + 1) {
          ranks[to] = rank + 1;
        }
      }
    }
    return ranks;
  }

  double Part(size_t f, double ratio, const std::vector<size_t>& ranks,
              std::map<size_t, double>& parts) {
    if (parts.contains(f)) return parts[f];
    double part = ratio * Flow(f);
    for (const auto& [ends, cost] : costs_) {
      const auto [from, to] = ends;
      if (from != f || !Together(from, to) || ranks[to] <= ranks[from]) {
        continue;
      }
      double forward = 0;
      for (const auto& [others, c] : costs_) {
        const bool leads = others.second == to && Together(others.first, to) &&
                           ranks[to] > ranks[others.first];
        if (leads) forward += RatioOf(others.first, to);
      }
      const double share =
          RatioOf(from, to) / forward * Part(to, ratio, ranks, parts);
      inner_[ends] += share;
      part += share;
    }
    parts[f] = part;
    inclusive_[f] += part;
    return part;
  }

  std::vector<double> self_;
  const Costs costs_;
  const std::vector<double> recorded_;
  std::vector<std::vector<bool>> reached_;
  std::vector<double> inclusive_;
  Costs inner_;
};

// The rule for a profile, its calls costing what `costs` says.
SlowRule SlowRuleOf(const Profile& profile, const Costs& costs) {
  std::vector<double> self;
  std::vector<double> recorded;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    self.push_back(static_cast<double>(profile.graph.self[f][0]));
    double cost = self.back();
    for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
      const Call& call = profile.graph.calls[c];
      if (call.caller.row() != f || call.callee.row() == f) continue;
      cost += static_cast<double>(profile.graph.call_inclusive[c][0]);
    }
    recorded.push_back(
        std::max(cost, static_cast<double>(profile.graph.inclusive[f][0])));
  }
  return SlowRule(self, costs, recorded);
}

Costs CallCosts(const Profile& profile) {
  Costs costs;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    costs[{call.caller.row(), call.callee.row()}] =
        static_cast<double>(profile.graph.call_inclusive[c][0]);
  }
  return costs;
}

void CheckBySlowRule(const Profile& profile, const Shares& shares,
                     SlowRule rule, const std::string& of) {
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    BOOST_REQUIRE_MESSAGE(near(shares.inclusive[f], rule.Inclusive(f)),
                          of << ", function " << f << ": "
                             << shares.inclusive[f] << ", not "
                             << rule.Inclusive(f));
  }
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    const std::optional<double> expected =
        rule.OfCall(call.caller.row(), call.callee.row());
    BOOST_REQUIRE_MESSAGE(expected ? near(shares.calls[c], *expected)
                                   : std::isnan(shares.calls[c]),
                          of << ", call " << c << ": " << shares.calls[c]
                             << ", not " << expected.value_or(-1));
  }
}

// Costs nothing but itself, until calls say so.
Profile GraphOf(size_t functions,
                const std::vector<std::pair<size_t, size_t>>& calls,
                std::mt19937& random) {
  SampleProfile sample;
  for (size_t f = 0; f < functions; ++f) {
    sample.Add(std::to_string(f), {1, 1},
               {1 + static_cast<int64_t>(random()) % 100}, {0});
  }
  for (const auto& [caller, callee] : calls) {
    sample.Call(FunctionId(caller), FunctionId(callee), {1, 1},
                {1 + static_cast<int64_t>(random()) % 100}, {0});
  }
  return sample.Build();
}

Profile RandomGraph(size_t functions, size_t calls, std::mt19937& random) {
  std::vector<std::pair<size_t, size_t>> ends(calls);
  for (auto& [caller, callee] : ends) {
    caller = random() % functions;
    callee = random() % functions;
  }
  return GraphOf(functions, ends, random);
}

// One cycle of members 1 and on, each of which 0 calls and whose calls also
// lead across it; the last member calls a function outside.
Profile EnteredEverywhere(size_t members, std::mt19937& random) {
  std::vector<std::pair<size_t, size_t>> calls;
  for (size_t m = 1; m <= members; ++m) {
    calls.emplace_back(0, m);
    calls.emplace_back(m, m % members + 1);
    calls.emplace_back(m, 1 + random() % members);
  }
  calls.emplace_back(members, members + 1);
  return GraphOf(members + 2, calls, random);
}

double Known(double share) { return share >= 0 ? share : 0; }

// What a function has is its own and that of the calls that it makes.
void CheckThatFunctionsHaveWhatTheyCall(const Profile& profile,
                                        const Shares& shares) {
  std::vector<double> expected = shares.self;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    expected[profile.graph.calls[c].caller.row()] += Known(shares.calls[c]);
  }
  for (size_t f = 0; f < expected.size(); ++f) {
    BOOST_REQUIRE_SMALL(shares.inclusive[f] - expected[f], 1e-9);
  }
}

// Nothing is lost on the way: what no call accounts for is all there is.
void CheckThatNothingIsLost(const Shares& shares) {
  double sum = 0;
  for (const double share : shares.inclusive) sum += share;
  for (const double share : shares.calls) sum -= Known(share);
  BOOST_REQUIRE_SMALL(sum - 1, 1e-9);
}

void CheckThatSharesAreShares(const Shares& shares) {
  for (const auto& column : {shares.self, shares.inclusive}) {
    for (const double share : column) {
      BOOST_REQUIRE((share >= 0 && share <= 1));
    }
  }
  for (const double share : shares.calls) {
    BOOST_REQUIRE((std::isnan(share) || (share >= 0 && share <= 1 + 1e-9)));
  }
}

BOOST_AUTO_TEST_SUITE(SharesByCallRatiosSuite)

BOOST_AUTO_TEST_CASE(RandomGraphsHaveTheSharesOfTheSlowRule) {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    const size_t functions = 1 + random() % 10;
    const Profile profile =
        RandomGraph(functions, random() % (3 * functions), random);
    const Shares shares = SharesByCallRatios(profile, kEvent);
    CheckBySlowRule(profile, shares, SlowRuleOf(profile, CallCosts(profile)),
                    "round " + std::to_string(round));
    CheckThatFunctionsHaveWhatTheyCall(profile, shares);
    CheckThatNothingIsLost(shares);
    CheckThatSharesAreShares(shares);
  }
}

BOOST_AUTO_TEST_CASE(CountsOfCallsServeAsTheirCostsWould) {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    const size_t functions = 1 + random() % 10;
    Profile profile = RandomGraph(functions, random() % 30, random);
    Costs counts;
    for (Call& call : profile.graph.calls) {
      call.counts.total = 1 + static_cast<int64_t>(random() % 9);
      counts[{call.caller.row(), call.callee.row()}] =
          static_cast<double>(call.counts.total);
    }
    profile.share_by = ShareBy::kCallCounts;
    CheckBySlowRule(profile, SharesByCallRatios(profile, kEvent),
                    SlowRuleOf(profile, counts),
                    "round " + std::to_string(round));
  }
}

// a and b call each other.
BOOST_AUTO_TEST_CASE(CostsOfCallersShareOutWhatTheirCalleesHave) {
  SampleProfile sample;
  sample.Add("main", {1, 1}, {4}, {6});
  sample.Add("a", {1, 1}, {2}, {2});
  sample.Add("b", {1, 1}, {4}, {4});
  const auto call = [&](size_t caller, size_t callee) {
    sample.Call(FunctionId(caller), FunctionId(callee), {1, 1}, {0}, {0});
  };
  call(0, 2), call(1, 2), call(2, 1), call(0, 1), call(1, 1);
  Profile profile = sample.Build();
  profile.share_by = ShareBy::kCallerCosts;
  const Shares shares = SharesByCallRatios(profile, kEvent);
  const std::vector<double> inclusive = {.6, .2, .4};
  BOOST_TEST(shares.inclusive == inclusive, boost::test_tools::per_element());
  // Half of both calls into the cycle are main's; among all callers of b it has
  // 6 of 8, and of a 6 of 10.
  const std::vector<double> calls = {.5 * .4, .25 * .4, .4 * .2, .5 * .2, .2};
  for (size_t c = 0; c < calls.size(); ++c) {
    BOOST_TEST(std::abs(shares.calls[c] - calls[c]) < 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(EveryEntryIsFollowedByItselfUpToTheLimit) {
  std::mt19937 random(2);
  for (const size_t members : {2, 3, 20, 63, 64}) {
    const Profile profile = EnteredEverywhere(members, random);
    CheckBySlowRule(profile, SharesByCallRatios(profile, kEvent),
                    SlowRuleOf(profile, CallCosts(profile)),
                    std::to_string(members) + " members");
  }
}

BOOST_AUTO_TEST_CASE(EntriesBeyondTheLimitLoseNothing) {
  std::mt19937 random(3);
  for (const size_t members : {65, 66, 200, 1000}) {
    const Profile profile = EnteredEverywhere(members, random);
    const Shares shares = SharesByCallRatios(profile, kEvent);
    CheckThatFunctionsHaveWhatTheyCall(profile, shares);
    CheckThatNothingIsLost(shares);
    CheckThatSharesAreShares(shares);
    BOOST_TEST(std::abs(shares.inclusive[0] - 1) < 1e-9);
  }
}

// By stacks, a call costs what stood below it each time.
BOOST_AUTO_TEST_CASE(StacksHaveTheSharesOfTheSlowRule) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed);
    Profile profile = stacks.Build();
    const int64_t total = profile.contexts->self.Totals()[0];
    FoldContexts(profile);
    JoinCallSites(profile);
    Costs costs;
    bool is_positive = total > 0;
    const std::vector<Context>& contexts = profile.contexts->contexts;
    for (size_t c = contexts.size(); c-- > 0;) {
      const double self = static_cast<double>(profile.contexts->self[c][0]);
      ContextId at(c);
      while (contexts[at.row()].parent.is_valid()) {
        const ContextId parent = contexts[at.row()].parent;
        costs[{contexts[parent.row()].function.row(),
               contexts[at.row()].function.row()}] += self;
        at = parent;
      }
    }
    for (const auto& [ends, cost] : costs) is_positive &= cost > 0;
    if (!is_positive) continue;
    const Shares shares = SharesByCallRatios(profile, kEvent);
    CheckBySlowRule(profile, shares, SlowRuleOf(profile, costs),
                    "seed " + std::to_string(seed));
  }
}

BOOST_AUTO_TEST_CASE(ACycleThatNobodyCallsHasItsCost) {
  std::mt19937 random(4);
  const Profile profile = GraphOf(2, {{0, 1}, {1, 0}}, random);
  const Shares shares = SharesByCallRatios(profile, kEvent);
  BOOST_TEST(std::max(shares.inclusive[0], shares.inclusive[1]) == 1);
}

BOOST_AUTO_TEST_CASE(CallsWithoutCostDoNotMultiplyWhatTheyShare) {
  SampleProfile sample;
  for (const char* name : {"main", "a", "b", "f", "g"}) {
    sample.Add(name, {1, 1}, {10}, {0});
  }
  const auto call = [&](size_t caller, size_t callee) {
    sample.Call(FunctionId(caller), FunctionId(callee), {1, 1}, {0}, {0});
  };
  for (const size_t f : {1, 2}) call(0, f), call(f, 3), call(f, 4);
  call(3, 4), call(4, 3);
  const Profile profile = sample.Build();
  const Shares shares = SharesByCallRatios(profile, kEvent);
  CheckThatSharesAreShares(shares);
  BOOST_TEST(shares.inclusive[0] == 1);
}

BOOST_AUTO_TEST_CASE(AProfileWithoutFunctionsHasNoShares) {
  SampleProfile sample;
  BOOST_TEST(SharesByCallRatios(sample.Build(), kEvent).inclusive.empty());
}

// Of profiles that a rule of more than linear time would not get done with.
void CheckThatTheFirstHasAll(const Profile& profile) {
  const Shares shares = SharesByCallRatios(profile, kEvent);
  BOOST_TEST(std::abs(shares.inclusive[0] - 1) < 1e-6);
}

BOOST_AUTO_TEST_CASE(AChainOfManyCallsIsFollowed) {
  std::mt19937 random(5);
  std::vector<std::pair<size_t, size_t>> calls;
  for (size_t f = 0; f < 100'000; ++f) calls.emplace_back(f, f + 1);
  CheckThatTheFirstHasAll(GraphOf(100'001, calls, random));
}

// Followed one by one, these would take minutes.
BOOST_AUTO_TEST_CASE(ACycleOfManyEntriesIsShared) {
  std::mt19937 random(6);
  CheckThatTheFirstHasAll(EnteredEverywhere(10'000, random));
}

// Of two functions each.
BOOST_AUTO_TEST_CASE(ManyCyclesAreShared) {
  std::mt19937 random(7);
  std::vector<std::pair<size_t, size_t>> calls;
  constexpr size_t kCycles = 50'000;
  for (size_t f = 1; f < 2 * kCycles; f += 2) {
    calls.emplace_back(0, f);
    calls.emplace_back(f, f + 1);
    calls.emplace_back(f + 1, f);
  }
  CheckThatTheFirstHasAll(GraphOf(2 * kCycles + 1, calls, random));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
