#include "graph/passes/prune.h"

#include <algorithm>
#include <cstdint>

namespace prof2cg {

double CallWeight(const CallGraph& graph, const Shares& shares, size_t call) {
  const double share = shares.calls[call];
  if (share >= 0) return share;
  const double caller = shares.inclusive[graph.calls[call].caller.row()];
  const double callee = shares.inclusive[graph.calls[call].callee.row()];
  return caller < callee ? caller : callee;
}

void DropColdFunctions(const Shares& shares, double threshold,
                       const std::vector<bool>& asked_for, Selection& kept) {
  for (size_t f = 0; f < kept.functions.size(); ++f) {
    if (shares.inclusive[f] < threshold && !asked_for[f]) {
      kept.functions[f] = false;
    }
  }
}

void DropColdCalls(const CallGraph& graph, const Shares& shares,
                   double threshold, Selection& kept) {
  for (size_t row = 0; row < kept.calls.size(); ++row) {
    if (!kept.HasEnds(graph.calls[row]) ||
        CallWeight(graph, shares, row) < threshold) {
      kept.calls[row] = false;
    }
  }
}

size_t KeepCostliest(const Shares& shares, size_t most,
                     const std::vector<bool>& asked_for, Selection& kept) {
  std::vector<uint32_t> others;
  size_t asked = 0;
  for (uint32_t f = 0; f < kept.functions.size(); ++f) {
    if (!kept.functions[f]) continue;
    if (asked_for[f]) {
      ++asked;
    } else {
      others.push_back(f);
    }
  }
  const size_t room = most - std::min(most, asked);
  if (others.size() <= room) return 0;
  const auto costlier = [&](uint32_t a, uint32_t b) {
    const double share_a = shares.inclusive[a];
    const double share_b = shares.inclusive[b];
    // What is unknown stands first, as if it were all.
    const double known_a = share_a >= 0 ? share_a : 1;
    const double known_b = share_b >= 0 ? share_b : 1;
    return known_a != known_b ? known_a > known_b : a < b;
  };
  const auto middle = others.begin() + static_cast<ptrdiff_t>(room);
  std::nth_element(others.begin(), middle, others.end(), costlier);
  for (auto f = middle; f != others.end(); ++f) kept.functions[*f] = false;
  return others.size() - room;
}

}  // namespace prof2cg
