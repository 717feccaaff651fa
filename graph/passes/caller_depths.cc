#include "graph/passes/caller_depths.h"

#include <cstddef>
#include <queue>
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
  std::priority_queue<std::pair<uint32_t, uint32_t>> queue;
  for (uint32_t f = 0; f < needed_.size(); ++f) {
    if (needed_[f] > 1) queue.emplace(needed_[f], f);
  }
  while (!queue.empty()) {
    const auto [needed, f] = queue.top();
    queue.pop();
    if (needed != needed_[f]) continue;
    for (const CallId row : into_.Of(FunctionId(f))) {
      const size_t caller = graph_.calls[row.row()].caller.row();
      const uint32_t enough = std::min(needed - 1, most_[caller]);
      if (enough <= needed_[caller]) continue;
      needed_[caller] = enough;
      if (enough > 1) queue.emplace(enough, static_cast<uint32_t>(caller));
    }
  }
}

}  // namespace prof2cg
