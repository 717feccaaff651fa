// Costs per function and per caller-callee pair.
#ifndef PROF2CG_GRAPH_CALL_GRAPH_H_
#define PROF2CG_GRAPH_CALL_GRAPH_H_

#include <cstdint>
#include <vector>

#include "graph/cost_table.h"
#include "graph/ids.h"

namespace prof2cg {

// How often something was called. It is primitive when the same was not active
// already: the function, or for the counts of a call, a call of that caller and
// callee. total - primitive calls are recursive ones.
struct CallCounts {
  int64_t total = 0;
  int64_t primitive = 0;

  CallCounts& operator+=(CallCounts more) {
    total = SaturatingAdd(total, more.total);
    primitive = SaturatingAdd(primitive, more.primitive);
    return *this;
  }
  friend bool operator==(CallCounts, CallCounts) = default;
};

// All calls from one place of a caller to a callee.
struct Call {
  FunctionId caller;
  FunctionId callee;
  uint32_t line = 0;  // of the call site, in the caller's file; 0: unknown
  CallCounts counts;

  friend bool operator==(const Call&, const Call&) = default;
};

// Function rows are those of the profile's FunctionTable. Calls are unique in
// (caller, callee, line) and stand in order of first appearance.
//
// In a consistent profile self <= inclusive, a call's inclusive cost is at most
// its callee's, and what the calls into a function do not account for came from
// outside the profile (passes/entry_calls.h). Sources contradict themselves, so
// no reader of these tables may rely on it.
struct CallGraph {
  std::vector<CallCounts> counts;  // a row per function
  CostTable self;                  // a row per function: without callees
  CostTable inclusive;             // a row per function: with callees

  std::vector<Call> calls;
  CostTable call_inclusive;  // a row per call: cost while it was active
  // A row per call: the callee's self cost when called from this caller; no
  // rows at all where the source does not tell.
  CostTable call_self;

  friend bool operator==(const CallGraph&, const CallGraph&) = default;

  // How many calls ahead a loop over all of them had better ask for what it
  // will need of callees, which lie all over the functions.
  static constexpr size_t kPrefetchedCalls = 16;
  // Calls use(callee) for the call that comes so far behind `call`, if any.
  template <class Use>
  [[gnu::always_inline]] void WithCalleeAhead(size_t call, Use use) const {
    if (call + kPrefetchedCalls < calls.size()) {
      use(calls[call + kPrefetchedCalls].callee.row());
    }
  }
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_CALL_GRAPH_H_
