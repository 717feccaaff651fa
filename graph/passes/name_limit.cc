#include "graph/passes/name_limit.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace prof2cg {

std::vector<FunctionId> FindGreatest(const std::vector<size_t>& asked,
                                     size_t room) {
  size_t sum = std::accumulate(asked.begin(), asked.end(), size_t{0});
  if (sum <= room) return {};
  std::vector<uint32_t> order(asked.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater(),
                           [&](uint32_t f) { return asked[f]; });
  std::vector<FunctionId> greatest;
  for (const uint32_t f : order) {
    if (sum <= room) break;
    sum -= asked[f];
    greatest.emplace_back(f);
  }
  return greatest;
}

void NoteFewerCallers(Provenance& provenance, int64_t functions) {
  provenance.Note(
      "function is told apart by fewer callers than asked for, so that there "
      "are not too many names",
      "functions are told apart by fewer callers than asked for, so that there "
      "are not too many names",
      functions);
}

}  // namespace prof2cg
