// One of a profile's events, for what holds no more.
#ifndef PROF2CG_GRAPH_PASSES_KEEP_EVENT_H_
#define PROF2CG_GRAPH_PASSES_KEEP_EVENT_H_

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// Drops the costs of all other events. O(n).
void KeepEvent(Profile& profile, EventId event);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_KEEP_EVENT_H_
