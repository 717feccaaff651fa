// The part of a profile that is shown.
#ifndef PROF2CG_GRAPH_PASSES_SELECTION_H_
#define PROF2CG_GRAPH_PASSES_SELECTION_H_

#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// The functions and calls that are kept. A kept call has a kept caller and
// callee.
struct Selection {
  std::vector<bool> functions;
  std::vector<bool> calls;

  static Selection All(const Profile& profile) {
    return {std::vector<bool>(profile.functions.size(), true),
            std::vector<bool>(profile.graph.calls.size(), true)};
  }
  bool HasEnds(const Call& call) const {
    return functions[call.caller.row()] && functions[call.callee.row()];
  }
  // Drops the calls of functions that are not kept.
  void DropLooseCalls(const CallGraph& graph) {
    for (size_t row = 0; row < calls.size(); ++row) {
      if (!HasEnds(graph.calls[row])) calls[row] = false;
    }
  }
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SELECTION_H_
