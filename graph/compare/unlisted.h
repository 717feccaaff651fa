// Functions that a snapshot on the other side may have folded away.
#ifndef PROF2CG_GRAPH_COMPARE_UNLISTED_H_
#define PROF2CG_GRAPH_COMPARE_UNLISTED_H_

#include <cstddef>
#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/compare/gate.h"
#include "graph/profile.h"

namespace prof2cg {

// One side of a comparison.
struct SideSum {
  const Profile& profile;  // the sum
  size_t profiles = 1;     // of so many
  FunctionId FunctionPair::*function = nullptr;
};

// A bit per function of `side`: whether it is told apart beside a snapshot
// whose other functions are one, kOthers (graph/passes/fold_others.h). It is if
// the snapshot lists it, or if it has a figure that is more, by the gate's
// thresholds, than anything that is not listed had: so what is new is. Of
// others that cannot be told. O(functions + calls).
std::vector<bool> FindTold(const SideSum& snapshot, const SideSum& side,
                           const std::vector<FunctionPair>& pairs,
                           const Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_UNLISTED_H_
