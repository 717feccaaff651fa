// What differs between the versions of CPython, 3.8 to 3.14: the only place
// that looks at its version, or inside its frames.
#ifndef PROF2CG_ALLOCATOR_PYTHON_COMPAT_H_
#define PROF2CG_ALLOCATOR_PYTHON_COMPAT_H_

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <frameobject.h>

#include <cstdint>

#include "allocator/recorder/recorded_functions.h"

#ifdef Py_GIL_DISABLED
#error "all of the recorder relies on the interpreter's lock"
#endif

#if PY_VERSION_HEX >= 0x030b0000
// Python's own headers are not written for our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#define Py_BUILD_CORE 1
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_interpframe.h>
#else
#include <internal/pycore_frame.h>
#endif
#undef Py_BUILD_CORE
#pragma GCC diagnostic pop
#endif

#if PY_VERSION_HEX >= 0x030d0000
// Still there for all, but declared inside only.
extern "C" const char* _PyMem_GetCurrentAllocatorName();
#endif

namespace prof2cg::python {

// Whether an interpreter of the process may have a lock of its own (PEP 684).
inline constexpr bool kHasOwnLocks = PY_VERSION_HEX >= 0x030c0000;

inline PyThreadState* CurrentThreadState() {
#if PY_VERSION_HEX >= 0x030d0000
  return PyThreadState_GetUnchecked();
#else
  return _PyThreadState_UncheckedGet();
#endif
}

// --- Frames, without making frame objects of them.
//
// A frame's call site is the byte of its code at which it stands, counted from
// 1.

#if PY_VERSION_HEX >= 0x030b0000

using Frame = _PyInterpreterFrame;

inline PyCodeObject* CodeOf(const Frame* frame) {
#if PY_VERSION_HEX >= 0x030e0000
  return reinterpret_cast<PyCodeObject*>(
      PyStackRef_AsPyObjectBorrow(frame->f_executable));
#elif PY_VERSION_HEX >= 0x030d0000
  return reinterpret_cast<PyCodeObject*>(frame->f_executable);
#else
  return frame->f_code;
#endif
}

inline CallSite SiteOf(const Frame* frame) {
#if PY_VERSION_HEX >= 0x030d0000
  const _Py_CODEUNIT* instruction = frame->instr_ptr;
#else
  const _Py_CODEUNIT* instruction = frame->prev_instr;
#endif
  const char* begin = CodeOf(frame)->co_code_adaptive;
  return static_cast<CallSite>(reinterpret_cast<const char*>(instruction) -
                               begin + 1);
}

// Of the C code that called Python's, or since 3.13 of code that the
// interpreter puts around an __init__: no event tells of these.
inline bool IsForeign([[maybe_unused]] const Frame* frame) {
#if PY_VERSION_HEX >= 0x030e0000
  constexpr auto kForeign = FRAME_OWNED_BY_INTERPRETER;
#elif PY_VERSION_HEX >= 0x030c0000
  constexpr auto kForeign = FRAME_OWNED_BY_CSTACK;
#endif
#if PY_VERSION_HEX >= 0x030d0000
  return frame->owner == kForeign ||
         (CodeOf(frame)->co_flags & CO_NO_MONITORING_EVENTS) != 0;
#elif PY_VERSION_HEX >= 0x030c0000
  return frame->owner == kForeign;
#else
  return false;
#endif
}

// From `frame` on, the first that is of the program's code.
inline Frame* SkipForeign(Frame* frame) {
  while (frame != nullptr && IsForeign(frame)) frame = frame->previous;
  return frame;
}

inline Frame* CurrentFrame(PyThreadState* thread) {
#if PY_VERSION_HEX >= 0x030d0000
  return SkipForeign(thread->current_frame);
#else
  return SkipForeign(thread->cframe->current_frame);
#endif
}

inline Frame* CallerOf(Frame* frame) { return SkipForeign(frame->previous); }

#if PY_VERSION_HEX < 0x030c0000
inline Frame* FrameOf(PyFrameObject* object) { return object->f_frame; }
#endif

inline constexpr int kBytesPerSite = 1;

#else

using Frame = PyFrameObject;

inline PyCodeObject* CodeOf(const Frame* frame) { return frame->f_code; }
inline CallSite SiteOf(const Frame* frame) {
  return static_cast<CallSite>(frame->f_lasti + 1);
}
inline Frame* CurrentFrame(PyThreadState* thread) { return thread->frame; }
inline Frame* CallerOf(Frame* frame) { return frame->f_back; }
inline Frame* FrameOf(PyFrameObject* object) { return object; }

// 3.10 counts instructions.
inline constexpr int kBytesPerSite = PY_VERSION_HEX >= 0x030a0000 ? 2 : 1;

#endif

// 0: unknown.
inline uint32_t LineOf(PyCodeObject* code, CallSite site) {
  if (site == 0) return 0;
  const int line =
      PyCode_Addr2Line(code, static_cast<int>(site - 1) * kBytesPerSite);
  return line < 0 ? 0 : static_cast<uint32_t>(line);
}

// --- Exceptions

// Puts the pending exception aside while it lives.
class SavedException {
 public:
#if PY_VERSION_HEX >= 0x030c0000
  SavedException() : exception_(PyErr_GetRaisedException()) {}
  ~SavedException() { PyErr_SetRaisedException(exception_); }

 private:
  PyObject* exception_;
#else
  SavedException() { PyErr_Fetch(&type_, &value_, &traceback_); }
  ~SavedException() { PyErr_Restore(type_, value_, traceback_); }

 private:
  PyObject *type_, *value_, *traceback_;
#endif

 public:
  SavedException(const SavedException&) = delete;
  SavedException& operator=(const SavedException&) = delete;
};

// --- The hook for profilers, of any thread

#if PY_VERSION_HEX < 0x030c0000
// False, with an exception, if an audit hook does not allow it.
inline bool SetProfile(PyThreadState* thread, Py_tracefunc hook) {
#if PY_VERSION_HEX >= 0x03090000
  return _PyEval_SetProfile(thread, hook, nullptr) == 0;
#else
  thread->c_profilefunc = hook;
  thread->use_tracing = hook != nullptr || thread->c_tracefunc != nullptr;
  return true;
#endif
}
#endif

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_COMPAT_H_
