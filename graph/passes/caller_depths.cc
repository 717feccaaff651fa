#include "graph/passes/caller_depths.h"

#include <cstddef>
#include <utility>

namespace prof2cg {

CallerDepths::CallerDepths(const CallGraph& graph, std::vector<uint32_t> asked)
    : graph_(graph),
      into_(IndexByCallee(graph)),
      asked_(std::move(asked)),
      most_(asked_.size(), UINT32_MAX),
      is_reduced_(asked_.size()) {
  Update();
}

void CallerDepths::Ask(FunctionId f, uint32_t most) {
  if (asked_[f.row()] <= most) return;
  asked_[f.row()] = most;
  reduced_ += !is_reduced_[f.row()];
  is_reduced_[f.row()] = true;
}

void CallerDepths::Limit(FunctionId f, uint32_t most) {
  most_[f.row()] = std::min(most_[f.row()], most);
  Ask(f, most);
}

// Greater ones first, so that each function is looked at once for good.
void CallerDepths::Update() {
  needed_ = asked_;
  Waiting waiting;
  for (uint32_t f = 0; f < needed_.size(); ++f) {
    if (needed_[f] > 1) waiting[needed_[f]].push_back(f);
  }
  while (!waiting.empty()) {
    const auto [needed, functions] = std::move(*waiting.begin());
    waiting.erase(waiting.begin());
    for (const uint32_t f : functions) {
      if (needed == needed_[f]) AskCallers(f, waiting);
    }
  }
}

void CallerDepths::AskCallers(uint32_t f, Waiting& waiting) {
  for (const CallId row : into_.Of(FunctionId(f))) {
    const uint32_t caller = graph_.calls[row.row()].caller.row();
    const uint32_t enough = std::min(needed_[f] - 1, most_[caller]);
    if (enough <= needed_[caller]) continue;
    needed_[caller] = enough;
    if (enough > 1) waiting[enough].push_back(caller);
  }
}

}  // namespace prof2cg
