#include "allocator/python/recording.h"

#include <cstdio>
#include <exception>
#include <optional>
#include <utility>

#include "allocator/python/events.h"
#include "allocator/python/hook.h"
#include "allocator/python/install_heap.h"
#include "allocator/python/object.h"
#include "allocator/python/observing.h"
#include "allocator/python/thread_names.h"
#include "allocator/recorder/recorded_functions.h"
#include "converter/io/output.h"
#include "converter/writers/pstats.h"
#include "graph/error.h"

namespace prof2cg::python {
namespace {

enum class State { kNone, kPaused, kOn, kStopped };

// What outlives the interpreter must not end with the process.
struct Recording {
  State state = State::kNone;
  RecordingOptions options;
  bool hook_was_lost = false;
  Profile ended;  // if it was stopped
};
constinit Recording* recording = nullptr;

bool GoesOn() {
  return recording != nullptr &&
         (recording->state == State::kOn || recording->state == State::kPaused);
}

bool Fail(PyObject* kind, const char* message) {
  PyErr_SetString(kind, message);
  return false;
}

void ReleaseCode(const RecordedFunctions& functions) {
  const Observing observing;
  for (const RecordedFunction& function : functions) {
    Py_XDECREF(static_cast<PyObject*>(const_cast<void*>(function.code)));
  }
}

ClockSource FitClock(ClockSource wanted) {
  if (wanted != ClockSource::kTsc || Clock::HasTsc()) return wanted;
  return ClockSource::kMonotonic;
}

uint32_t FindLine(const void* code, CallSite site) {
  return LineOf(static_cast<PyCodeObject*>(const_cast<void*>(code)), site);
}

// Forgets all figures; options stay.
bool Clear() {
  if (heap.is_open()) {
    heap.ForgetOwners();
    if (!heap.CountSizes(recording->options.events.sizes)) {
      return Fail(PyExc_MemoryError, "no room for the sizes of blocks");
    }
  }
  recording->hook_was_lost = false;
  const bool has_time =
      recording->options.events.time || recording->options.events.cpu;
  const RecordedFunctions forgotten = std::move(recorder->functions());
  const bool has_room =
      recorder->Start({.clock = FitClock(recording->options.clock),
                       .clock_step = has_time,
                       .cpu = recording->options.events.cpu,
                       .max_contexts = recording->options.max_contexts,
                       .find_line = FindLine});
  // Last: somebody may be called when code goes.
  ReleaseCode(forgotten);
  return has_room ||
         Fail(PyExc_MemoryError, "no room for so many calling contexts");
}

bool GoOn() {
  if (!AddHook()) return false;
  recording->state = State::kOn;
  // The watcher's thread has none, and is not the program's.
  Frame* const frame = CurrentFrame(CurrentThreadState());
  if (frame != nullptr) AttachThread(frame);
  return true;
}

void Pause() {
  recorder->Pause();
  recording->hook_was_lost |= HookIsLost();
  RemoveHook();
  recording->state = State::kPaused;
}

bool HookWasLost() {
  return recording->hook_was_lost ||
         (recording->state == State::kOn && HookIsLost());
}

std::string DescribeClock() {
  switch (recorder->clock().source()) {
    case ClockSource::kTsc: {
      char text[64];
      std::snprintf(text, sizeof text, "TSC, %.2f GHz",
                    1 / recorder->clock().NanosecondsPerTick());
      return text;
    }
    case ClockSource::kMonotonic:
      return "CLOCK_MONOTONIC";
    case ClockSource::kSteps:
      return "its own readings";
  }
  return "";
}

Profile Figures() {
  const Observing observing;
  NameThreads();
  Profile profile = ToProfile(*recorder, heap, recording->options.events);
  PyErr_Clear();
  profile.provenance.Note(
      "other profiler took Python's hook: calls after that are missing",
      "other profilers took Python's hook: calls after that are missing",
      HookWasLost());
  profile.provenance.Note(
      "other allocator took Python's memory: blocks after that are missing",
      "other allocators took Python's memory: blocks after that are missing",
      HeapIsLost());
  return profile;
}

// Sets what a library has thrown as Python's exception.
bool FailWithThrown() {
  try {
    throw;
  } catch (const Error& error) {
    return Fail(PyExc_OSError, error.Line().c_str());
  } catch (const std::bad_alloc&) {
    return Fail(PyExc_MemoryError, "no room for the profile");
  } catch (const std::exception& error) {
    return Fail(PyExc_RuntimeError, error.what());
  }
}

// The figures begin anew, where this code is called.
bool BeginAtRoot(PyCodeObject* code) {
  const bool is_on = recording != nullptr && recording->state == State::kOn;
  // It is kept: threads may be attached at any time.
  Py_INCREF(code);
  seeding = {.is_on = true, .first = code};
  if (!is_on) return true;
  if (!Clear()) return false;
  AttachThread(nullptr);
  return true;
}

}  // namespace

bool StartRecording(const RecordingOptions& options) {
  if (GoesOn()) return Fail(PyExc_RuntimeError, "a recording goes on already");
  if (options.events.UseHeap() && !InstallHeap(options.valgrind)) return false;
  if (recorder == nullptr) recorder = new Recorder;
  if (recording == nullptr) recording = new Recording;
  *recording = {};
  recording->options = options;
  seeding = {.is_on = options.seed};
  if (!Clear()) return false;
  recording->state = State::kPaused;
  if (!options.on || GoOn()) return true;
  recording->state = State::kNone;
  return false;
}

bool StopRecording() {
  if (!GoesOn()) return Fail(PyExc_RuntimeError, "nothing is being recorded");
  if (recording->state == State::kOn) Pause();
  try {
    recording->ended = Figures();
  } catch (...) {
    return FailWithThrown();
  }
  recording->state = State::kStopped;
  return true;
}

bool SwitchRecording(bool on) {
  if (!GoesOn()) return Fail(PyExc_RuntimeError, "nothing is being recorded");
  const bool is_on = recording->state == State::kOn;
  if (on && !is_on) return GoOn();
  if (is_on && !on) Pause();
  return true;
}

PyObject* RunRecorded(PyCodeObject* code, PyObject* globals) {
  if (PyDict_GetItemString(globals, "__builtins__") == nullptr &&
      PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) < 0) {
    return nullptr;
  }
  if (!BeginAtRoot(code)) return nullptr;
  return PyEval_EvalCode(reinterpret_cast<PyObject*>(code), globals, globals);
}

PyObject* CallRecorded(PyObject* function, PyObject* arguments) {
  PyObject* const code = PyFunction_GET_CODE(function);
  if (!BeginAtRoot(reinterpret_cast<PyCodeObject*>(code))) return nullptr;
  return PyObject_Call(function, arguments, nullptr);
}

bool SaveRecording(const std::string& path, std::vector<Fact> facts,
                   std::string command) {
  if (recording == nullptr || recording->state == State::kNone) {
    return Fail(PyExc_RuntimeError, "nothing has been recorded");
  }
  facts.push_back({"Clock", DescribeClock()});
  facts.push_back({"Memory", DescribeHeap()});
  try {
    Profile now;
    if (GoesOn()) now = Figures();
    Profile& profile = GoesOn() ? now : recording->ended;
    profile.facts = std::move(facts);
    profile.command = std::move(command);
    Output output(path, {});
    WritePstats(profile, output);
    output.Commit();
  } catch (...) {
    return FailWithThrown();
  }
  if (attached_thread != nullptr) recorder->Skip(*attached_thread);
  return true;
}

bool RestartInChild() {
  if (recorder != nullptr) recorder->ForgetOtherThreads();
  if (!GoesOn()) return true;
  const bool was_on = recording->state == State::kOn;
  RemoveHook();
  recording->state = State::kPaused;
  return Clear() && (!was_on || GoOn());
}

PyObject* RecordingStats() {
  if (recording == nullptr) {
    Fail(PyExc_RuntimeError, "nothing has been recorded");
    return nullptr;
  }
  const Observing observing;
  const bool has_heap = heap.is_open();
  const LiveTotals totals = has_heap ? heap.Totals() : LiveTotals();
  const OwnerCounters unrecorded =
      has_heap ? heap.Counters(kUnrecorded) : OwnerCounters();
  const auto threads =
      static_cast<unsigned>(recorder->threads().names().size());
  const auto truth = [](bool is_so) { return is_so ? Py_True : Py_False; };
  return Py_BuildValue("{sI sI sL sL sL sL sL sL sL sO sO sO}",  //
                       "contexts", recorder->contexts().size(),  //
                       "threads", threads,                       //
                       "folded_calls", recorder->folded_calls(),
                       "unmatched_returns", recorder->unmatched_returns(),  //
                       "unrecorded_blocks", unrecorded.alloc_blocks,        //
                       "live_bytes", totals.live_bytes,                     //
                       "peak_bytes", totals.peak_bytes,                     //
                       "arenas_mapped", has_heap ? heap.arenas_mapped() : 0,
                       "arenas_released", has_heap ? heap.arenas_released() : 0,
                       "is_on", truth(recording->state == State::kOn),
                       "hook_is_lost", truth(HookWasLost()), "heap_is_lost",
                       truth(HeapIsLost()));
}

}  // namespace prof2cg::python
