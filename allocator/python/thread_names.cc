#include "allocator/python/thread_names.h"

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "allocator/python/compat.h"
#include "allocator/python/events.h"
#include "allocator/python/labels.h"
#include "allocator/python/object.h"
#include "allocator/python/observing.h"

namespace prof2cg::python {
namespace {

// Of a threading.Thread, or of none; "" if it has none. Calls no method that a
// class of the program may have for that.
std::string NameOf(PyObject* thread) {
  const Object key(PyUnicode_FromString("_name"));
  if (thread == nullptr || !key) return "";
  const Object name(PyObject_GenericGetAttr(thread, key.get()));
  return name && PyUnicode_Check(name.get()) ? TextOf(name.get()) : "";
}

// threading's list of threads, if it has been imported: {ident: Thread}.
Object ActiveThreads() {
  PyObject* const modules = PyImport_GetModuleDict();  // borrowed
  PyObject* const threading = PyDict_GetItemString(modules, "threading");
  if (threading == nullptr) return Object();
  Object active(PyObject_GetAttrString(threading, "_active"));
  return active && PyDict_Check(active.get()) ? std::move(active) : Object();
}

std::string NameIn(const Object& active, unsigned long ident) {
  const Object key(PyLong_FromUnsignedLong(ident));
  if (!active || !key) return "";
  return NameOf(PyDict_GetItemWithError(active.get(), key.get()));
}

// A thread that begins is in no list yet, but runs a method of its Thread.
std::string NameOfBeginning() {
  auto* const frame = reinterpret_cast<PyObject*>(PyEval_GetFrame());
  if (frame == nullptr) return "";
  const Object locals(PyObject_GetAttrString(frame, "f_locals"));
  if (!locals) return "";
  return NameOf(Object(PyMapping_GetItemString(locals.get(), "self")).get());
}

}  // namespace

void NameThread(const RecordedThread& thread) {
  const Observing observing;
  const SavedException saved;
  const auto known = [&]() -> std::string& {
    return recorder->threads().names()[thread.row];
  };
  if (!known().empty()) return;
  std::string name = NameIn(ActiveThreads(), thread.handle);
  if (name.empty()) {
    name = getpid() == gettid() ? "MainThread" : NameOfBeginning();
  }
  if (name.empty()) name = "Thread " + std::to_string(thread.row + 1);
  PyErr_Clear();
  // Looked up again: others may have been attached meanwhile.
  known() = name;
}

void NameThreads() {
  const Observing observing;
  // Python is asked later: others may want to be attached meanwhile.
  std::vector<std::pair<pthread_t, uint32_t>> threads;
  recorder->threads().ForEachAttached([&](const RecordedThread& thread) {
    threads.emplace_back(thread.handle, thread.row);
  });
  const Object active = ActiveThreads();
  for (const auto& [handle, row] : threads) {
    const std::string name = NameIn(active, handle);
    if (!name.empty()) recorder->threads().names()[row] = name;
  }
  PyErr_Clear();
}

}  // namespace prof2cg::python
