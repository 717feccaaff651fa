#include "graph/compare/joined_graph.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <utility>

#include "graph/compare/compare_test_support.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;
using Ends = std::pair<FunctionKey, FunctionKey>;

// Sums by caller and callee, the obvious way: of calls, then of costs.
std::map<Ends, Costs> SumCalls(const Profile& profile) {
  std::map<Ends, Costs> sums;
  for (const auto& [key, figures] : ContentsOf(profile).calls) {
    Costs& sum = sums[{std::get<0>(key), std::get<1>(key)}];
    sum.resize(3);
    sum[0] += figures.counts.total;
    for (size_t e = 0; e < 2; ++e) sum[1 + e] += figures.inclusive[e];
  }
  return sums;
}

class Side {
 public:
  Side(const Profile& profile, FunctionId FunctionPair::*side,
       const JoinedGraph& graph, const Figures& figures)
      : profile_(profile), side_(side), graph_(graph), figures_(figures) {}

  void CheckFunctions() const {
    for (size_t row = 0; row < graph_.functions.size(); ++row) {
      const FunctionId f = graph_.functions[row].*side_;
      const CallGraph& graph = profile_.graph;
      BOOST_TEST(figures_.calls[row] ==
                 (f.is_valid() ? graph.counts[f.row()].total : 0));
      CheckRow(figures_.self[row], graph.self, f);
      CheckRow(figures_.inclusive[row], graph.inclusive, f);
    }
  }

  void CheckCalls() const {
    std::map<Ends, Costs> left = SumCalls(profile_);
    for (size_t row = 0; row < graph_.calls.size(); ++row) {
      const FunctionId caller =
          graph_.functions[graph_.calls[row].caller].*side_;
      const FunctionId callee =
          graph_.functions[graph_.calls[row].callee].*side_;
      Costs expected(3);
      if (caller.is_valid() && callee.is_valid()) {
        const auto found =
            left.find({KeyOf(profile_, caller), KeyOf(profile_, callee)});
        if (found != left.end()) {
          expected = found->second;
          left.erase(found);
        }
      }
      BOOST_TEST(figures_.call_calls[row] == expected[0]);
      BOOST_TEST(figures_.call_inclusive[row][0] == expected[1]);
      BOOST_TEST(figures_.call_inclusive[row][1] == expected[2]);
    }
    BOOST_TEST(left.empty());
  }

 private:
  static void CheckRow(std::span<const int64_t> found, const CostTable& table,
                       FunctionId f) {
    for (size_t e = 0; e < 2; ++e) {
      BOOST_TEST(found[e] == (f.is_valid() ? table[f.row()][e] : 0));
    }
  }

  const Profile& profile_;
  FunctionId FunctionPair::*side_;
  const JoinedGraph& graph_;
  const Figures& figures_;
};

JoinedGraph Join(const Profile& base, const Profile& current) {
  return JoinGraphs(base, current, PairsBy(base, current, KeyOf));
}

BOOST_AUTO_TEST_SUITE(JoinedGraphSuite)

BOOST_AUTO_TEST_CASE(FiguresAreThoseOfEachSide) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    const Profile base = RandomProfile(2 + seed, 10 * seed, 2 * seed, 3);
    const Profile current = RandomProfile(2 + seed, 10 * seed, 2 * seed + 1, 3);
    const JoinedGraph graph = Join(base, current);
    for (const auto& [profile, side, figures] :
         {std::tuple{&base, &FunctionPair::base, &graph.base},
          std::tuple{&current, &FunctionPair::current, &graph.current}}) {
      const Side checked(*profile, side, graph, *figures);
      checked.CheckFunctions();
      checked.CheckCalls();
    }
  }
}

BOOST_AUTO_TEST_CASE(CallsAreUniqueAndFoundByBothEnds) {
  const Profile base = RandomProfile(20, 200, 1, 3);
  const Profile current = RandomProfile(20, 200, 2, 3);
  const JoinedGraph graph = Join(base, current);
  BOOST_TEST(std::ranges::is_sorted(graph.calls));
  BOOST_TEST((std::ranges::adjacent_find(graph.calls) == graph.calls.end()));
  size_t by = 0, of = 0;
  for (uint32_t f = 0; f < graph.functions.size(); ++f) {
    for (const uint32_t call : graph.CallsBy(f)) {
      BOOST_TEST(graph.calls[call].caller == f);
      BOOST_TEST((graph.FindCall(graph.calls[call]) == call));
      ++by;
    }
    for (const uint32_t call : graph.CallsOf(f)) {
      BOOST_TEST(graph.calls[call].callee == f);
      ++of;
    }
  }
  BOOST_TEST(by == graph.calls.size());
  BOOST_TEST(of == graph.calls.size());
}

BOOST_AUTO_TEST_CASE(CallThatIsNotThereIsNotFound) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {1});
  const FunctionId g = sample.Add("g", {1, 1}, {1}, {1});
  sample.Call(f, g, {1, 1}, {1}, {1});
  const Profile profile = sample.Build();
  const JoinedGraph graph = JoinByName(profile, profile);
  BOOST_TEST(graph.FindCall({0, 1}).has_value());
  BOOST_TEST(!graph.FindCall({0, 0}).has_value());
  BOOST_TEST(!graph.FindCall({1, 0}).has_value());
}

// f calls g, which calls f again, which calls g from another line.
BOOST_AUTO_TEST_CASE(RecursionThroughSeveralLinesCountsOnceWithContexts) {
  SampleStacks stacks;
  stacks.Add({{"f"}, {"g", 1}}, {1}, 1);
  stacks.Add({{"f"}, {"g", 1}, {"f", 5}, {"g", 2}}, {10}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  const JoinedGraph graph = JoinByName(profile, profile);
  const auto call = graph.FindCall({0, 1});
  BOOST_REQUIRE(call.has_value());
  BOOST_TEST(graph.base.call_inclusive[*call][0] == 11);
  BOOST_TEST(graph.base.call_calls[*call] == 2);
  BOOST_CHECK(FiguresOf(profile, graph, {0, 1}) == graph.base);
}

BOOST_AUTO_TEST_CASE(EventsAreThoseOfBothSidesByName) {
  const auto profile = [](std::vector<Event> events, const Costs& costs) {
    SampleProfile sample{EventSet(std::move(events))};
    sample.Add("f", {1, 1}, costs, costs);
    return sample.Build();
  };
  const Event ns{"ns", "Time [ns]", Unit::kNanoseconds};
  const Event bytes{"bytes", "Bytes", Unit::kBytes};
  const Event blocks{"blocks", "Blocks", Unit::kCount};
  const JoinedGraph graph = JoinByName(profile({blocks, ns, bytes}, {1, 2, 3}),
                                       profile({bytes, ns}, {30, 20}));
  BOOST_CHECK(graph.events == EventSet({ns, bytes}));
  BOOST_TEST(graph.base.self[0][0] == 2);
  BOOST_TEST(graph.base.self[0][1] == 3);
  BOOST_TEST(graph.current.self[0][0] == 20);
  BOOST_TEST(graph.current.self[0][1] == 30);

  const auto fails = [&](std::vector<Event> events, const std::string& text) {
    BOOST_CHECK_EXCEPTION(
        JoinByName(profile({ns}, {1}), profile(std::move(events), {1})), Error,
        [&](const Error& e) { return e.what() == text; });
  };
  fails({blocks},
        "no event is on both sides: the base has ns; what is compared with it, "
        "blocks");
  fails({{"ns", "Time", Unit::kCount}},
        "event \"ns\" is nanoseconds in the base, but a count in what is "
        "compared with it");
  BOOST_CHECK_THROW(FiguresOf(profile({ns}, {1}), graph, {0}), Error);
}

BOOST_AUTO_TEST_CASE(FiguresOfARepeatStandInTheGraphsRows) {
  SampleProfile sample;
  const FunctionId g = sample.Add("g", {7, 7}, {70}, {70});
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {71});
  sample.Call(f, g, {7, 7}, {70}, {70}, 3);
  sample.Call(g, g, {5, 5}, {50}, {50}, 3);
  SampleProfile merged;
  merged.Add("f", {1, 1}, {1}, {1});
  merged.Add("h", {1, 1}, {1}, {1});
  merged.Add("g", {1, 1}, {1}, {1});
  merged.Call(f, g, {1, 1}, {1}, {1});
  merged.Call(FunctionId(0), FunctionId(2), {1, 1}, {1}, {1});
  const Profile sum = merged.Build();
  const JoinedGraph graph = JoinByName(sum, sum);
  const Figures figures = FiguresOf(sample.Build(), graph, {2, 0});
  BOOST_TEST(figures.calls == Costs({1, 0, 7}),
             boost::test_tools::per_element());
  BOOST_TEST(figures.inclusive[0][0] == 71);
  BOOST_TEST(figures.self[2][0] == 70);
  // A call that the graph does not have is left out.
  BOOST_TEST(figures.call_calls == Costs({7, 0}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(MeansAreRoundedToTheNearest) {
  const auto figures = [](int64_t figure) {
    SampleProfile sample;
    const FunctionId f = sample.Add("f", {figure, 0}, {figure}, {-figure});
    sample.Call(f, f, {figure, 0}, {figure}, {figure});
    const Profile profile = sample.Build();
    return JoinByName(profile, profile).base;
  };
  const auto mean = [&](const Costs& all) {
    std::vector<Figures> repeats;
    for (const int64_t figure : all) repeats.push_back(figures(figure));
    return MeanOf(repeats);
  };
  BOOST_CHECK(mean({3}) == figures(3));
  BOOST_CHECK(mean({1, 2, 6}) == figures(3));
  BOOST_CHECK(mean({1, 1, 2}) == figures(1));
  BOOST_CHECK(mean({1, 2, 2}) == figures(2));
  BOOST_CHECK(mean({1, 2}) == figures(2));
  BOOST_CHECK(mean({INT64_MAX, INT64_MAX, INT64_MAX}) == figures(INT64_MAX));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
