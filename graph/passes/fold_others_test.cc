#include "graph/passes/fold_others.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <vector>

#include "graph/function_table.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

std::vector<bool> Chosen(size_t functions, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<bool> chosen;
  for (size_t f = 0; f < functions; ++f) chosen.push_back(random() % 2 == 0);
  return chosen;
}

CallCounts AllCalls(const Profile& profile) {
  CallCounts all;
  for (const CallCounts counts : profile.graph.counts) all += counts;
  return all;
}

BOOST_AUTO_TEST_SUITE(FoldedOthers)

BOOST_AUTO_TEST_CASE(SumsStayAndWhatIsToldStaysAsItIs) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile profile = RandomProfile(30, 90, seed);
    const std::vector<bool> told = Chosen(30, seed);
    const auto [folded, rows] = FoldOthers(profile, told);
    BOOST_TEST(folded.Check() == "");
    BOOST_TEST((AllCalls(folded) == AllCalls(profile)));
    BOOST_TEST(folded.graph.self.Totals() == profile.graph.self.Totals());
    const FunctionId others = FindOthers(folded).value();
    for (size_t f = 0; f < told.size(); ++f) {
      BOOST_TEST((rows[f] == others) == !told[f]);
      if (!told[f]) continue;
      BOOST_TEST((KeyOf(folded, rows[f]) == KeyOf(profile, FunctionId(f))));
      BOOST_TEST(
          (folded.graph.counts[rows[f].row()] == profile.graph.counts[f]));
    }
  }
}

// To fold in two steps is to fold at once.
BOOST_AUTO_TEST_CASE(OthersThatAreThereAreOfThem) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile profile = RandomProfile(30, 90, seed);
    const std::vector<bool> first = Chosen(30, seed);
    std::vector<bool> both = Chosen(30, seed + 1000);
    const WithOthers once = FoldOthers(profile, first);
    std::vector<bool> second(once.profile.functions.size(), true);
    for (size_t f = 0; f < first.size(); ++f) {
      if (first[f] && !both[f]) second[once.functions[f].row()] = false;
      both[f] = both[f] && first[f];
    }
    const Profile twice = FoldOthers(once.profile, second).profile;
    BOOST_CHECK(Sorted(ContentsOf(twice)) ==
                Sorted(ContentsOf(FoldOthers(profile, both).profile)));
  }
}

// main calls f, and f calls g and h, which calls f again.
Profile Program() {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {1, 1}, {1}, {10});
  const FunctionId f = sample.Add("f", {2, 1}, {2}, {9});
  const FunctionId g = sample.Add("g", {3, 3}, {3}, {3});
  const FunctionId h = sample.Add("h", {4, 4}, {4}, {6});
  sample.Call(main, f, {1, 1}, {9}, {2}, 5);
  sample.Call(f, g, {3, 3}, {3}, {3}, 6);
  sample.Call(f, h, {4, 4}, {6}, {4}, 7);
  sample.Call(h, f, {1, 0}, {2}, {2}, 8);
  return sample.Build();
}

BOOST_AUTO_TEST_CASE(TheirInclusiveCostIsTheirOwnAndThatOfTheirCalls) {
  const auto [folded, rows] = FoldOthers(Program(), {true, false, true, false});
  const size_t others = FindOthers(folded)->row();
  BOOST_TEST(folded.graph.counts[others].total == 6);
  BOOST_TEST(folded.graph.self[others][0] == 6);
  BOOST_TEST(folded.graph.inclusive[others][0] == 9);  // and 3 of g
  BOOST_TEST(folded.provenance.IsFunctionEstimated(others));
  BOOST_REQUIRE(folded.graph.calls.size() == 2u);
  BOOST_TEST(folded.graph.calls[0].line == 5u);
  BOOST_TEST(folded.graph.calls[1].line == 0u);
}

BOOST_AUTO_TEST_CASE(WhereAllAreToldTheyAreThereWithoutFigures) {
  const auto [folded, rows] = FoldOthers(Program(), {true, true, true, true});
  const size_t others = FindOthers(folded)->row();
  BOOST_TEST(others == 4u);
  BOOST_TEST(folded.graph.counts[others].total == 0);
  BOOST_TEST(folded.graph.inclusive[others][0] == 0);
}

BOOST_AUTO_TEST_CASE(LargeIsWhatHasALargeFigureOrMakesManyCalls) {
  const CallGraph graph = Program().graph;
  const auto large = [&](int64_t least, size_t of) {
    return FindLarge(graph, [=](int64_t figure, size_t column) {
      return column == of && figure >= least;
    });
  };
  using Bits = std::vector<bool>;
  BOOST_TEST(large(3, 0) == (Bits{false, true, true, true}));  // f: of h
  BOOST_TEST(large(9, 1) == (Bits{true, true, false, false}));
  const std::vector<double> least = LeastFigures(graph, .5);
  BOOST_TEST(least == (std::vector<double>{5, 5}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
