#include "graph/passes/separate_contexts.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

// By how many callers and levels functions are told apart, by name.
struct Depths {
  std::map<std::string, uint32_t> callers;
  std::map<std::string, uint32_t> levels;
};

Depths RandomDepths(uint32_t seed) {
  std::mt19937 random(seed);
  Depths depths;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    depths.callers[name] = static_cast<uint32_t>(random() % 4);
    depths.levels[name] = static_cast<uint32_t>(1 + random() % 3);
  }
  return depths;
}

SeparationRules RulesOf(const Profile& profile, const Depths& depths) {
  SeparationRules rules;
  for (const Function& f : profile.functions) {
    const std::string name(profile.strings[f.name]);
    rules.callers.push_back(depths.callers.at(name));
    rules.levels.push_back(depths.levels.at(name));
  }
  return rules;
}

// As Callgrind has it, word for word: the stack's last function.
std::string NameOfLast(const std::vector<std::string>& stack,
                       const Depths& depths) {
  const std::string& name = stack.back();
  const auto active = static_cast<uint32_t>(std::ranges::count(stack, name));
  const uint32_t level = std::min(active, depths.levels.at(name));
  std::string full = name;
  if (level > 1) full += "'" + std::to_string(level);
  uint32_t callers = 0;
  for (size_t i = stack.size() - 1; i-- > 0;) {
    if (callers == depths.callers.at(name)) break;
    if (stack[i] == stack[i + 1]) continue;
    full += "'" + stack[i];
    ++callers;
  }
  return full;
}

ContextKey Renamed(const ContextKey& stack, const Depths& depths) {
  ContextKey renamed;
  std::vector<std::string> names;
  for (const auto& [function, line] : stack) {
    names.push_back(std::get<0>(function));
    renamed.push_back({{NameOfLast(names, depths), "", "", 0}, line});
  }
  return renamed;
}

StackModel Renamed(const StackModel& model, const Depths& depths) {
  StackModel renamed;
  const Contents sum = model.Sum();
  for (const auto& [stack, figures] : *sum.contexts) {
    renamed.Add(Renamed(stack, depths), figures.self, figures.calls);
  }
  return renamed;
}

Profile Separated(Profile profile, uint32_t callers, size_t max_names) {
  SeparationRules rules;
  rules.callers.assign(profile.functions.size(), callers);
  rules.levels.assign(profile.functions.size(), 1);
  rules.max_names = max_names;
  SeparateContexts(profile, rules);
  return profile;
}

std::vector<std::string> Names(const Profile& profile) {
  std::vector<std::string> names;
  for (const Function& f : profile.functions) {
    names.emplace_back(profile.strings[f.name]);
  }
  return names;
}

BOOST_AUTO_TEST_SUITE(SeparateContextsOfStacks)

BOOST_AUTO_TEST_CASE(FiguresAreThoseOfStacksWithTheNamesOfCallgrind) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    const Depths depths = RandomDepths(seed);
    Profile profile = stacks.Build();
    SeparateContexts(profile, RulesOf(profile, depths));
    BOOST_TEST(profile.Check() == "");
    BOOST_CHECK(Sorted(ContentsOf(profile)) ==
                Renamed(stacks.model(), depths).Sum());
  }
}

// The table tells what the names were made of.
BOOST_AUTO_TEST_CASE(FoldedBackTheyAreTheOriginalCallGraph) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    Profile profile = stacks.Build();
    SeparateContexts(profile, RulesOf(profile, RandomDepths(seed)));
    for (Context& context : profile.contexts->contexts) {
      context.function = (*profile.separation)[context.function].base;
    }
    profile.functions = std::move(profile.separation->bases);
    profile.separation.reset();
    FoldContexts(profile);
    BOOST_TEST(profile.Check() == "");
    BOOST_CHECK(Sorted(ContentsOf(profile)) == stacks.model().Sum());
  }
}

BOOST_AUTO_TEST_CASE(DirectRecursionIsNoCaller) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"rec"}, {"rec"}, {"leaf"}}, {1});
  stacks.Add({{"main"}, {"odd"}, {"even"}, {"odd"}, {"even"}}, {1});
  Profile profile = stacks.Build();
  SeparationRules rules;
  rules.callers.assign(profile.functions.size(), 3);
  rules.levels.assign(profile.functions.size(), 2);
  SeparateContexts(profile, rules);
  const std::vector<std::string> expected = {
      "main",          "rec'main",           "rec'2'main",
      "leaf'rec'main", "odd'main",           "odd'2'even'odd'main",
      "even'odd'main", "even'2'odd'even'odd"};
  BOOST_TEST(Names(profile) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(FunctionsStandByTheirBasesAndWithoutContextsToo) {
  SampleStacks stacks;
  stacks.Add({{"b"}, {"a"}}, {1});
  stacks.Add({{"c"}, {"b"}, {"a"}}, {1});
  stacks.Add({{"c"}, {"a"}}, {1});
  Profile profile = stacks.Build();
  profile.functions.push_back({profile.strings.Intern("idle"), {}, {}, 0});
  profile.functions.back().file = profile.functions.back().object = StringId(0);
  profile.graph.counts.push_back({5, 5});
  profile = Separated(std::move(profile), 1, SIZE_MAX);
  const std::vector<std::string> expected = {"b",   "b'c", "a'b",
                                             "a'c", "c",   "idle"};
  BOOST_TEST(Names(profile) == expected, boost::test_tools::per_element());
  BOOST_TEST(profile.graph.counts.back().total == 5);
  BOOST_TEST(profile.Check() == "");
}

BOOST_AUTO_TEST_CASE(CallersThatShareANameAreToldApart) {
  SampleStacks stacks;
  stacks.Add({{"x"}, {"f"}}, {1});
  stacks.Add({{"y"}, {"f"}}, {2});
  stacks.Add({{"z"}, {"f"}}, {4});
  stacks.Add({{"f'x:7"}}, {8});
  Profile profile = stacks.Build();
  const StringId name = profile.functions[0].name;
  profile.functions[0].line = 7;
  profile.functions[2].name = name;  // in a file of its own
  profile.functions[2].file = profile.strings.Intern("y.py");
  profile.functions[2].line = 7;
  profile.functions[3].name = name;  // in another line
  profile.functions[3].line = 9;
  profile = Separated(std::move(profile), 1, SIZE_MAX);
  std::vector<std::string> names = Names(profile);
  std::ranges::sort(names);
  const std::vector<std::string> expected = {
      "f'x:7", "f'x:7 ()", "f'x:7 (y.py)", "f'x:9", "x", "x", "x"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ManyNamesAreBoundedAndTotalsStay) {
  const auto random = [](uint32_t seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    return stacks.Build();
  };
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Profile whole = Separated(random(seed), 3, SIZE_MAX);
    const size_t bound = whole.separation->bases.size() + seed % 7;
    const Profile profile = Separated(random(seed), 3, bound);
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(profile.functions.size() <= bound);
    BOOST_TEST(profile.provenance.oddities.empty() ==
               (whole.functions.size() <= bound));
    BOOST_TEST(profile.graph.self.Totals() == whole.graph.self.Totals(),
               boost::test_tools::per_element());
  }
}

// Its functions keep their figures, and the others their contexts.
BOOST_AUTO_TEST_CASE(TheFunctionWithTheMostNewNamesKeepsFewerCallers) {
  SampleStacks stacks;
  for (const char* caller : {"a", "b", "c"})
    stacks.Add({{caller}, {"hub"}}, {1});
  for (const char* caller : {"a", "b"}) stacks.Add({{caller}, {"f"}}, {1});
  const Profile profile = Separated(stacks.Build(), 1, 6);
  const std::vector<std::string> expected = {"a", "hub", "b",
                                             "c", "f'a", "f'b"};
  BOOST_TEST(Names(profile) == expected, boost::test_tools::per_element());
  BOOST_TEST(profile.graph.self[1][0] == 3);
  BOOST_TEST(profile.provenance.oddities.front().count == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
