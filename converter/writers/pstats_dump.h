// The part of a recording that Python reads (converter/io/recording_format.h).
//
// One event has a place there: the first that is a time, in seconds as pstats
// has them. A profile without times shows its first event instead: a sample, a
// byte or whatever is counted stands as one second.
#ifndef PROF2CG_CONVERTER_WRITERS_PSTATS_DUMP_H_
#define PROF2CG_CONVERTER_WRITERS_PSTATS_DUMP_H_

#include <cstdint>

#include "converter/io/text_sink.h"
#include "graph/profile.h"

namespace prof2cg {

// The event that is shown.
EventId DumpedEvent(const EventSet& events);

// Writes the functions of `profile` with the figures of `graph`, which may be
// its own or one of the same functions. Calls between the same two functions
// are added up, and so are functions that differ only in their object. Gives
// the number of functions that have no entry of their own. O(n log n) in the
// functions and calls.
int64_t WriteDump(const Profile& profile, const CallGraph& graph,
                  TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_PSTATS_DUMP_H_
