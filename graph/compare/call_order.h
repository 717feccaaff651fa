// An order of functions in which calls lead forward, but for recursion.
#ifndef PROF2CG_GRAPH_COMPARE_CALL_ORDER_H_
#define PROF2CG_GRAPH_COMPARE_CALL_ORDER_H_

#include <cstdint>
#include <vector>

#include "graph/compare/joined_graph.h"

namespace prof2cg {

// The reverse order in which a search in depth, from functions that no other
// calls, leaves functions: then calls lead back only to what is active on the
// way, itself or others. Of a cycle that nothing else calls, the function of
// the first row is where it begins. To make it is O(functions + calls).
class CallOrder {
 public:
  explicit CallOrder(const JoinedGraph& graph);

  uint32_t PlaceOf(uint32_t function) const { return places_[function]; }
  uint32_t At(uint32_t place) const { return functions_[place]; }
  bool IsRecursive(JoinedCall call) const {
    return places_[call.callee] <= places_[call.caller];
  }

 private:
  std::vector<uint32_t> functions_;  // in order
  std::vector<uint32_t> places_;     // a row per function
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_CALL_ORDER_H_
