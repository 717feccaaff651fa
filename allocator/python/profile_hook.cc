// The hook for profilers that Python had up to 3.11, one for each thread.
#include "allocator/python/hook.h"

#if PY_VERSION_HEX < 0x030c0000

#include "allocator/python/events.h"
#include "allocator/python/install_heap.h"
#include "allocator/python/observing.h"

namespace prof2cg::python {
namespace {

// What starts threads. When it returns, a new one has not run yet.
FunctionAddress start_new_thread = kNoFunction;

void HookThreads();

// An object that the collector of garbage looks after has a header before it.
void DisownLastObject(void* object) {
  DisownLast(object, object_offsets.collected);
}

void OnCall(PyFrameObject* object) {
  Frame* const frame = FrameOf(object);
#if PY_VERSION_HEX >= 0x030b0000
  // Nobody but the hook needs a frame object.
  DisownLastObject(object);
#endif
  Frame* const caller = CallerOf(frame);
  RecordedThread* thread = ThisThread(caller);
  if (thread != nullptr) EnterCode(*thread, CodeOf(frame), caller);
}

void OnReturn(PyFrameObject* object) {
  Frame* const frame = FrameOf(object);
  RecordedThread* thread = ThisThread(frame);
  if (thread != nullptr) recorder->Leave(*thread, AddressOf(CodeOf(frame)));
}

void OnMethodCall(PyFrameObject* object, PyCFunctionObject* function) {
  // A method is bound to its object for the hook only.
  DisownLastObject(function);
  Frame* const frame = FrameOf(object);
  RecordedThread* thread = ThisThread(frame);
  if (thread != nullptr) {
    EnterMethod(*thread, function->m_ml, function->m_self, function->m_module,
                CodeOf(frame), SiteOf(frame));
  }
}

void OnMethodReturn(PyFrameObject* object, PyCFunctionObject* function) {
  const FunctionAddress address = AddressOf(function->m_ml);
  RecordedThread* thread = ThisThread(FrameOf(object));
  if (thread != nullptr) recorder->Leave(*thread, address);
  if (address == start_new_thread) [[unlikely]]
    HookThreads();
}

int OnEvent(PyObject*, PyFrameObject* frame, int what, PyObject* arg) {
  switch (what) {
    case PyTrace_CALL:
      OnCall(frame);
      break;
    case PyTrace_RETURN:
      OnReturn(frame);
      break;
    case PyTrace_C_CALL:
      OnMethodCall(frame, reinterpret_cast<PyCFunctionObject*>(arg));
      break;
    case PyTrace_C_RETURN:
    case PyTrace_C_EXCEPTION:
      OnMethodReturn(frame, reinterpret_cast<PyCFunctionObject*>(arg));
      break;
    default:
      break;
  }
  return 0;
}

template <class Use>
void ForEachThread(Use use) {
  PyInterpreterState* const interpreter = PyThreadState_Get()->interp;
  for (PyThreadState* thread = PyInterpreterState_ThreadHead(interpreter);
       thread != nullptr; thread = PyThreadState_Next(thread)) {
    use(thread);
  }
}

void HookThreads() {
  const Observing observing;
  ForEachThread([](PyThreadState* thread) {
    if (thread->c_profilefunc == nullptr && !SetProfile(thread, OnEvent)) {
      PyErr_Clear();
    }
  });
}

bool FindStartNewThread() {
  PyObject* const module = PyImport_ImportModule("_thread");
  if (module == nullptr) return false;
  PyObject* const function = PyObject_GetAttrString(module, "start_new_thread");
  Py_DECREF(module);
  if (function == nullptr) return false;
  if (PyCFunction_Check(function)) {
    start_new_thread =
        AddressOf(reinterpret_cast<PyCFunctionObject*>(function)->m_ml);
  }
  Py_DECREF(function);
  return true;
}

}  // namespace

bool AddHook() {
  const Observing observing;
  if (!FindStartNewThread()) return false;
  if (PyThreadState_Get()->c_profilefunc != nullptr) {
    PyErr_SetString(PyExc_RuntimeError,
                    "cannot record: another profiler is active "
                    "(sys.setprofile, cProfile)");
    return false;
  }
  // An audit hook that forbids it does so here.
  if (!SetProfile(PyThreadState_Get(), OnEvent)) return false;
  HookThreads();
  return true;
}

bool HookIsLost() {
  PyThreadState* const thread = PyThreadState_Get();
  if (CurrentFrame(thread) != nullptr) {
    return thread->c_profilefunc != OnEvent;
  }
  // The watcher's, which calls nothing: another one must do.
  bool has_hook = false;
  ForEachThread([&has_hook](PyThreadState* other) {
    has_hook |= other->c_profilefunc == OnEvent;
  });
  return !has_hook;
}

void RemoveHook() {
  const Observing observing;
  const SavedException saved;
  ForEachThread([](PyThreadState* thread) {
    if (thread->c_profilefunc == OnEvent && !SetProfile(thread, nullptr)) {
      PyErr_Clear();
    }
  });
}

}  // namespace prof2cg::python

#endif
