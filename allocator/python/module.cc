// The extension module _recorder: what the package prof2cg_record stands on.
//
//   start(*, events, clock="tsc", max_contexts=1 << 20, valgrind="bypass",
//         seed=True, on=True)
//   stop()
//   switch(on)
//   run(code, globals), call(function, arguments)
//   save(path, facts, command)
//   after_fork()
//   stats()
//   watch(listens, snapshot_seconds, saves_at_sigterm, path, facts, command)
//   unwatch()
//   before_fork()
//   after_fork_in_parent()
//
// recording.h and watcher.h tell what they do. They do not show in recordings,
// nor does the code of files that lie where this module does.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocator/python/compat.h"
#include "allocator/python/events.h"
#include "allocator/python/labels.h"
#include "allocator/python/object.h"
#include "allocator/python/observing.h"
#include "allocator/python/recording.h"
#include "allocator/python/watcher.h"

namespace prof2cg::python {
namespace {

PyObject* NoneIf(bool succeeded) {
  if (!succeeded) return nullptr;
  Py_RETURN_NONE;
}

// A word and what it stands for.
template <class Value>
struct Word {
  const char* word;
  Value value;
};

// Sets `value` to what `word` stands for. False, with ValueError, if it is none
// of them.
template <class Value, size_t kWords>
bool Choose(const char* word, const char* what,
            const Word<Value> (&words)[kWords], Value& value) {
  const std::string_view wanted = word;
  for (const Word<Value>& known : words) {
    if (wanted != known.word) continue;
    value = known.value;
    return true;
  }
  PyErr_Format(PyExc_ValueError, "no such %s: %s", what, word);
  return false;
}

constexpr Word<bool RecordedEvents::*> kEvents[] = {
    {"time", &RecordedEvents::time},   {"cpu", &RecordedEvents::cpu},
    {"alloc", &RecordedEvents::alloc}, {"live", &RecordedEvents::live},
    {"peak", &RecordedEvents::peak},   {"arenas", &RecordedEvents::arenas},
    {"sizes", &RecordedEvents::sizes},
};

constexpr Word<ClockSource> kClocks[] = {
    {"tsc", ClockSource::kTsc},
    {"monotonic", ClockSource::kMonotonic},
    {"steps", ClockSource::kSteps},
};

constexpr Word<HeapOptions::Valgrind> kValgrind[] = {
    {"bypass", HeapOptions::Valgrind::kBypass},
    {"annotate", HeapOptions::Valgrind::kAnnotate},
};

// Any number of words that can be iterated.
bool ChooseEvents(PyObject* words, RecordedEvents& events) {
  events = {false, false, false, false, false, false, false};
  const Object iterator(PyObject_GetIter(words));
  if (!iterator) return false;
  while (const Object word{PyIter_Next(iterator.get())}) {
    const char* const text = PyUnicode_AsUTF8(word.get());
    bool RecordedEvents::*event = nullptr;
    if (text == nullptr || !Choose(text, "event", kEvents, event)) return false;
    events.*event = true;
  }
  if (PyErr_Occurred()) return false;
  if (!events.time && !events.cpu && !events.UseHeap()) {
    PyErr_SetString(PyExc_ValueError, "no events");
    return false;
  }
  // A recording has a cost: of sizes alone, what was allocated.
  if (!events.HasCosts()) events.alloc = true;
  return true;
}

bool ChooseContexts(long wanted, uint32_t& max_contexts) {
  constexpr uint32_t kMost = kMaxOwners - kFirstOwner;
  max_contexts = static_cast<uint32_t>(wanted);
  if (wanted >= 1 && wanted <= long{kMost}) return true;
  PyErr_Format(PyExc_ValueError, "max_contexts is not from 1 to %u", kMost);
  return false;
}

// The folder that this module was loaded from, with a slash; "" if unknown.
std::string FolderOf(PyObject* module) {
  const Object file(PyModule_GetFilenameObject(module));
  PyErr_Clear();
  const std::string path = file ? TextOf(file.get()) : "";
  return path.substr(0, path.rfind('/') + 1);
}

PyObject* Start(PyObject* module, PyObject* args, PyObject* keywords) {
  static const char* names[] = {"events", "clock", "max_contexts", "valgrind",
                                "seed",   "on",    nullptr};
  RecordingOptions options;
  PyObject* events = nullptr;
  const char* clock = "tsc";
  long max_contexts = options.max_contexts;
  const char* valgrind = "bypass";
  int seed = 1, on = 1;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "|$Oslspp:start",
                                   const_cast<char**>(names), &events, &clock,
                                   &max_contexts, &valgrind, &seed, &on)) {
    return nullptr;
  }
  options.seed = seed != 0;
  options.on = on != 0;
  own_folder = FolderOf(module);
  return NoneIf(
      (events == nullptr || ChooseEvents(events, options.events)) &&
      Choose(clock, "clock", kClocks, options.clock) &&
      ChooseContexts(max_contexts, options.max_contexts) &&
      Choose(valgrind, "way under Valgrind", kValgrind, options.valgrind) &&
      StartRecording(options));
}

PyObject* Stop(PyObject*, PyObject*) { return NoneIf(StopRecording()); }

PyObject* Switch(PyObject*, PyObject* on) {
  const int is_on = PyObject_IsTrue(on);
  return NoneIf(is_on >= 0 && SwitchRecording(is_on != 0));
}

PyObject* Run(PyObject*, PyObject* args) {
  PyObject *code, *globals;
  if (!PyArg_ParseTuple(args, "O!O!:run", &PyCode_Type, &code, &PyDict_Type,
                        &globals)) {
    return nullptr;
  }
  const Object result(
      RunRecorded(reinterpret_cast<PyCodeObject*>(code), globals));
  return NoneIf(bool{result});
}

PyObject* Call(PyObject*, PyObject* args) {
  PyObject *function, *arguments;
  if (!PyArg_ParseTuple(args, "O!O!:call", &PyFunction_Type, &function,
                        &PyTuple_Type, &arguments)) {
    return nullptr;
  }
  const Object result(CallRecorded(function, arguments));
  return NoneIf(bool{result});
}

// Pairs of strings.
bool ReadFacts(PyObject* pairs, std::vector<Fact>& facts) {
  const Object iterator(PyObject_GetIter(pairs));
  if (!iterator) return false;
  while (const Object pair{PyIter_Next(iterator.get())}) {
    PyObject *name, *value;
    if (!PyArg_ParseTuple(pair.get(), "UU:fact", &name, &value)) return false;
    facts.push_back({TextOf(name), TextOf(value)});
  }
  return PyErr_Occurred() == nullptr;
}

PyObject* Save(PyObject*, PyObject* args) {
  const Observing observing;
  PyObject *path, *pairs, *command;
  if (!PyArg_ParseTuple(args, "O&OU:save", PyUnicode_FSConverter, &path, &pairs,
                        &command)) {
    return nullptr;
  }
  const Object path_bytes(path);
  std::vector<Fact> facts;
  return NoneIf(ReadFacts(pairs, facts) &&
                SaveRecording(PyBytes_AS_STRING(path), std::move(facts),
                              TextOf(command)));
}

PyObject* Watch(PyObject*, PyObject* args) {
  const Observing observing;
  int listens, saves_at_sigterm;
  PyObject *path, *pairs, *command;
  WatcherOptions options;
  if (!PyArg_ParseTuple(args, "pdpO&OU:watch", &listens,
                        &options.snapshot_seconds, &saves_at_sigterm,
                        PyUnicode_FSConverter, &path, &pairs, &command)) {
    return nullptr;
  }
  const Object path_bytes(path);
  options.listens = listens != 0;
  options.saves_at_sigterm = saves_at_sigterm != 0;
  options.path = PyBytes_AS_STRING(path);
  options.command = TextOf(command);
  return NoneIf(ReadFacts(pairs, options.facts) &&
                StartWatcher(std::move(options)));
}

PyObject* Unwatch(PyObject*, PyObject*) {
  StopWatcher();
  Py_RETURN_NONE;
}

PyObject* BeforeFork(PyObject*, PyObject*) {
  PauseWatcher();
  Py_RETURN_NONE;
}

PyObject* AfterForkInParent(PyObject*, PyObject*) {
  ResumeWatcher();
  Py_RETURN_NONE;
}

PyObject* AfterFork(PyObject*, PyObject*) { return NoneIf(RestartInChild()); }

PyObject* Stats(PyObject*, PyObject*) { return RecordingStats(); }

PyMethodDef methods[] = {
    {"start", reinterpret_cast<PyCFunction>(reinterpret_cast<void*>(Start)),
     METH_VARARGS | METH_KEYWORDS, "Begins a recording."},
    {"stop", Stop, METH_NOARGS, "Ends it; its figures stay."},
    {"switch", Switch, METH_O, "Pauses it, or goes on."},
    {"run", Run, METH_VARARGS, "Evaluates code as the root of it, as exec()."},
    {"call", Call, METH_VARARGS, "Calls a function as the root of it."},
    {"save", Save, METH_VARARGS, "Writes what there is of it."},
    {"after_fork", AfterFork, METH_NOARGS, "Begins anew in a forked child."},
    {"watch", Watch, METH_VARARGS, "Starts what watches from the outside."},
    {"unwatch", Unwatch, METH_NOARGS, "Ends it."},
    {"before_fork", BeforeFork, METH_NOARGS, "Lets no thread be in the way."},
    {"after_fork_in_parent", AfterForkInParent, METH_NOARGS, "It may again."},
    {"stats", Stats, METH_NOARGS, "Tells what there is of it."},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef module_definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_recorder",
    .m_doc = "Records calls, time and memory of Python programs.",
    // One for the process: interpreters with a lock of their own have none.
    .m_size = -1,
    .m_methods = methods,
    .m_slots = nullptr,
    .m_traverse = nullptr,
    .m_clear = nullptr,
    .m_free = nullptr,
};

}  // namespace

bool IsOwnMethod(const PyMethodDef* method) {
  return method >= std::begin(methods) && method < std::end(methods);
}

}  // namespace prof2cg::python

// PyMODINIT_FUNC, which does not ask for visibility in Python 3.8.
extern "C" __attribute__((visibility("default"))) PyObject* PyInit__recorder() {
  return PyModule_Create(&prof2cg::python::module_definition);
}
