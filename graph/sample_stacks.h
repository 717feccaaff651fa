// Profiles of stacks for tests: put together by hand, or random ones by seed.
#ifndef PROF2CG_GRAPH_SAMPLE_STACKS_H_
#define PROF2CG_GRAPH_SAMPLE_STACKS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/context_tree_builder.h"
#include "graph/sample_profile.h"
#include "graph/stack_model.h"

namespace prof2cg {

// Builds a profile that has contexts and no call graph yet. Functions are told
// apart by name.
class SampleStacks {
 public:
  using Costs = std::vector<int64_t>;
  struct Frame {
    std::string_view name;
    uint32_t line = 0;  // of the call, in the frame before
  };

  explicit SampleStacks(EventSet events = EventSet({{"samples", "Samples",
                                                     Unit::kCount}}))
      : tree_(events.size()), builder_(std::move(events)) {}

  void Add(const std::vector<Frame>& stack, const Costs& costs,
           int64_t calls = 0) {
    ContextId context;
    ContextKey key;
    const StringId empty(0);
    for (const Frame& frame : stack) {
      const FunctionId f =
          builder_.AddFunction({builder_.Intern(frame.name), empty, empty, 0});
      context = tree_.Enter(context, f, frame.line);
      key.push_back({{std::string(frame.name), "", "", 0}, frame.line});
    }
    tree_.AddSelf(context, costs);
    tree_.AddCalls(context, calls);
    model_.Add(key, costs, calls);
  }

  // What the profile must amount to.
  const StackModel& model() const { return model_; }

  Profile Build() {
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    profile.provenance.counts = Origin::kAbsent;
    return profile;
  }

 private:
  ContextTreeBuilder tree_;
  ProfileBuilder builder_;
  StackModel model_;
};

// Of two events, few functions and few lines, so that stacks have much in
// common and recursion of every kind.
inline void AddRandomStacks(SampleStacks& stacks, uint32_t seed,
                            bool has_calls = false) {
  constexpr std::string_view kNames[] = {"a", "b", "c", "d", "e"};
  std::mt19937 random(seed);
  const auto figure = [&] { return static_cast<int64_t>(random() % 100); };
  const size_t names = 1 + random() % std::size(kNames);
  for (size_t i = random() % 60; i > 0; --i) {
    std::vector<SampleStacks::Frame> stack(1 + random() % 9);
    for (SampleStacks::Frame& frame : stack) {
      frame = {kNames[random() % names], static_cast<uint32_t>(random() % 2)};
    }
    stack[0].line = 0;
    stacks.Add(stack, {figure(), figure()}, has_calls ? 1 + figure() : 0);
  }
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_SAMPLE_STACKS_H_
