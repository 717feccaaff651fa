#include "graph/passes/context_classes.h"

#include <algorithm>

#include "graph/passes/walk_contexts.h"

namespace prof2cg {

std::vector<uint32_t> FindLevels(const std::vector<Context>& contexts,
                                 const std::vector<uint32_t>& most) {
  std::vector<uint32_t> levels(contexts.size(), 1);
  if (std::ranges::all_of(most, [](uint32_t level) { return level <= 1; })) {
    return levels;
  }
  std::vector<uint32_t> active(most.size());
  WalkContexts(
      contexts,
      [&](uint32_t row) {
        const size_t f = contexts[row].function.row();
        levels[row] = std::min(++active[f], std::max(1u, most[f]));
      },
      [&](uint32_t row) { --active[contexts[row].function.row()]; });
  return levels;
}

}  // namespace prof2cg
