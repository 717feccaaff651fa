// The hook by sys.monitoring (PEP 669). All threads of the interpreter are
// seen, and other tools may watch beside this one.
#include "allocator/python/hook.h"

#if PY_VERSION_HEX >= 0x030c0000

#include <cstddef>

#include "allocator/python/events.h"
#include "allocator/python/observing.h"

namespace prof2cg::python {
namespace {

// --- The events. Arguments: code, offset of the instruction, and what follows.

// Python tells where by an int that it makes for us, of those that it does not
// have ready.
CallSite TakeSite(PyObject* offset) {
  DisownLast(offset, object_offsets.plain);
  return static_cast<CallSite>(PyUnstable_Long_CompactValue(
             reinterpret_cast<PyLongObject*>(offset))) +
         1;
}

PyCodeObject* CodeIn(PyObject* const* args) {
  return reinterpret_cast<PyCodeObject*>(args[0]);
}

PyObject* OnStart(PyObject*, PyObject* const* args, size_t, PyObject*) {
  DisownLast(args[1], object_offsets.plain);
  Frame* const caller = CallerOf(CurrentFrame(CurrentThreadState()));
  RecordedThread* thread = ThisThread(caller);
  if (thread != nullptr) EnterCode(*thread, CodeIn(args), caller);
  return Py_NewRef(Py_None);
}

// A thread that is new here stands in what returns.
RecordedThread* ThreadInFrame() {
  RecordedThread* thread = attached_thread;
  if (thread != nullptr) [[likely]]
    return thread;
  return AttachThread(CurrentFrame(CurrentThreadState()));
}

PyObject* OnReturn(PyObject*, PyObject* const* args, size_t, PyObject*) {
  DisownLast(args[1], object_offsets.plain);
  RecordedThread* thread = ThreadInFrame();
  if (thread != nullptr) recorder->Leave(*thread, AddressOf(CodeIn(args)));
  return Py_NewRef(Py_None);
}

// sys.monitoring.MISSING: what stands for the first argument of a call without.
PyObject* missing = nullptr;

// What is called if it is a built-in function: others tell of themselves when
// they start, or, as types do, never.
struct Method {
  Method(PyObject* callable, PyObject* first) {
    if (PyCFunction_Check(callable)) {
      const auto* function = reinterpret_cast<PyCFunctionObject*>(callable);
      definition = function->m_ml;
      self = function->m_self;
      module = function->m_module;
    } else if (Py_IS_TYPE(callable, &PyMethodDescr_Type) && first != missing) {
      definition = reinterpret_cast<PyMethodDescrObject*>(callable)->d_method;
      self = first;
    }
  }

  const PyMethodDef* definition = nullptr;
  PyObject* self = nullptr;
  PyObject* module = nullptr;
};

PyObject* OnCall(PyObject*, PyObject* const* args, size_t, PyObject*) {
  const CallSite site = TakeSite(args[1]);
  const Method method(args[2], args[3]);
  if (method.definition != nullptr) {
    RecordedThread* thread = ThreadInFrame();
    if (thread != nullptr) {
      EnterMethod(*thread, method.definition, method.self, method.module,
                  CodeIn(args), site);
    }
  }
  return Py_NewRef(Py_None);
}

PyObject* OnMethodReturn(PyObject*, PyObject* const* args, size_t, PyObject*) {
  DisownLast(args[1], object_offsets.plain);
  const Method method(args[2], args[3]);
  if (method.definition != nullptr) {
    RecordedThread* thread = ThreadInFrame();
    if (thread != nullptr) {
      recorder->Leave(*thread, AddressOf(method.definition));
    }
  }
  return Py_NewRef(Py_None);
}

// --- Objects that Python calls in one step, without what it does around
// built-in functions.

struct Callback {
  PyObject_HEAD;
  vectorcallfunc call;
};

PyTypeObject* NewCallbackType() {
  static PyMemberDef members[] = {
      {"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(Callback, call),
       Py_READONLY, nullptr},
      {nullptr, 0, 0, 0, nullptr},
  };
  static PyType_Slot slots[] = {
      {Py_tp_call, reinterpret_cast<void*>(PyVectorcall_Call)},
      {Py_tp_members, members},
      {0, nullptr},
  };
  static PyType_Spec spec = {
      .name = "_recorder.Callback",
      .basicsize = sizeof(Callback),
      .itemsize = 0,
      .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
      .slots = slots,
  };
  return reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
}

PyObject* NewCallback(vectorcallfunc call) {
  static PyTypeObject* const type = NewCallbackType();
  if (type == nullptr) return nullptr;
  Callback* const callback = PyObject_New(Callback, type);
  if (callback != nullptr) callback->call = call;
  return reinterpret_cast<PyObject*>(callback);
}

constexpr struct {
  const char* event;
  vectorcallfunc call;
} kCallbacks[] = {
    {"PY_START", OnStart},
    {"PY_RESUME", OnStart},
    {"PY_THROW", OnStart},
    {"PY_RETURN", OnReturn},
    {"PY_YIELD", OnReturn},
    {"PY_UNWIND", OnReturn},
    {"CALL", OnCall},
    {"C_RETURN", OnMethodReturn},
    {"C_RAISE", OnMethodReturn},
};

// --- sys.monitoring

constexpr char kTool[] = "prof2cg";
constexpr int kNoTool = -1;

int tool = kNoTool;

// Calls a method of sys.monitoring, with arguments as by Py_BuildValue.
template <class... Args>
PyObject* Ask(const char* method, const char* format, Args... args) {
  PyObject* monitoring = PySys_GetObject("monitoring");
  if (monitoring == nullptr) {
    PyErr_SetString(PyExc_RuntimeError, "there is no sys.monitoring");
    return nullptr;
  }
  return PyObject_CallMethod(monitoring, method, format, args...);
}

bool Succeeds(PyObject* result) {
  Py_XDECREF(result);
  return result != nullptr;
}

// Those of debuggers, coverage and cProfile (0 to 2) are left to them.
bool TakeTool() {
  for (const int id : {3, 4, 5}) {
    PyObject* const name = Ask("get_tool", "i", id);
    if (name == nullptr) return false;
    Py_DECREF(name);
    if (name != Py_None) continue;
    tool = id;
    return Succeeds(Ask("use_tool_id", "is", id, kTool));
  }
  PyErr_SetString(PyExc_RuntimeError,
                  "cannot record: all tools of sys.monitoring are taken");
  return false;
}

// An attribute of sys.monitoring, or of what that one is; null with an
// exception.
PyObject* Get(const char* attribute, const char* of_it = nullptr) {
  PyObject* const monitoring = PySys_GetObject("monitoring");
  PyObject* const value = PyObject_GetAttrString(monitoring, attribute);
  if (value == nullptr || of_it == nullptr) return value;
  PyObject* const inner = PyObject_GetAttrString(value, of_it);
  Py_DECREF(value);
  return inner;
}

// The bit of an event; negative with an exception.
long EventBit(const char* name) {
  PyObject* const value = Get("events", name);
  if (value == nullptr) return -1;
  const long bit = PyLong_AsLong(value);
  Py_DECREF(value);
  return bit;
}

// Registers all callbacks; returns the set of their events, negative with an
// exception.
long Register() {
  long all = 0;
  for (const auto& [event, call] : kCallbacks) {
    const long bit = EventBit(event);
    if (bit < 0) return -1;
    PyObject* const callback = NewCallback(call);
    if (callback == nullptr) return -1;
    if (!Succeeds(Ask("register_callback", "ilN", tool, bit, callback))) {
      return -1;
    }
    all |= bit;
  }
  return all;
}

}  // namespace

bool AddHook() {
  const Observing observing;
  if (!TakeTool()) return false;
  if (missing == nullptr) missing = Get("MISSING");
  const long events = missing == nullptr ? -1 : Register();
  if (events >= 0 && Succeeds(Ask("set_events", "il", tool, events))) {
    return true;
  }
  RemoveHook();
  return false;
}

bool HookIsLost() {
  if (tool == kNoTool) return false;
  const Observing observing;
  PyObject* const name = Ask("get_tool", "i", tool);
  const bool is_ours = name != nullptr && PyUnicode_Check(name) &&
                       PyUnicode_CompareWithASCIIString(name, kTool) == 0;
  Py_XDECREF(name);
  PyErr_Clear();
  return !is_ours;
}

void RemoveHook() {
  const Observing observing;
  const SavedException saved;
  if (tool != kNoTool && !HookIsLost()) {
    Succeeds(Ask("set_events", "ii", tool, 0));
    for (const auto& [event, unused] : kCallbacks) {
      Succeeds(Ask("register_callback", "ilO", tool, EventBit(event), Py_None));
    }
    Succeeds(Ask("free_tool_id", "i", tool));
    PyErr_Clear();
  }
  tool = kNoTool;
}

}  // namespace prof2cg::python

#endif
