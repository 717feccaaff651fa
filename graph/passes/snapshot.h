// What of a profile is the same in every run of the same program: to be kept
// beside its source (converter/writers/snapshot.cc), and compared with.
#ifndef PROF2CG_GRAPH_PASSES_SNAPSHOT_H_
#define PROF2CG_GRAPH_PASSES_SNAPSHOT_H_

#include "graph/profile.h"

namespace prof2cg {

// The functions that have a figure and one call of each caller and callee, with
// their counts and
//
//  - costs of all events that are deterministic (graph/event_set.h) but for
//    those that fall on whoever is running when garbage is collected or memory
//    used up, and what was held at some moment, which depends on these. If
//    there is none, see CountCallsAsCost;
//  - no lines: functions of one name, file and object have their number in the
//    order of these instead, 2 and so on; the first has none;
//  - no folders of objects, and no objects of Python, where the file tells all.
//
// Functions that have less than `least` of each event and of all calls,
// inclusive costs too, and make no call that often are one (fold_others.h).
//
// Of a snapshot without kOthers it is that of the profile itself. Throws Error
// if the profile has neither counts nor such events. O(n log n).
Profile MakeSnapshot(const Profile& profile, double least);

// Every profile has an event. This is the one of snapshots without costs:
// "calls", of which a function has as many as it has calls itself. What calls
// it makes is nobody's inclusive cost; that is absent, and no less than its
// own.
EventSet CallsAlone();
void CountCallsAsCost(Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SNAPSHOT_H_
