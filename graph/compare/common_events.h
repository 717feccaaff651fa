// The events by which two profiles can be compared.
#ifndef PROF2CG_GRAPH_COMPARE_COMMON_EVENTS_H_
#define PROF2CG_GRAPH_COMPARE_COMMON_EVENTS_H_

#include "graph/event_set.h"

namespace prof2cg {

// Those that both sides have, in the base's order; none where one is a snapshot
// of calls alone: calls are compared as such. Throws Error if there is no other
// reason for none, or if one has different units.
EventSet FindCommonEvents(const EventSet& base, const EventSet& current);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_COMMON_EVENTS_H_
