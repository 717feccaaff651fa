// The calls that came into a profile from code that it does not cover.
#ifndef PROF2CG_GRAPH_PASSES_ENTRY_CALLS_H_
#define PROF2CG_GRAPH_PASSES_ENTRY_CALLS_H_

#include <vector>

#include "graph/cost_table.h"
#include "graph/ids.h"
#include "graph/passes/incoming_calls.h"
#include "graph/profile.h"

namespace prof2cg {

// A function that was called more often than its callers account for.
struct EntryCall {
  FunctionId callee;
  int64_t calls = 0;  // 0: unknown, as the function's own count is
  bool is_estimated = false;
};

struct EntryCalls {
  std::vector<EntryCall> calls;  // in the order of functions
  CostTable inclusive;           // a row per entry call
};

// Finds the profile's roots, and the share of calls and inclusive cost with
// which other functions were entered from outside. Exact where the profile has
// contexts, or a function was either only entered from outside or is not
// recursive; else its cost is shared out by primitive calls. O(functions +
// calls + contexts).
EntryCalls FindEntryCalls(const Profile& profile);
// The same, where the sums of the profile's calls are known.
EntryCalls FindEntryCalls(const Profile& profile,
                          const IncomingCalls& incoming);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ENTRY_CALLS_H_
