// How many callers are to be told of each function and of each call.
#ifndef PROF2CG_GRAPH_PASSES_CALLER_DEPTHS_H_
#define PROF2CG_GRAPH_PASSES_CALLER_DEPTHS_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "graph/call_graph.h"
#include "graph/ids.h"
#include "graph/passes/call_index.h"

namespace prof2cg {

// A function is told apart by the callers asked for. To know who called it from
// further away, its callers must be told apart, too: by all but one of them,
// though no name shows it. Nothing is asked of a caller for direct recursion.
class CallerDepths {
 public:
  CallerDepths(const CallGraph& graph, std::vector<uint32_t> asked);

  uint32_t Asked(FunctionId f) const { return asked_[f.row()]; }
  uint32_t Needed(FunctionId f) const { return needed_[f.row()]; }

  // Callers of a call's caller: those that its place in the graph shows, and
  // those that must be known of it.
  uint32_t Asked(const Call& call) const { return Of(call, asked_); }
  uint32_t Needed(const Call& call) const { return Of(call, needed_); }

  // No more callers than these are asked for; or told, whoever needs them.
  void Ask(FunctionId f, uint32_t most);
  void Limit(FunctionId f, uint32_t most);
  // Finds what is needed after such changes. O((functions + calls) * log).
  void Update();

  int64_t reduced() const { return reduced_; }  // functions

 private:
  // Functions by how many callers they need, the greatest number first.
  using Waiting = std::map<uint32_t, std::vector<uint32_t>, std::greater<>>;
  void AskCallers(uint32_t f, Waiting& waiting);

  // With so many callers told of each callee.
  uint32_t Of(const Call& call, const std::vector<uint32_t>& told) const {
    const uint32_t caller = asked_[call.caller.row()];
    const uint32_t callee = told[call.callee.row()];
    const bool tells_none = call.caller == call.callee || callee == 0;
    return tells_none ? caller : std::max(caller, callee - 1);
  }

  const CallGraph& graph_;
  const CallIndex into_;          // the calls into each function
  std::vector<uint32_t> asked_;   // per function
  std::vector<uint32_t> most_;    // per function
  std::vector<uint32_t> needed_;  // per function
  std::vector<bool> is_reduced_;  // per function
  int64_t reduced_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CALLER_DEPTHS_H_
