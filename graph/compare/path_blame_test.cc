#include "graph/compare/path_blame.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/compare/explain.h"
#include "graph/compare/gate.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Kind = Cause::Kind;

// What a program does on each path; it has no recursion.
struct Node {
  size_t parent = 0;  // of the root: itself
  std::string function;
  int64_t times = 1;  // for each call of the parent
  int64_t self = 0;   // of a call
};
using Program = std::vector<Node>;  // parents before children

std::vector<std::string> ChainOf(const Program& program, size_t node) {
  if (node == 0) return {program[0].function};
  std::vector<std::string> chain = ChainOf(program, program[node].parent);
  chain.push_back(program[node].function);
  return chain;
}

// Functions are few, so that most are called on several paths, and each is
// called by later ones only.
Program RandomProgram(std::mt19937& random) {
  const auto below = [&](size_t end) { return random() % end; };
  Program program = {{0, "f0", 1 + static_cast<int64_t>(below(3)), 5}};
  std::set<std::pair<size_t, std::string>> known;
  for (size_t i = 4 + below(25); i > 0; --i) {
    const size_t parent = below(program.size());
    const size_t caller = std::stoul(program[parent].function.substr(1));
    const std::string function = "f" + std::to_string(caller + 1 + below(3));
    if (!known.emplace(parent, function).second) continue;
    program.push_back({parent, function, 1 + static_cast<int64_t>(below(4)),
                       1 + static_cast<int64_t>(below(50))});
  }
  return program;
}

enum class Counts { kKnown, kUnknown };

Profile Run(const Program& program, Counts counts) {
  SampleStacks stacks;
  std::vector<int64_t> calls(program.size(), 1);
  for (size_t i = 0; i < program.size(); ++i) {
    const Node& node = program[i];
    calls[i] = calls[node.parent] * node.times;
    if (calls[i] == 0) continue;
    const std::vector<std::string> chain = ChainOf(program, i);
    std::vector<SampleStacks::Frame> stack;
    for (const std::string& name : chain) stack.push_back({name});
    stacks.Add(stack, {calls[i] * node.self},
               counts == Counts::kKnown ? calls[i] : 0);
  }
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

// Two versions of a program in which one thing differs, on one path.
class Versions {
 public:
  Versions(const Program& base, const Program& current, size_t node,
           Counts counts)
      : base_(Run(base, counts)),
        current_(Run(current, counts)),
        graph_(JoinByName(base_, current_)),
        explainer_(graph_),
        path_(PathOf(ChainOf(base, node))) {}

  // All that differs on any path is blamed on that one.
  void CheckSelf() {
    CheckAll({Kind::kSelf, graph_.paths[path_].function, {}});
  }
  void CheckCalls() {
    const JoinedPath& path = graph_.paths[path_];
    const uint32_t call = path.call;
    const bool has_one_side = graph_.base.call_calls[call] == 0 ||
                              graph_.current.call_calls[call] == 0;
    CheckAll({has_one_side ? Kind::kNewCall : Kind::kMoreCalls, path.function,
              call});
  }

 private:
  uint32_t PathOf(const std::vector<std::string>& chain) const {
    uint32_t path = JoinedPath::kNone;
    for (const std::string& name : chain) {
      const uint32_t f = RowOf(graph_, base_, current_, name);
      for (uint32_t p = 0; p < graph_.paths.size(); ++p) {
        const JoinedPath& next = graph_.paths[p];
        if (next.parent != path || next.function != f) continue;
        path = p;
        break;
      }
    }
    return path;
  }

  void CheckAll(const Cause& expected) {
    for (uint32_t p = 0; p < graph_.paths.size(); ++p) {
      Check(EventId(0), "samples", p, expected);
      if (expected.kind != Kind::kSelf) {
        Check(std::nullopt, kCallsEvent, p, expected);
      }
    }
  }
  void Check(std::optional<EventId> event, std::string_view name, uint32_t path,
             const Cause& expected) {
    const int64_t difference = PathDifference(graph_, event, path);
    if (difference == 0) return;
    const auto blame = explainer_.Explain({Subject::Kind::kPath, path}, name);
    BOOST_REQUIRE(blame.has_value());
    BOOST_CHECK(blame->cause == expected);
    BOOST_TEST((blame->path == path_));
    BOOST_TEST(blame->explained == difference);
    BOOST_TEST(blame->parts.size() == 1);
    BOOST_TEST(blame->steps[0].function == graph_.paths[path].function);
    BOOST_TEST(blame->steps[0].difference == difference);
    for (const BlameStep& step : blame->steps) {
      BOOST_TEST(step.split.calls + step.split.unit == step.difference);
      BOOST_TEST(step.split.mix == 0);
    }
  }

  Profile base_;
  Profile current_;
  JoinedGraph graph_;
  Explainer explainer_;
  uint32_t path_;  // that differs
};

BOOST_AUTO_TEST_SUITE(PathBlame)

BOOST_AUTO_TEST_CASE(SelfCostOnOnePathIsBlamedOnThatPath) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const Program base = RandomProgram(random);
    Program current = base;
    const size_t node = random() % base.size();
    current[node].self += 1 + static_cast<int64_t>(random() % 50);
    for (const Counts counts : {Counts::kKnown, Counts::kUnknown}) {
      Versions(base, current, node, counts).CheckSelf();
      Versions(current, base, node, counts).CheckSelf();
    }
  }
}

BOOST_AUTO_TEST_CASE(CallsOnOnePathAreBlamedOnThatPath) {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    const Program base = RandomProgram(random);
    if (base.size() < 2) continue;
    Program current = base;
    const size_t node = 1 + random() % (base.size() - 1);
    current[node].times += 1 + static_cast<int64_t>(random() % 5);
    Versions(base, current, node, Counts::kKnown).CheckCalls();
    Versions(current, base, node, Counts::kKnown).CheckCalls();
  }
}

BOOST_AUTO_TEST_CASE(PathThatIsNewIsBlamedOnItsLastCall) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    const Program current = RandomProgram(random);
    if (current.size() < 2) continue;
    Program base = current;
    const size_t node = 1 + random() % (base.size() - 1);
    base[node].times = 0;
    Versions(base, current, node, Counts::kKnown).CheckCalls();
    Versions(current, base, node, Counts::kKnown).CheckCalls();
  }
}

BOOST_AUTO_TEST_CASE(EntriesAreBlamedOnTheRoot) {
  std::mt19937 random(4);
  const Program base = RandomProgram(random);
  Program current = base;
  current[0].times += 2;
  const Profile before = Run(base, Counts::kKnown);
  const Profile now = Run(current, Counts::kKnown);
  const JoinedGraph graph = JoinByName(before, now);
  Explainer explainer(graph);
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    const auto blame = explainer.Explain({Subject::Kind::kPath, p}, "samples");
    BOOST_CHECK((blame.value().cause ==
                 Cause{Kind::kEntry, graph.paths[0].function, {}}));
  }
}

// Of whatever differs, parts add up to the difference, and splits too.
BOOST_AUTO_TEST_CASE(AnyDifferenceIsAllAccountedFor) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const auto profile = [](uint32_t s) {
      SampleStacks stacks(TimeAndBytes());
      stacks.Add({{"a"}}, {1, 1}, 1);
      AddRandomStacks(stacks, s, true);
      Profile built = stacks.Build();
      FoldContexts(built);
      return built;
    };
    const Profile base = profile(2 * seed), current = profile(2 * seed + 1);
    const JoinedGraph graph = JoinByName(base, current);
    Explainer explainer(graph);
    for (uint32_t p = 0; p < graph.paths.size(); ++p) {
      const auto blame = explainer.Explain({Subject::Kind::kPath, p},
                                           graph.events[EventId(0)].name);
      BOOST_REQUIRE(blame.has_value());
      int64_t sum = 0;
      for (const BlamePart& part : blame->parts) sum += part.difference;
      const int64_t difference = PathDifference(graph, EventId(0), p);
      const auto parts = static_cast<int64_t>(blame->parts.size());
      BOOST_TEST(std::abs(sum - difference) <= parts);
      for (const BlameStep& step : blame->steps) {
        BOOST_TEST(step.split.calls + step.split.unit == step.difference);
      }
    }
  }
}

// left and right walk down so often, to a leaf that costs so much.
Profile Walk(int left, int64_t left_leaf, int64_t right_leaf) {
  SampleStacks stacks;
  const auto add = [&](std::string_view by, int depth, int64_t leaf) {
    std::vector<SampleStacks::Frame> stack = {{"main"}, {by}};
    for (int i = 0; i < depth; ++i) {
      stack.push_back({"walk"});
      stacks.Add(stack, {7}, 1);
    }
    stack.push_back({"leaf"});
    stacks.Add(stack, {leaf}, 1);
  };
  add("left", left, left_leaf);
  add("right", 4, right_leaf);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_CASE(RecursionIsBlamedAsThatOfTheFunction) {
  const Profile base = Walk(4, 0, 0), current = Walk(9, 0, 0);
  const JoinedGraph graph = JoinByName(base, current);
  const uint32_t walk = RowOf(graph, base, current, "walk");
  const Cause expected{Kind::kMoreCalls, walk, graph.FindCall({walk, walk})};
  Explainer explainer(graph);
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    for (const bool is_cost : {true, false}) {
      const auto event = is_cost ? std::optional(EventId(0)) : std::nullopt;
      if (PathDifference(graph, event, p) == 0) continue;
      const auto blame = explainer.Explain({Subject::Kind::kPath, p},
                                           is_cost ? "samples" : kCallsEvent);
      BOOST_CHECK(blame.value().cause == expected);
      BOOST_TEST(blame->explained == (is_cost ? 35 : 5));
      BOOST_TEST(!blame->path.has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(CausesBelowRecursionAreFoundOnTheirPath) {
  const Profile base = Walk(4, 10, 20), current = Walk(4, 20, 10);
  const JoinedGraph graph = JoinByName(base, current);
  const uint32_t leaf = RowOf(graph, base, current, "leaf");
  const uint32_t left = RowOf(graph, base, current, "left");
  Explainer explainer(graph);
  const auto check = [&](const Subject& subject) {
    const auto blame = explainer.Explain(subject, "samples");
    BOOST_CHECK((blame.value().cause == Cause{Kind::kSelf, leaf, {}}));
    BOOST_TEST(std::abs(blame->explained) == 10);
    BOOST_REQUIRE(blame->path.has_value());
    BOOST_TEST(graph.paths[*blame->path].function == leaf);
  };
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    if (PathDifference(graph, EventId(0), p) != 0) {
      check({Subject::Kind::kPath, p});
    }
  }
  // Functions and calls with one path are explained by it.
  check({Subject::Kind::kInclusive, left});
  for (const uint32_t call : graph.CallsBy(left)) {
    check({Subject::Kind::kCall, call});
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
