#include "graph/compare/budgets.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/error.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// handle calls loads so often, at 100 ns each; page calls it once, if at all.
Profile Requests(int64_t handled, int64_t loaded, bool page_loads = false) {
  SampleProfile sample;
  const int64_t cost = 100 * loaded;
  const FunctionId handle =
      sample.Add("handle", {handled, handled}, {1}, {1 + cost});
  const FunctionId page = sample.Add("page", {1, 1}, {1}, {1});
  const FunctionId loads =
      sample.Add("loads", {loaded, loaded}, {cost}, {cost});
  sample.Call(handle, loads, {loaded, loaded}, {cost}, {cost});
  if (page_loads) sample.Call(page, loads, {1, 1}, {0}, {0});
  return sample.Build();
}

struct Compared {
  Compared(Profile base_profile, Profile current_profile)
      : base(std::move(base_profile)),
        current(std::move(current_profile)),
        graph(JoinByName(base, current)),
        repeats{{graph.base}, {graph.current}} {}

  // One more profile of the current side, with the same functions and calls.
  void Repeat(const Profile& profile) {
    repeats.current.push_back(JoinByName(base, profile).current);
  }
  uint32_t Row(std::string_view name) const {
    return RowOf(graph, base, current, name);
  }
  size_t Exceeding(const Budget& budget) const {
    return Use(budget, graph, repeats).exceeding;
  }
  std::string ErrorOf(const Budget& budget) const {
    try {
      Exceeding(budget);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  Profile base;
  Profile current;
  JoinedGraph graph;
  Repeats repeats;
};

BOOST_AUTO_TEST_SUITE(Budgets)

BOOST_AUTO_TEST_CASE(WhatCostsJustTheLimitKeepsToIt) {
  const Compared c(Requests(10, 20), Requests(10, 30));
  for (uint32_t f = 0; f < c.graph.functions.size(); ++f) {
    const auto cost = static_cast<double>(c.graph.current.inclusive[f][0]);
    BOOST_TEST(c.Exceeding({.event = "ns", .limit = cost, .functions = {f}}) ==
               0u);
    BOOST_TEST(c.Exceeding(
                   {.event = "ns", .limit = cost - 1, .functions = {f}}) == 1u);
  }
}

BOOST_AUTO_TEST_CASE(CallsAreCountedByCallsOfAnother) {
  const Compared c(Requests(10, 20), Requests(10, 30));
  Budget budget{.event = "calls",
                .kind = Budget::Kind::kPerCall,
                .limit = 2,
                .functions = {c.Row("loads")},
                .per_calls_of = {c.Row("handle")}};
  const BudgetUse use = Use(budget, c.graph, c.repeats);
  BOOST_TEST(use.function == c.Row("loads"));
  BOOST_TEST(use.cost == 30);
  BOOST_TEST(use.measure == 10);
  BOOST_TEST(use.exceeding == 1u);
  budget.limit = 3;
  BOOST_TEST(c.Exceeding(budget) == 0u);
}

BOOST_AUTO_TEST_CASE(DecimalFactorsOfTheBaseAreExact) {
  for (int64_t percent = 100; percent < 200; ++percent) {
    const Compared c(Requests(1, 100), Requests(1, percent));
    Budget budget{.event = "ns",
                  .kind = Budget::Kind::kOfBase,
                  .limit = static_cast<double>(percent) / 100,
                  .functions = {c.Row("loads")}};
    BOOST_TEST(c.Exceeding(budget) == 0u);
    budget.limit -= .01;
    BOOST_TEST(c.Exceeding(budget) == 1u);
  }
}

BOOST_AUTO_TEST_CASE(TheFunctionThatIsWorstOffIsTold) {
  const Compared c(Requests(10, 20), Requests(10, 30));
  const Budget budget{
      .event = "ns",
      .limit = 2000,
      .functions = {c.Row("loads"), c.Row("page"), c.Row("handle")}};
  const BudgetUse use = Use(budget, c.graph, c.repeats);
  BOOST_TEST(use.function == c.Row("handle"));
  BOOST_TEST(use.exceeding == 2u);
}

BOOST_AUTO_TEST_CASE(AllProfilesMustExceedIt) {
  Compared c(Requests(10, 20), Requests(10, 40));
  c.Repeat(Requests(10, 21));
  Budget budget{.event = "ns", .limit = 2100, .functions = {c.Row("loads")}};
  BOOST_TEST(c.Exceeding(budget) == 0u);
  budget.limit = 2099;
  BOOST_TEST(c.Exceeding(budget) == 1u);
}

BOOST_AUTO_TEST_CASE(WhatNamesNothingIsTrouble) {
  const Compared c(Requests(10, 20), Requests(10, 30));
  const std::vector<uint32_t> loads = {c.Row("loads")};
  BOOST_TEST(c.ErrorOf({.event = "ns", .limit = 1}) ==
             "no function has that name");
  BOOST_TEST(c.ErrorOf({.event = "Ir", .functions = loads}) ==
             "no event Ir in both profiles: there are calls, ns");
  BOOST_TEST(
      c.ErrorOf({.event = "ns", .unit = Unit::kBytes, .functions = loads}) ==
      "ns has another unit: it is nanoseconds");
  BOOST_TEST(c.ErrorOf({.event = "calls",
                        .kind = Budget::Kind::kPerCall,
                        .functions = loads}) ==
             "there are no calls to count it by");
}

BOOST_AUTO_TEST_CASE(WhatOnlyTheCurrentSideHasIsNoPartOfTheBase) {
  SampleProfile sample;
  sample.Add("other", {1, 1}, {5}, {5});
  const Compared c(sample.Build(), Requests(10, 20));
  BOOST_TEST(c.ErrorOf({.event = "ns",
                        .kind = Budget::Kind::kOfBase,
                        .limit = 2,
                        .functions = {c.Row("loads")}}) ==
             "no function of the base has that name");
}

BOOST_AUTO_TEST_CASE(NothingMeasuredIsTrouble) {
  SampleProfile sample;
  sample.Add("loads", {0, 0}, {5}, {5});
  const Compared c(Requests(10, 20), sample.Build());
  BOOST_TEST(
      c.ErrorOf(
          {.event = "calls", .limit = 1, .functions = {c.Row("loads")}}) ==
      "nothing was measured of calls in the current side");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CallerRules)

BOOST_AUTO_TEST_CASE(OnlyNewCallersBreakThem) {
  const Compared same(Requests(10, 20, true), Requests(10, 30, true));
  const Compared c(Requests(10, 20), Requests(10, 30, true));
  const auto broken = [](const Compared& compared) {
    return FindNewCalls({{compared.Row("loads")},
                         {compared.Row("handle"), compared.Row("page")}},
                        compared.graph, compared.repeats)
        .proven;
  };
  BOOST_TEST(broken(same).empty());
  BOOST_TEST_REQUIRE(broken(c).size() == 1u);
  BOOST_TEST(c.graph.calls[broken(c)[0]].caller == c.Row("page"));
}

BOOST_AUTO_TEST_CASE(OthersMayCall) {
  const Compared c(Requests(10, 20), Requests(10, 30, true));
  BOOST_TEST(
      FindNewCalls({{c.Row("loads")}, {c.Row("handle")}}, c.graph, c.repeats)
          .proven.empty());
}

BOOST_AUTO_TEST_CASE(AllProfilesMustHaveTheCall) {
  Compared c(Requests(10, 20), Requests(10, 20, true));
  c.Repeat(Requests(10, 20, true));
  const CallerRule rule{{c.Row("loads")}, {c.Row("page")}};
  BOOST_TEST(FindNewCalls(rule, c.graph, c.repeats).proven.size() == 1u);
  c.repeats.current[1].call_calls = c.repeats.base[0].call_calls;
  BOOST_TEST(FindNewCalls(rule, c.graph, c.repeats).proven.empty());
}

// Calls between main, and what its name says is small or new; others stands for
// small ones.
using Edges = std::vector<std::pair<std::string, std::string>>;

Profile Calling(const Edges& edges) {
  SampleProfile sample;
  std::map<std::string, FunctionId> rows;
  for (const auto& [caller, callee] : edges) {
    for (const std::string& name : {caller, callee}) {
      if (!rows.contains(name)) rows[name] = sample.Add(name, {1, 1}, {1}, {1});
    }
  }
  for (const auto& [caller, callee] : edges) {
    sample.Call(rows.at(caller), rows.at(callee), {1, 1}, {1}, {1});
  }
  return sample.Build();
}

// Whether it is new that `caller` calls `callee`: "proven", "possible" or "no".
std::string IsNew(const Edges& before, const Edges& after,
                  const std::string& caller, const std::string& callee) {
  const Compared c(Calling(before), Calling(after));
  const NewCalls found = FindNewCalls({{c.Row(callee)}, {c.Row(caller)}},
                                      c.graph, c.repeats, c.Row("others"));
  BOOST_TEST((found.proven.empty() || found.possible.empty()));
  return !found.proven.empty()     ? "proven"
         : !found.possible.empty() ? "possible"
                                   : "no";
}

BOOST_AUTO_TEST_CASE(WhatASnapshotDoesNotListMayHaveCalledBefore) {
  const Edges base = {{"main", "f"}, {"others", "f"}, {"main", "others"}};
  const auto is_new = [&](const std::string& caller, const std::string& callee,
                          const Edges& snapshot) {
    Edges after = {{"main", "f"}};
    after.emplace_back(caller, callee);
    return IsNew(snapshot, after, caller, callee);
  };
  BOOST_TEST(is_new("small", "f", base) == "possible");
  BOOST_TEST(is_new("main", "small", base) == "possible");
  BOOST_TEST(is_new("small", "tiny", base) == "possible");
  // No function that is not listed did.
  const Edges none = {{"main", "f"}, {"main", "others"}, {"g", "others"}};
  BOOST_TEST(is_new("small", "f", none) == "proven");
  BOOST_TEST(is_new("f", "small", none) == "proven");
  BOOST_TEST(is_new("g", "f", none) == "proven");
  BOOST_TEST(is_new("main", "f", none) == "no");
}

BOOST_AUTO_TEST_CASE(WhatANewSnapshotDoesNotListMayCallNow) {
  const Edges base = {{"main", "f"}, {"main", "g"}};
  BOOST_TEST(IsNew(base, {{"main", "f"}, {"others", "f"}}, "g", "f") ==
             "possible");
  BOOST_TEST(IsNew(base, {{"main", "f"}, {"f", "others"}}, "f", "g") ==
             "possible");
  BOOST_TEST(IsNew(base, {{"main", "f"}, {"main", "others"}}, "f", "g") ==
             "no");
}

BOOST_AUTO_TEST_CASE(WhatNamesNothingIsTrouble) {
  const Compared c(Requests(10, 20), Requests(10, 30));
  BOOST_CHECK_THROW(FindNewCalls({{}, {c.Row("page")}}, c.graph, c.repeats),
                    Error);
  BOOST_CHECK_THROW(FindNewCalls({{c.Row("loads")}, {}}, c.graph, c.repeats),
                    Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
