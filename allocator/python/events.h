// Calls and returns of Python as the recorder's: what both hooks share.
//
// Nothing throws, and nothing here asks Python for memory, but where a thread
// or a function is new: then it is the observer's.
#ifndef PROF2CG_ALLOCATOR_PYTHON_EVENTS_H_
#define PROF2CG_ALLOCATOR_PYTHON_EVENTS_H_

#include <string>

#include "allocator/python/compat.h"
#include "allocator/python/install_heap.h"
#include "allocator/python/labels.h"
#include "allocator/recorder/recorder.h"

namespace prof2cg::python {

// Lives for ever: threads may end after the interpreter.
extern constinit Recorder* recorder;

// What does not show, with what it costs being its caller's: code of files
// whose names begin so, and the methods of this module.
extern std::string own_folder;
bool IsOwnMethod(const PyMethodDef* method);

// Threads that are attached begin with the calls that have not returned if
// `is_on`, from that of `first` on, where it is among them.
struct Seeding {
  bool is_on = true;
  PyCodeObject* first = nullptr;
};
extern Seeding seeding;

// `object` is there only because somebody observes, if it is what was allocated
// last; it stands `offset` behind the begin of its block.
inline void DisownLast(void* object, size_t offset) {
  void* const block = static_cast<char*>(object) - offset;
  if (heap.last_block() == block) heap.Disown(block);
}

// Attaches the calling thread, which stands in `frame`, or in none. Null if it
// has ended.
[[gnu::cold]] RecordedThread* AttachThread(Frame* frame);

[[gnu::always_inline]] inline RecordedThread* ThisThread(Frame* frame) {
  RecordedThread* thread = attached_thread;
  if (thread != nullptr) [[likely]]
    return thread;
  return AttachThread(frame);
}

// Where in the active function `caller` calls; 0 if that is not the active one,
// as where built-in functions call back.
inline CallSite SiteIn(const RecordedThread& thread, PyCodeObject* caller,
                       CallSite site) {
  return recorder->ActiveFunction(thread) == AddressOf(caller) ? site : 0;
}

RecordedFunction NewCode(PyCodeObject* code);
RecordedFunction NewMethod(const PyMethodDef* method, PyObject* self,
                           PyObject* module);

// Code begins to run, or goes on, called by that in the frame `caller`, if any.
// With `calls` 0 that was before the recording.
[[gnu::always_inline]] inline void EnterCode(RecordedThread& thread,
                                             PyCodeObject* code, Frame* caller,
                                             int64_t calls = 1) {
  const CallSite site =
      caller == nullptr ? 0 : SiteIn(thread, CodeOf(caller), SiteOf(caller));
  recorder->Enter(
      thread, AddressOf(code), site, [code] { return NewCode(code); }, calls);
}

// A built-in function is called from `site` of `caller`.
[[gnu::always_inline]] inline void EnterMethod(RecordedThread& thread,
                                               const PyMethodDef* method,
                                               PyObject* self, PyObject* module,
                                               PyCodeObject* caller,
                                               CallSite site) {
  recorder->Enter(thread, AddressOf(method), SiteIn(thread, caller, site),
                  [=] { return NewMethod(method, self, module); });
}

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_EVENTS_H_
