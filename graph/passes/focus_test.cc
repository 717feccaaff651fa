#include "graph/passes/focus.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "graph/passes/filter_test_support.h"
#include "graph/passes/hide.h"
#include "graph/profile_contents.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

using Costs = std::vector<int64_t>;

bool Holds(const ContextKey& stack, const Names& names) {
  return std::ranges::any_of(stack, [&](const auto& frame) {
    return names.contains(std::get<0>(frame.first));
  });
}

bool IsStack(const ContextFigures& figures) {
  return figures.calls != 0 || figures.self != Costs{0, 0};
}

// Each stack on its own. Callers on the way to one keep their calls.
Contents SelectStacks(const Profile& profile, const Names& names,
                      bool with_chosen) {
  StackModel model;
  std::map<ContextKey, ContextFigures> all;
  std::map<ContextKey, ContextFigures> kept;
  const Contents contents = ContentsOf(profile);
  all.insert(contents.contexts->begin(), contents.contexts->end());
  for (const auto& [stack, figures] : all) {
    if (Holds(stack, names) != with_chosen || !IsStack(figures)) continue;
    for (ContextKey way = stack; !way.empty(); way.pop_back()) {
      kept.try_emplace(way, ContextFigures{all[way].calls, {0, 0}});
    }
    kept[stack].self = figures.self;
  }
  for (const auto& [stack, figures] : kept) {
    model.Add(stack, figures.self, figures.calls);
  }
  return model.Sum();
}

BOOST_AUTO_TEST_CASE(StacksAreSelectedOneByOne) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    const Names names = RandomNames(seed);
    for (const bool with_chosen : {false, true}) {
      Profile profile = RandomStacks(seed);
      const Contents expected = SelectStacks(profile, names, with_chosen);
      (with_chosen ? Focus : Ignore)(profile, Named(profile, names));
      BOOST_TEST(profile.Check() == "");
      const Contents found = Sorted(ContentsOf(profile));
      BOOST_CHECK(found.functions == expected.functions);
      BOOST_CHECK(found.calls == expected.calls);
      BOOST_CHECK(found.contexts == expected.contexts);
      BOOST_CHECK(FindContradictions(profile) == Contradictions());
    }
  }
}

// Costs of functions and calls.
using Sums = std::map<std::string, Costs>;

void AddUp(const Profile& profile, Sums& sums) {
  const auto add = [&](const std::string& key, std::span<const int64_t> costs) {
    Costs& sum = sums[key];
    sum.resize(costs.size());
    for (size_t e = 0; e < costs.size(); ++e) sum[e] += costs[e];
    if (sum == Costs(costs.size())) sums.erase(key);
  };
  const CallGraph& graph = profile.graph;
  const auto name = [&](FunctionId id) {
    const Function& f = profile.functions[id.row()];
    return std::string(profile.strings[f.name]) + "|" +
           std::string(profile.strings[f.file]) + "|" +
           std::string(profile.strings[f.object]) + std::to_string(f.line);
  };
  for (size_t f = 0; f < graph.counts.size(); ++f) {
    add("self " + name(FunctionId(f)), graph.self[f]);
    add("inclusive " + name(FunctionId(f)), graph.inclusive[f]);
  }
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    const std::string key = name(call.caller) + " -> " + name(call.callee) +
                            " @" + std::to_string(call.line);
    add(key, graph.call_inclusive[row]);
    add("self " + key, graph.call_self[row]);
  }
}

BOOST_AUTO_TEST_CASE(FocusAndIgnoreMakeUpTheWhole) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    for (const bool has_contexts : {false, true}) {
      const auto make = [&] {
        return has_contexts ? RandomStacks(seed)
                            : RandomProfile(2 + seed % 20, 50, seed, 3);
      };
      Profile whole = make(), focused = make(), ignored = make();
      const auto chosen = RandomBits(whole.functions.size(), seed);
      Focus(focused, chosen);
      Ignore(ignored, chosen);
      BOOST_TEST(focused.Check() == "");
      BOOST_TEST(ignored.Check() == "");
      Sums expected, sums;
      AddUp(whole, expected);
      AddUp(focused, sums);
      AddUp(ignored, sums);
      BOOST_CHECK(sums == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(FocusThenIgnoreNeedsOneAndRefusesTheOther) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Names focus = RandomNames(seed), ignore = RandomNames(seed + 1);
    Profile profile = RandomStacks(seed), other = RandomStacks(seed);
    int64_t expected = 0;
    const Contents contents = ContentsOf(profile);
    for (const auto& [stack, figures] : *contents.contexts) {
      if (Holds(stack, focus) && !Holds(stack, ignore)) {
        expected += figures.self[0];
      }
    }
    Focus(profile, Named(profile, focus));
    Ignore(profile, Named(profile, ignore));
    BOOST_TEST(profile.graph.self.Totals()[0] == expected);
    Ignore(other, Named(other, ignore));
    Focus(other, Named(other, focus));
    BOOST_TEST(other.graph.self.Totals()[0] == expected);
  }
}

// As pprof does it: hidden functions count when stacks are selected.
BOOST_AUTO_TEST_CASE(HidingComesLater) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f", 1}, {"g", 2}}, {1});
  stacks.Add({{"main"}, {"g", 3}}, {10});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  Focus(profile, Named(profile, {"f"}));
  Hide(profile, Named(profile, {"f"}));
  BOOST_TEST(Text(profile) ==
             "main: 0 of 1\n"
             "g: 1 of 1\n"
             "main -> g @1: 0 calls, 1 of 1\n");
}

BOOST_AUTO_TEST_CASE(FocusHasTheCostOfAllThatIsShown) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Names names = RandomNames(seed);
    Profile focused = RandomStacks(seed), shown = RandomStacks(seed);
    Focus(focused, Named(focused, names));
    Show(shown, Named(shown, names));
    BOOST_TEST(focused.graph.self.Totals() == shown.graph.self.Totals());
  }
}

BOOST_AUTO_TEST_CASE(FocusTwiceIsFocusOnce) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Names names = RandomNames(seed);
    Profile profile = RandomStacks(seed);
    Focus(profile, Named(profile, names));
    const Contents once = ContentsOf(profile);
    Focus(profile, Named(profile, names));
    BOOST_CHECK(ContentsOf(profile) == once);
  }
}

BOOST_AUTO_TEST_CASE(WithoutAChosenFunctionThereIsNothingToFocusOn) {
  for (const bool has_contexts : {false, true}) {
    Profile profile = RandomStacks(3);
    if (!has_contexts) profile.contexts.reset();
    Focus(profile, Named(profile, {}));
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(profile.functions.empty());
  }
}

BOOST_AUTO_TEST_CASE(AStackOfAHundredThousandFramesIsFiltered) {
  constexpr uint32_t kDepth = 100'000;
  for (const bool has_contexts : {false, true}) {
    for (const bool with_chosen : {false, true}) {
      Profile profile = DeepStack(kDepth);
      if (!has_contexts) profile.contexts.reset();
      std::vector<bool> chosen(kDepth);
      chosen[kDepth / 4] = true;
      (with_chosen ? Focus : Ignore)(profile, chosen);
      BOOST_TEST(profile.Check() == "");
      const uint32_t left = with_chosen ? kDepth : kDepth / 4;
      BOOST_TEST(profile.functions.size() == left);
      const int64_t cost = with_chosen ? kDepth / 4 * 3 : kDepth / 4;
      BOOST_TEST(profile.graph.self.Totals() == (Costs{cost, 2 * cost}));
      BOOST_TEST(profile.graph.inclusive[0][0] == cost);
    }
  }
}

}  // namespace
}  // namespace prof2cg
