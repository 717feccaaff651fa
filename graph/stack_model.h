// What stacks amount to, found the obvious way: for tests of what finds it
// fast. Each stack is looked at on its own.
#ifndef PROF2CG_GRAPH_STACK_MODEL_H_
#define PROF2CG_GRAPH_STACK_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "graph/profile_contents.h"

namespace prof2cg {

class StackModel {
 public:
  // Adds a stack, from its root, and what its last function cost there. With
  // `calls`, so often was that called there.
  void Add(const ContextKey& stack, const std::vector<int64_t>& costs,
           int64_t calls = 0) {
    ContextKey prefix;
    for (const auto& frame : stack) {
      prefix.push_back(frame);
      AddUp(contexts_[prefix].self, std::vector<int64_t>(costs.size()));
      functions_[frame.first];
    }
    contexts_[stack].calls += calls;
    AddUp(contexts_[stack].self, costs);

    const FunctionKey& last = stack.back().first;
    std::map<FunctionKey, int> times;
    for (const auto& frame : stack) ++times[frame.first];
    for (const auto& [function, unused] : times) {
      AddUp(functions_[function].inclusive, costs);
      AddUp(functions_[function].self, std::vector<int64_t>(costs.size()));
    }
    AddUp(functions_[last].self, costs);
    functions_[last].counts += {calls, times[last] == 1 ? calls : 0};
    AddCalls(stack, costs, calls);
  }

  // In the order of keys.
  Contents Sum() const {
    Contents sum;
    sum.functions.assign(functions_.begin(), functions_.end());
    sum.calls.assign(calls_.begin(), calls_.end());
    sum.contexts.emplace(contexts_.begin(), contexts_.end());
    return sum;
  }

 private:
  void AddCalls(const ContextKey& stack, const std::vector<int64_t>& costs,
                int64_t calls) {
    std::map<CallKey, int> times;
    CallKey last;
    for (size_t i = 1; i < stack.size(); ++i) {
      last = {stack[i - 1].first, stack[i].first, stack[i].second};
      ++times[last];
    }
    for (const auto& [call, unused] : times) {
      AddUp(calls_[call].inclusive, costs);
      AddUp(calls_[call].self, std::vector<int64_t>(costs.size()));
    }
    if (times.empty()) return;
    AddUp(calls_[last].self, costs);
    calls_[last].counts += {calls, times[last] == 1 ? calls : 0};
  }

  static void AddUp(std::vector<int64_t>& sum,
                    const std::vector<int64_t>& more) {
    sum.resize(more.size());
    for (size_t e = 0; e < more.size(); ++e) sum[e] += more[e];
  }

  std::map<FunctionKey, FunctionFigures> functions_;
  std::map<CallKey, CallFigures> calls_;
  std::map<ContextKey, ContextFigures> contexts_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_STACK_MODEL_H_
