#include "graph/compare/joined_paths.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/sample_program.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Chain = std::vector<std::string>;
using Frames = std::vector<SampleStacks::Frame>;

Chain StackOf(const Profile& profile, size_t row) {
  const std::vector<Context>& contexts = profile.contexts->contexts;
  Chain stack;
  for (ContextId c(row); c.is_valid(); c = contexts[c.row()].parent) {
    stack.emplace_back(profile.Name(contexts[c.row()].function));
  }
  std::ranges::reverse(stack);
  return stack;
}

// By the words of the header: what is active stands for its first activation.
Chain PathOf(Chain stack) {
  const std::string last = stack.back();
  stack.pop_back();
  const auto first = std::ranges::find(stack, last);
  if (first != stack.end()) {
    stack.erase(first + 1, stack.end());
    return PathOf(stack);
  }
  if (!stack.empty()) stack = PathOf(stack);
  stack.push_back(last);
  return stack;
}

// Two sides and the names of their joined paths.
struct Sides {
  Sides(Profile before, Profile now)
      : base(std::move(before)),
        current(std::move(now)),
        graph(JoinByName(base, current)) {}

  std::string NameOf(uint32_t function) const {
    const FunctionPair& pair = graph.functions[function];
    return std::string(pair.base.is_valid() ? base.Name(pair.base)
                                            : current.Name(pair.current));
  }
  Chain NamesOf(uint32_t path) const {
    Chain names;
    for (const uint32_t p : graph.paths.ChainOf(path)) {
      names.push_back(NameOf(graph.paths[p].function));
    }
    return names;
  }
  std::set<Chain> Paths() const {
    std::set<Chain> paths;
    for (uint32_t p = 0; p < graph.paths.size(); ++p) paths.insert(NamesOf(p));
    return paths;
  }

  Profile base;
  Profile current;
  JoinedGraph graph;
};

Profile RandomStacks(uint32_t seed) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"main"}}, {1, 1}, 1);
  AddRandomStacks(stacks, seed, true);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

Profile StacksOf(const std::vector<Frames>& all) {
  SampleStacks stacks;
  for (const Frames& stack : all) stacks.Add(stack, {1}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

// What there is of the paths that end in each function, or in each call.
template <class KeyOf>
std::map<uint32_t, std::vector<int64_t>> SumPaths(const JoinedGraph& graph,
                                                  const Figures& figures,
                                                  KeyOf key_of) {
  std::map<uint32_t, std::vector<int64_t>> sums;
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    const uint32_t key = key_of(graph.paths[p]);
    if (key == JoinedPath::kNone) continue;
    std::vector<int64_t>& sum = sums[key];
    sum.resize(5);
    sum[0] += figures.path_calls[p];
    for (size_t e = 0; e < 2; ++e) {
      sum[1 + e] += figures.path_inclusive[p][e];
      sum[3 + e] += PathSelf(graph, figures, EventId(e), p);
    }
  }
  return sums;
}

BOOST_AUTO_TEST_SUITE(JoinedPathsSuite)

BOOST_AUTO_TEST_CASE(PathsAreTheStacksOfBothSidesWithoutRecursion) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Sides sides(RandomStacks(2 * seed), RandomStacks(2 * seed + 1));
    std::set<Chain> expected;
    for (const Profile* profile : {&sides.base, &sides.current}) {
      for (size_t c = 0; c < profile->contexts->contexts.size(); ++c) {
        expected.insert(PathOf(StackOf(*profile, c)));
      }
    }
    const JoinedPaths& paths = sides.graph.paths;
    BOOST_TEST(paths.size() == expected.size());
    BOOST_TEST((sides.Paths() == expected));
    for (uint32_t p = 0; p < paths.size(); ++p) {
      BOOST_TEST((paths[p].is_root() || paths[p].parent < p));
      for (const uint32_t child : paths.ChildrenOf(p)) {
        BOOST_TEST(paths[child].parent == p);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(SelfCostsAndCallsAddUpToThoseOfFunctions) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Sides sides(RandomStacks(2 * seed), RandomStacks(2 * seed + 1));
    for (const Figures* side : {&sides.graph.base, &sides.graph.current}) {
      const auto sums =
          SumPaths(sides.graph, *side,
                   [](const JoinedPath& path) { return path.function; });
      for (const auto& [function, sum] : sums) {
        BOOST_TEST(sum[0] == side->calls[function]);
        BOOST_TEST(sum[3] == side->self[function][0]);
        BOOST_TEST(sum[4] == side->self[function][1]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(WithoutRecursionAllAddsUpToFunctionsAndCalls) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Sides sides(SampleProgram(2 * seed).Run(),
                      SampleProgram(2 * seed + 1).Run());
    for (const Figures* side : {&sides.graph.base, &sides.graph.current}) {
      const auto of_functions =
          SumPaths(sides.graph, *side,
                   [](const JoinedPath& path) { return path.function; });
      BOOST_TEST((side->path_entries == side->path_calls));
      for (const auto& [f, sum] : of_functions) {
        BOOST_TEST(sum[1] == side->inclusive[f][0]);
        BOOST_TEST(sum[2] == side->inclusive[f][1]);
      }
      const auto of_calls = SumPaths(
          sides.graph, *side, [](const JoinedPath& path) { return path.call; });
      BOOST_TEST(of_calls.size() == sides.graph.calls.size());
      for (const auto& [c, sum] : of_calls) {
        BOOST_TEST(sum[0] == side->call_calls[c]);
        BOOST_TEST(sum[1] == side->call_inclusive[c][0]);
        BOOST_TEST(sum[2] == side->call_inclusive[c][1]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(PathsOfOneCallAreApart) {
  const std::vector<Frames> stacks = {{{"main"}, {"a"}, {"x"}, {"y"}},
                                      {{"main"}, {"b"}, {"x"}, {"y"}},
                                      {{"main"}, {"a"}, {"z"}}};
  const Sides sides(StacksOf(stacks), StacksOf(stacks));
  std::set<Chain> apart;
  for (uint32_t p = 0; p < sides.graph.paths.size(); ++p) {
    if (sides.graph.paths[p].is_apart) apart.insert(sides.NamesOf(p));
  }
  BOOST_TEST((apart == std::set<Chain>{{"main", "a", "x", "y"},
                                       {"main", "b", "x", "y"}}));
}

BOOST_AUTO_TEST_CASE(LinesDoNotTellPathsApart) {
  const Sides sides(StacksOf({{{"main"}, {"a", 1}}, {{"main"}, {"a", 2}}}),
                    StacksOf({{{"main"}, {"a", 3}}}));
  BOOST_TEST((sides.Paths() == std::set<Chain>{{"main"}, {"main", "a"}}));
}

BOOST_AUTO_TEST_CASE(DeepRecursionIsAsManyPathsAsFunctions) {
  Frames stack = {{"main"}};
  for (int i = 0; i < 1000; ++i) {
    stack.push_back({"visit"});
    stack.push_back({"child"});
  }
  stack.push_back({"leaf"});
  const Sides sides(StacksOf({stack}), StacksOf({{{"main"}}}));
  BOOST_TEST(
      (sides.Paths() == std::set<Chain>{{"main"},
                                        {"main", "visit"},
                                        {"main", "visit", "child"},
                                        {"main", "visit", "child", "leaf"}}));
}

BOOST_AUTO_TEST_CASE(ThereAreNoneUnlessBothSidesHaveContexts) {
  const Profile whole = SampleProgram(1).Run();
  const Profile sums = SampleProgram(1).RunWithoutContexts();
  BOOST_TEST(JoinByName(whole, whole).paths.size() != 0);
  BOOST_TEST(JoinByName(whole, sums).paths.size() == 0);
  BOOST_TEST(JoinByName(sums, whole).paths.size() == 0);
}

BOOST_AUTO_TEST_CASE(RepeatsHaveThePathsOfTheirSum) {
  const Sides sides(RandomStacks(3), RandomStacks(4));
  const Figures again =
      FiguresOf(sides.base, sides.graph,
                RowsOf(sides.graph.functions, &FunctionPair::base,
                       sides.base.functions.size()));
  BOOST_TEST((again == sides.graph.base));
  BOOST_TEST((MeanOf({again, again}) == again));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
