#include "graph/passes/split_threads.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/context_tree_builder.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/merge.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// Few functions, so that threads share them; some have no context at all.
Profile RandomThreads(uint32_t seed, bool has_calls) {
  constexpr size_t kFunctions = 6;
  std::mt19937 random(seed);
  const auto below = [&](int64_t limit) {
    return static_cast<int64_t>(random()) % limit;
  };
  SampleProfile sample(TimeAndBytes());
  for (size_t f = 0; f < kFunctions; ++f) {
    sample.Add("f" + std::to_string(f), {}, {0, 0}, {0, 0});
  }
  Profile profile = sample.Build();
  for (size_t n = 1 + random() % 4; n > 0; --n) {
    profile.threads.push_back(
        profile.strings.Intern("thread " + std::to_string(n)));
  }
  ContextTreeBuilder tree(2);
  for (size_t n = random() % 60; n > 0; --n) {
    const size_t parent = random() % (tree.contexts() + 1);
    const ContextId context =
        tree.Enter(parent == 0 ? ContextId() : ContextId(parent - 1),
                   FunctionId(random() % (kFunctions - 1)),
                   static_cast<uint32_t>(random() % 2),
                   static_cast<uint32_t>(random() % profile.threads.size()));
    const std::vector<int64_t> costs = {below(100), below(100)};
    tree.AddSelf(context, costs);
    if (has_calls) tree.AddCalls(context, below(3));
  }
  profile.contexts = std::move(tree).Build();
  if (!has_calls) {
    for (CallCounts& counts : profile.graph.counts) {
      counts = {below(9), below(9)};
    }
  }
  FoldContexts(profile);
  return profile;
}

// Equal stacks of several threads by their figures.
Contents Ordered(Contents contents) {
  std::ranges::sort(*contents.contexts, {}, [](const auto& context) {
    return std::tuple(context.first, context.second.calls, context.second.self);
  });
  std::ranges::sort(contents.functions, {},
                    [](const auto& f) { return f.first; });
  std::ranges::sort(contents.calls, {}, [](const auto& c) { return c.first; });
  return contents;
}

BOOST_AUTO_TEST_SUITE(SplitThreads)

BOOST_AUTO_TEST_CASE(ThreadsAddUpToTheWhole) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Profile whole = RandomThreads(seed, seed % 2 == 0);
    const ThreadSplit split(whole);
    BOOST_TEST(split.threads() == whole.threads.size());
    Merger merger;
    for (size_t thread = 0; thread < split.threads(); ++thread) {
      const Profile part = split.Of(thread);
      BOOST_TEST(part.Check() == "");
      BOOST_TEST(split.HasContexts(thread) == !part.contexts->contexts.empty());
      merger.Add(part);
    }
    const Profile sum = std::move(merger).Merge();
    BOOST_CHECK(Ordered(ContentsOf(sum)) == Ordered(ContentsOf(whole)));
  }
}

BOOST_AUTO_TEST_CASE(EachHasItsOwnContextsAndFunctions) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile whole = RandomThreads(seed, true);
    const ThreadSplit split(whole);
    std::vector<int> threads_of(whole.functions.size());
    for (size_t thread = 0; thread < split.threads(); ++thread) {
      const Profile part = split.Of(thread);
      BOOST_CHECK(part.functions == whole.functions);
      std::vector<bool> is_used(whole.functions.size());
      for (const Context& context : part.contexts->contexts) {
        BOOST_TEST(context.thread == thread);
        is_used[context.function.row()] = true;
      }
      const std::vector<bool> functions = split.FunctionsOf(thread);
      for (size_t f = 0; f < functions.size(); ++f) {
        threads_of[f] += functions[f];
        if (is_used[f]) BOOST_TEST(functions[f]);
        if (!functions[f]) BOOST_TEST(part.graph.inclusive[f][0] == 0);
      }
    }
    // Also one that has no context.
    for (const int threads : threads_of) BOOST_TEST(threads > 0);
    BOOST_TEST(threads_of.back() == 1);
  }
}

BOOST_AUTO_TEST_CASE(AProfileThatTellsNoThreadsHasOne) {
  Profile profile = RandomThreads(3, true);
  for (Context& context : profile.contexts->contexts) context.thread = 0;
  profile.threads.clear();
  const ThreadSplit split(profile);
  BOOST_TEST(split.threads() == 1);
  BOOST_TEST(split.Of(0).contexts->contexts.size() ==
             profile.contexts->contexts.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
