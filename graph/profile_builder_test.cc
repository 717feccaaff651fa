#include "graph/profile_builder.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

void AddUp(Costs& sum, const Costs& more) {
  sum.resize(more.size());
  for (size_t e = 0; e < more.size(); ++e) sum[e] += more[e];
}

// What a ProfileBuilder promises, in the simplest way.
class Model {
 public:
  void AddFunction(const FunctionKey& key) {
    const FunctionFigures none{{}, Costs(2), Costs(2)};
    if (functions_.try_emplace(key, none).second) order_.push_back(key);
  }
  FunctionFigures& Figures(const FunctionKey& key) {
    return functions_.at(key);
  }
  CallFigures& AddCall(const CallKey& key, const CallFigures& figures) {
    const auto [place, is_new] = calls_.try_emplace(key);
    if (is_new) call_order_.push_back(key);
    CallFigures& sum = place->second;
    sum.counts += figures.counts;
    AddUp(sum.inclusive, figures.inclusive);
    AddUp(sum.self, figures.self);
    return sum;
  }
  void Forget(const FunctionKey& function) {
    Figures(function) = {{}, Costs(2), Costs(2)};
    std::erase_if(call_order_, [&](const CallKey& key) {
      return std::get<1>(key) == function && calls_.erase(key) == 1;
    });
  }

  const std::vector<FunctionKey>& functions() const { return order_; }
  size_t calls() const { return calls_.size(); }
  Contents Build() const {
    Contents contents;
    for (const FunctionKey& key : order_) {
      contents.functions.emplace_back(key, functions_.at(key));
    }
    for (const CallKey& key : call_order_) {
      contents.calls.emplace_back(key, calls_.at(key));
    }
    return contents;
  }

 private:
  std::vector<FunctionKey> order_;
  std::map<FunctionKey, FunctionFigures> functions_;
  std::vector<CallKey> call_order_;
  std::map<CallKey, CallFigures> calls_;
};

// Does the same random things to a builder and to a model of it.
class RandomSteps {
 public:
  RandomSteps(uint32_t seed, bool has_call_self)
      : random_(seed), has_call_self_(has_call_self) {}

  void Step() {
    const uint32_t choice = model_.functions().empty() ? 0 : Below(32);
    if (choice < 4) return AddFunction();
    if (choice < 10) return AddFigures();
    if (choice < 16) return AddCalls(AnyFunction());
    if (choice < 28) return AddCall(AnyFunction(), AnyFunction());
    if (choice < 29) return Forget();
    if (choice < 30) return builder_.Reserve(Below(100), Below(100));
    builder_.AccumulateCalls();
    BOOST_TEST(builder_.calls() == model_.calls());
  }

  void CheckBuilt() {
    const Profile profile = std::move(builder_).Build();
    BOOST_TEST(profile.Check() == "");
    const Contents built = ContentsOf(profile);
    const Contents expected = model_.Build();
    BOOST_CHECK(built.functions == expected.functions);
    BOOST_CHECK(built.calls == expected.calls);
  }

 private:
  uint32_t Below(uint32_t end) {
    return static_cast<uint32_t>(random_()) % end;
  }
  int64_t Figure() { return static_cast<int64_t>(Below(2000)) - 1000; }
  Costs SomeCosts() { return {Figure(), Figure()}; }
  FunctionId AnyFunction() { return FunctionId(Below(Functions())); }
  uint32_t Functions() {
    return static_cast<uint32_t>(model_.functions().size());
  }
  const FunctionKey& Key(FunctionId id) { return model_.functions()[id.row()]; }

  // Few of each, so that most come again.
  void AddFunction() {
    const FunctionKey key{std::string(1, static_cast<char>('f' + Below(3))),
                          Below(2) == 0 ? "a.py" : "b.py",
                          Below(2) == 0 ? "" : "package", Below(2)};
    model_.AddFunction(key);
    const auto& [name, file, object, line] = key;
    const FunctionId id =
        builder_.AddFunction({builder_.Intern(name), builder_.Intern(file),
                              builder_.Intern(object), line});
    BOOST_TEST(builder_.functions() == Functions());
    BOOST_CHECK(Key(id) == key);
  }

  void AddFigures() {
    const FunctionId id = AnyFunction();
    FunctionFigures& sum = model_.Figures(Key(id));
    const CallCounts counts{Figure(), Figure()};
    const Costs costs = SomeCosts();
    switch (Below(3)) {
      case 0:
        builder_.AddCounts(id, counts);
        sum.counts += counts;
        return;
      case 1:
        builder_.AddSelf(id, costs);
        return AddUp(sum.self, costs);
      case 2:
        builder_.AddInclusive(id, costs);
        return AddUp(sum.inclusive, costs);
    }
  }

  // As most sources have them: all calls into a function together.
  void AddCalls(FunctionId callee) {
    for (uint32_t calls = Below(6); calls > 0; --calls) {
      AddCall(AnyFunction(), callee);
    }
  }

  void AddCall(FunctionId caller, FunctionId callee) {
    CallFigures figures{{Figure(), Figure()}, SomeCosts(), {}, false};
    if (has_call_self_) figures.self = SomeCosts();
    const uint32_t line = Below(2);
    CallFigures& sum =
        model_.AddCall({Key(caller), Key(callee), line}, figures);
    builder_.AddCall({caller, callee, line, figures.counts}, figures.inclusive,
                     figures.self);
    if (Below(8) != 0) return;
    builder_.MarkEstimated(builder_.calls() - 1);
    sum.is_estimated = true;
  }

  void Forget() {
    const FunctionId id = AnyFunction();
    builder_.Forget(id, builder_.calls());
    model_.Forget(Key(id));
  }

  std::mt19937 random_;
  const bool has_call_self_;
  ProfileBuilder builder_{TimeAndBytes()};
  Model model_;
};

BOOST_AUTO_TEST_CASE(RandomStepsGiveWhatAMapOfThemGives) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      RandomSteps steps(seed, seed % 4 != 0);
      for (uint32_t step = 0; step < seed % 200; ++step) steps.Step();
      steps.CheckBuilt();
    }
  }
}

BOOST_AUTO_TEST_CASE(NothingAddedIsAnEmptyProfile) {
  const Profile profile = ProfileBuilder(TimeAndBytes()).Build();
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.functions.empty());
  BOOST_TEST(profile.graph.calls.empty());
  BOOST_CHECK(profile.events == TimeAndBytes());
}

BOOST_AUTO_TEST_CASE(FunctionsAreEqualOnlyInAllFourParts) {
  ProfileBuilder builder(TimeAndBytes());
  const StringId f = builder.Intern("f"), g = builder.Intern("g");
  const FunctionId first = builder.AddFunction({f, f, f, 1});
  BOOST_CHECK(builder.AddFunction({f, f, f, 1}) == first);
  for (const Function& other : {Function{g, f, f, 1}, Function{f, g, f, 1},
                                Function{f, f, g, 1}, Function{f, f, f, 2}}) {
    BOOST_CHECK(builder.AddFunction(other) != first);
  }
  BOOST_TEST(builder.functions() == 5);
  BOOST_TEST(builder.Text(f) == "f");
}

// More than any table holds before it grows.
BOOST_AUTO_TEST_CASE(ManyFunctionsKeepTheirIds) {
  constexpr uint32_t kFunctions = 50'000;
  ProfileBuilder builder(TimeAndBytes());
  for (int pass = 0; pass < 2; ++pass) {
    for (uint32_t f = 0; f < kFunctions; ++f) {
      const StringId name = builder.Intern(std::to_string(f / 3));
      BOOST_REQUIRE_EQUAL(builder.AddFunction({name, {}, {}, f % 3}).row(), f);
    }
  }
  BOOST_TEST(builder.functions() == kFunctions);
}

BOOST_AUTO_TEST_CASE(SumsOfHostileFiguresSaturate) {
  ProfileBuilder builder(TimeAndBytes());
  const StringId empty(0);
  const FunctionId f = builder.AddFunction({empty, empty, empty, 0});
  const Costs most{INT64_MAX, INT64_MIN};
  const CallCounts counts{INT64_MAX, INT64_MAX};
  for (int i = 0; i < 3; ++i) {
    builder.AddCounts(f, counts);
    builder.AddSelf(f, most);
    builder.AddInclusive(f, most);
    builder.AddCall({f, f, 0, counts}, most, most);
  }
  const Contents built = ContentsOf(std::move(builder).Build());
  BOOST_CHECK(built.functions[0].second ==
              (FunctionFigures{counts, most, most}));
  BOOST_REQUIRE_EQUAL(built.calls.size(), 1);
  BOOST_CHECK(built.calls[0].second ==
              (CallFigures{counts, most, most, false}));
}

BOOST_AUTO_TEST_CASE(MarkIsForTheCallAddedLastAlone) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {3, 3}, {0}, {0});
  sample.Call(f, f, {1, 1}, {0}, {0}, 1);
  sample.Call(f, f, {1, 1}, {0}, {0}, 2);
  sample.MarkEstimated();
  sample.Call(f, f, {1, 1}, {0}, {0}, 3);
  const Profile profile = sample.Build();
  BOOST_TEST(profile.provenance.estimated_calls ==
             (std::vector{false, true, false}));
}

BOOST_AUTO_TEST_CASE(SumWithAnEstimateIsAnEstimate) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {3, 3}, {0}, {0});
  sample.Call(f, f, {1, 1}, {5}, {0});
  sample.Call(f, f, {1, 1}, {6}, {0});
  sample.MarkEstimated();
  const Profile profile = sample.Build();
  BOOST_REQUIRE_EQUAL(profile.graph.calls.size(), 1);
  BOOST_TEST(profile.graph.call_inclusive[0][0] == 11);
  BOOST_TEST(profile.provenance.IsEstimated(0));
}

BOOST_AUTO_TEST_CASE(ForgettingLeavesOtherCalleesAndLaterCalls) {
  ProfileBuilder builder(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
  const StringId empty(0);
  const FunctionId f = builder.AddFunction({empty, empty, empty, 1});
  const FunctionId g = builder.AddFunction({empty, empty, empty, 2});
  const auto add = [&](FunctionId caller, FunctionId callee, int64_t calls) {
    builder.AddCall({caller, callee, 0, {calls, calls}}, Costs{calls},
                    Costs{calls});
  };
  builder.AddCounts(f, {7, 7});
  builder.AddCounts(g, {8, 8});
  add(g, f, 1);
  add(f, g, 2);
  builder.Forget(f, builder.calls());
  add(g, f, 3);
  builder.AddCounts(f, {9, 9});
  const Profile profile = std::move(builder).Build();
  BOOST_TEST(profile.graph.counts[0].total == 9);
  BOOST_TEST(profile.graph.counts[1].total == 8);
  BOOST_REQUIRE_EQUAL(profile.graph.calls.size(), 2);
  BOOST_CHECK(profile.graph.calls[0] == (Call{f, g, 0, {2, 2}}));
  BOOST_CHECK(profile.graph.calls[1] == (Call{g, f, 0, {3, 3}}));
}

BOOST_AUTO_TEST_CASE(FunctionsAddedTogetherAreThoseAddedOneByOne) {
  std::mt19937 random(1);
  for (const size_t count : {0, 1, 15, 16, 17, 31, 32, 33, 34, 5000}) {
    ProfileBuilder one_by_one(TimeAndBytes());
    ProfileBuilder together(TimeAndBytes());
    std::vector<Function> functions;
    std::vector<FunctionId> expected, found;
    for (size_t i = 0; i < count; ++i) {
      const StringId name = one_by_one.Intern(std::to_string(random() % 300));
      functions.push_back(
          {name, name, name, static_cast<uint32_t>(random() % 4)});
      expected.push_back(one_by_one.AddFunction(functions.back()));
    }
    const auto half = static_cast<std::ptrdiff_t>(count / 2);
    together.AddFunctions({functions.begin(), functions.begin() + half}, found);
    together.AddFunctions({functions.begin() + half, functions.end()}, found);
    BOOST_TEST((found == expected));
    BOOST_TEST(
        (together.profile().functions == one_by_one.profile().functions));
  }
}

BOOST_AUTO_TEST_CASE(CallsAddedTogetherAreThoseAddedOneByOne) {
  const auto build = [](bool together) {
    ProfileBuilder builder(TimeAndBytes());
    const StringId empty(0);
    for (uint32_t line = 1; line <= 3; ++line) {
      builder.AddFunction({empty, empty, empty, line});
    }
    std::vector<Call> calls;
    Costs inclusive, self;
    for (int64_t i = 0; i < 6; ++i) {
      calls.push_back({FunctionId(i % 2), FunctionId(i % 3), 0, {i, 1}});
      inclusive.insert(inclusive.end(), {10 * i, -i});
      self.insert(self.end(), {i, 0});
    }
    if (together) {
      builder.AddCalls(calls, inclusive, self);
    } else {
      for (size_t i = 0; i < calls.size(); ++i) {
        builder.AddCall(calls[i], std::span(inclusive).subspan(2 * i, 2),
                        std::span(self).subspan(2 * i, 2));
      }
    }
    builder.MarkEstimated(1);
    return std::move(builder).Build();
  };
  const Profile profile = build(true);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.graph.calls.size() == 6);
  BOOST_TEST((ContentsOf(profile) == ContentsOf(build(false))));
}

BOOST_AUTO_TEST_CASE(EveryFigureIsMeasuredUnlessSaidOtherwise) {
  const Profile profile = ProfileBuilder(TimeAndBytes()).Build();
  BOOST_REQUIRE_EQUAL(profile.provenance.events.size(), 2);
  for (const Provenance::Columns& event : profile.provenance.events) {
    for (const Origin origin :
         {event.self, event.inclusive, event.call_inclusive, event.call_self}) {
      BOOST_CHECK(origin == Origin::kMeasured);
    }
  }
}

// Whether they repeat is told from the order that sources have: by callee or by
// caller.
BOOST_AUTO_TEST_CASE(CallsTakenAtOnceAddUpInAnyOrder) {
  std::mt19937 random(1);
  for (int round = 0; round < 600; ++round) {
    const size_t functions = 1 + random() % 6;
    std::vector<Call> calls(random() % 12);
    for (Call& call : calls) {
      call = {FunctionId(random() % functions),
              FunctionId(random() % functions),
              static_cast<uint32_t>(random() % 2),
              {1, 1}};
    }
    if (round % 3 != 0) {
      const auto group = round % 3 == 1 ? &Call::caller : &Call::callee;
      std::ranges::stable_sort(calls, {}, group);
    }
    ProfileBuilder builder(TimeAndBytes());
    for (size_t f = 0; f < functions; ++f) {
      const StringId name = builder.Intern(std::to_string(f));
      builder.AddFunction({name, name, name, 0});
    }
    CostTable inclusive(2);
    std::map<std::tuple<FunctionId, FunctionId, uint32_t>, Costs> sums;
    for (const Call& call : calls) {
      const Costs costs = {static_cast<int64_t>(random() % 100), 1};
      inclusive.Append(costs);
      AddUp(sums[{call.caller, call.callee, call.line}], costs);
    }
    builder.TakeCalls(calls, std::move(inclusive));
    const Profile profile = std::move(builder).Build();
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(profile.graph.calls.size() == sums.size());
    for (size_t row = 0; row < profile.graph.calls.size(); ++row) {
      const Call& call = profile.graph.calls[row];
      const auto costs = profile.graph.call_inclusive[row];
      BOOST_TEST(Costs(costs.begin(), costs.end()) ==
                     (sums[{call.caller, call.callee, call.line}]),
                 boost::test_tools::per_element());
      BOOST_TEST(call.counts.total == costs[1]);
    }
  }
}

}  // namespace
}  // namespace prof2cg
