// Profiles of programs of which a call graph tells all, for tests.
#ifndef PROF2CG_GRAPH_PASSES_SAMPLE_PROGRAM_H_
#define PROF2CG_GRAPH_PASSES_SAMPLE_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/context_tree_builder.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"

namespace prof2cg {

// A random program without recursion in which each call of a function does the
// same, whoever called it. What is then estimated from the call graph must be
// what its contexts say.
class SampleProgram {
 public:
  explicit SampleProgram(uint32_t seed) : random_(seed) {
    functions_.resize(2 + Below(7));
    for (size_t f = 0; f < functions_.size(); ++f) AddCalls(f);
    functions_[0].entries = 1;
    for (int i = 0; i < 2; ++i) functions_[Any()].entries += Below(3);
  }

  size_t functions() const { return functions_.size(); }

  // Its profile, with contexts and the call graph that follows from them.
  Profile Run() const {
    ProfileBuilder builder(TimeAndBytes());
    for (size_t f = 0; f < functions_.size(); ++f) {
      builder.AddFunction({builder.Intern("f" + std::to_string(f)), StringId(0),
                           StringId(0), 0});
    }
    Profile profile = std::move(builder).Build();
    profile.contexts = Unroll();
    FoldContexts(profile);
    return profile;
  }

  // The same without the contexts.
  Profile RunWithoutContexts() const {
    Profile profile = Run();
    profile.contexts.reset();
    return profile;
  }

 private:
  struct Callee {
    size_t function;
    uint32_t line;
    int64_t times;
  };
  struct Work {  // of one call
    int64_t entries = 0;
    std::vector<int64_t> self;
    std::vector<Callee> callees;
  };
  struct Activation {
    ContextId parent;
    size_t function;
    uint32_t line;
    int64_t calls;
  };

  uint32_t Below(uint32_t end) {
    return static_cast<uint32_t>(random_()) % end;
  }
  size_t Any() { return Below(static_cast<uint32_t>(functions_.size())); }

  void AddCalls(size_t f) {
    functions_[f].self = {Below(50), Below(4) * 8};
    const auto above = static_cast<uint32_t>(functions_.size() - f - 1);
    for (uint32_t i = above == 0 ? 0 : 1 + Below(3); i > 0; --i) {
      functions_[f].callees.push_back(
          {f + 1 + Below(above), Below(3), 1 + Below(3)});
    }
  }

  ContextTree Unroll() const {
    ContextTreeBuilder tree(2);
    std::vector<Activation> todo;
    for (size_t f = 0; f < functions_.size(); ++f) {
      if (functions_[f].entries == 0) continue;
      todo.push_back({ContextId(), f, 0, functions_[f].entries});
    }
    while (!todo.empty()) {
      const Activation now = todo.back();
      todo.pop_back();
      const Work& work = functions_[now.function];
      const ContextId context =
          tree.Enter(now.parent, FunctionId(now.function), now.line);
      tree.AddCalls(context, now.calls);
      std::vector<int64_t> self = work.self;
      for (int64_t& cost : self) cost *= now.calls;
      tree.AddSelf(context, self);
      for (const Callee& callee : work.callees) {
        todo.push_back(
            {context, callee.function, callee.line, now.calls * callee.times});
      }
    }
    return std::move(tree).Build();
  }

  std::mt19937 random_;
  std::vector<Work> functions_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SAMPLE_PROGRAM_H_
