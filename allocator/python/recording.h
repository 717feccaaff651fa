// The recording of this process: there is one at a time.
#ifndef PROF2CG_ALLOCATOR_PYTHON_RECORDING_H_
#define PROF2CG_ALLOCATOR_PYTHON_RECORDING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "allocator/heap.h"
#include "allocator/python/compat.h"
#include "allocator/recorder/clock.h"
#include "allocator/recorder/to_profile.h"
#include "graph/profile.h"

namespace prof2cg::python {

struct RecordingOptions {
  RecordedEvents events;
  ClockSource clock = ClockSource::kTsc;  // where it can be relied upon
  uint32_t max_contexts = 1 << 20;
  HeapOptions::Valgrind valgrind = HeapOptions::Valgrind::kBypass;
  // Threads that are there begin with the calls that have not returned.
  bool seed = true;
  bool on = true;  // else paused
};

// All of these return false, or null, with an exception set, where something is
// wrong. Who calls them holds the interpreter's lock.

// Forgets the last recording and begins another.
bool StartRecording(const RecordingOptions& options);
// Ends it. Its figures stay what they are now, until the next one begins.
bool StopRecording();
// Pauses or goes on.
bool SwitchRecording(bool on);
// Evaluates code, as exec() does, as the root of the recording, which begins
// anew: what called it does not show.
PyObject* RunRecorded(PyCodeObject* code, PyObject* globals);
// Calls a function of Python in the same way.
PyObject* CallRecorded(PyObject* function, PyObject* arguments);
// Writes the recording, or what there is of it up to now.
bool SaveRecording(const std::string& path, std::vector<Fact> facts,
                   std::string command);
// In a forked child: a recording that goes on begins anew.
bool RestartInChild();
// What there is of it up to now, as a dict.
PyObject* RecordingStats();

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_RECORDING_H_
