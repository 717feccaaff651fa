// What part of a profile's cost each function and call has, by one event.
#ifndef PROF2CG_GRAPH_PASSES_SHARES_H_
#define PROF2CG_GRAPH_PASSES_SHARES_H_

#include <cstdint>
#include <vector>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// From 0 to 1; not a number where it is unknown.
struct Shares {
  std::vector<double> self;       // a row per function
  std::vector<double> inclusive;  // a row per function
  std::vector<double> calls;      // a row per call: inclusive
  // What they are shares of, in the unit of the event.
  int64_t self_total = 0;
  int64_t inclusive_total = 0;
};

// No cost at all: every share is 0. What Ratio gives instead keeps a picture of
// an event from being empty, and would make others look costly.
void ShareNothing(Shares& shares);

// part / whole between 0 and 1, and 1 where there is no whole: of nothing,
// everything is all.
double Ratio(double part, double whole);

// The sum of all self costs, and each function's share of it.
void ShareSelf(const Profile& profile, EventId event, Shares& shares);

// Shares by the costs that stand in the profile: exact where the source
// measured inclusive costs or has whole stacks. The total is the sum of all
// self costs or, where a profiler lost some, the largest inclusive cost.
// O(functions + calls).
Shares SharesAsRecorded(const Profile& profile, EventId event);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SHARES_H_
