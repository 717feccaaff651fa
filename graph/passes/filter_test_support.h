// What tests of filters share.
#ifndef PROF2CG_GRAPH_PASSES_FILTER_TEST_SUPPORT_H_
#define PROF2CG_GRAPH_PASSES_FILTER_TEST_SUPPORT_H_

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/hide.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {

using Names = std::set<std::string_view>;

// Of AddRandomStacks, with a call graph.
inline Profile RandomStacks(uint32_t seed) {
  SampleStacks stacks(TimeAndBytes());
  AddRandomStacks(stacks, seed, seed % 2 == 0);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

// Of the functions of RandomStacks().
inline Names RandomNames(uint32_t seed) {
  std::mt19937 random(seed);
  Names names;
  for (const std::string_view name : {"a", "b", "c", "d", "e"}) {
    if (random() % 2 == 0) names.insert(name);
  }
  return names;
}

// A bit per function whose name is one of these.
inline std::vector<bool> Named(const Profile& profile, const Names& names) {
  std::vector<bool> named;
  for (const Function& f : profile.functions) {
    named.push_back(names.contains(profile.strings[f.name]));
  }
  return named;
}

inline std::vector<bool> RandomBits(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<bool> bits(size);
  for (size_t i = 0; i < size; ++i) bits[i] = random() % 3 == 0;
  return bits;
}

// A stack of so many functions, each of which costs 1 and 2.
inline Profile DeepStack(uint32_t depth) {
  ProfileBuilder builder(TimeAndBytes());
  ContextTreeBuilder tree(2);
  ContextId context;
  for (uint32_t f = 0; f < depth; ++f) {
    const FunctionId id =
        builder.AddFunction({builder.Intern("f"), StringId(0), StringId(0), f});
    context = tree.Enter(context, id, 0);
    tree.AddCalls(context, 1);
    tree.AddSelf(context, std::vector<int64_t>{1, 2});
  }
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  FoldContexts(profile);
  return profile;
}

// The same as a tracer would have it: all contexts were called, and what costs
// something costs more than rounding may explain.
inline Profile RandomTrace(uint32_t seed) {
  Profile profile = RandomStacks(seed);
  ContextTree& tree = *profile.contexts;
  for (Context& context : tree.contexts) ++context.calls;
  for (size_t row = 0; row < tree.self.rows(); ++row) {
    for (int64_t& cost : tree.self[row]) cost *= 1000;
  }
  FoldContexts(profile);
  return profile;
}

// Checks that functions have exactly that self cost unless the estimate says
// that it is one, and each call that is not marked as an estimate also; with
// `or_less`, calls may lack what was estimated to be nothing.
inline void CheckMarks(const Profile& exact, const Profile& estimate,
                       bool or_less = false) {
  const Contents expected = ContentsOf(exact);
  const Contents found = ContentsOf(estimate);
  const std::map functions(expected.functions.begin(),
                           expected.functions.end());
  const std::map calls(expected.calls.begin(), expected.calls.end());
  const Provenance& provenance = estimate.provenance;
  for (size_t e = 0; e < provenance.events.size(); ++e) {
    const Provenance::Columns& event = provenance.events[e];
    for (const auto& [key, figures] : found.functions) {
      const auto truth = functions.find(key);
      const bool has_none = truth == functions.end();
      if (event.self == Origin::kEstimated) continue;
      BOOST_TEST(figures.self[e] == (has_none ? 0 : truth->second.self[e]));
    }
    for (const auto& [key, figures] : found.calls) {
      if (figures.is_estimated) continue;
      const auto truth = calls.find(key);
      BOOST_REQUIRE(truth != calls.end());
      const auto check = [&](int64_t figure, int64_t true_figure) {
        BOOST_TEST(
            (figure == true_figure || (or_less && figure < true_figure)));
      };
      check(figures.inclusive[e], truth->second.inclusive[e]);
      if (event.call_self == Origin::kEstimated) continue;
      check(figures.self[e], truth->second.self[e]);
    }
  }
}

// The call graph alone, whatever is estimated.
inline Contents GraphOf(Profile& profile) {
  profile.contexts.reset();
  Contents contents = Sorted(ContentsOf(profile));
  for (auto& [key, call] : contents.calls) call.is_estimated = false;
  return contents;
}

// How often an oddity like `text` was noted.
inline int64_t CountOf(const Profile& profile, std::string_view text) {
  for (const Oddity& oddity : profile.provenance.oddities) {
    if (oddity.many.find(text) != std::string::npos) return oddity.count;
  }
  return 0;
}

// "f: 3 of 5" for functions, "f -> g @1: 2 calls, 3 of 5" for calls, with
// "about" where they are estimated.
inline std::string Text(const Profile& profile) {
  BOOST_TEST(profile.Check() == "");
  const CallGraph& graph = profile.graph;
  std::string text;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    text += std::string(profile.Name(FunctionId(f))) + ": " +
            std::to_string(graph.self[f][0]) + " of " +
            std::to_string(graph.inclusive[f][0]) + "\n";
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    text += std::string(profile.Name(call.caller)) + " -> " +
            std::string(profile.Name(call.callee)) + " @" +
            std::to_string(call.line) + ": " +
            (profile.provenance.IsEstimated(c) ? "about " : "") +
            std::to_string(call.counts.total) + " calls, " +
            std::to_string(graph.call_self[c][0]) + " of " +
            std::to_string(graph.call_inclusive[c][0]) + "\n";
  }
  return text;
}

// Hides all others.
inline void Show(Profile& profile, std::vector<bool> shown) {
  shown.flip();
  Hide(profile, shown);
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FILTER_TEST_SUPPORT_H_
