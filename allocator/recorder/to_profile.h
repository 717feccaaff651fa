// A recording as a profile.
#ifndef PROF2CG_ALLOCATOR_RECORDER_TO_PROFILE_H_
#define PROF2CG_ALLOCATOR_RECORDER_TO_PROFILE_H_

#include "allocator/heap.h"
#include "allocator/recorder/recorder.h"
#include "graph/profile.h"

namespace prof2cg {

// Which events a recording has, one cost at least. Calls are always counted.
struct RecordedEvents {
  bool time = true;    // ns
  bool cpu = true;     // cpu_ns
  bool alloc = true;   // allocated and freed blocks and bytes, reallocs
  bool live = true;    // live blocks and bytes
  bool peak = true;    // blocks and bytes at the process's peak
  bool arenas = true;  // mapped
  bool sizes = false;  // blocks by size

  bool UseHeap() const { return alloc || live || peak || arenas || sizes; }
  bool HasCosts() const {
    return time || cpu || alloc || live || peak || arenas;
  }
};

// What was recorded up to now, with its call graph; recording may go on. Costs
// of functions that had no context of their own are their callers', which its
// oddities tell. O(contexts).
Profile ToProfile(Recorder& recorder, const Heap& heap,
                  const RecordedEvents& events);

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_TO_PROFILE_H_
