// CPython's own marshal behind the table of plugin_abi.h.
//
// Its interpreter only unmarshals: no environment, no site, no signal handlers,
// no arguments, no bytecode written. It is started by the first load() and left
// to the end of the process.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <marshal.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "converter/readers/python/plugin_abi.h"

namespace prof2cg::python {
namespace {

using marshal::Kind;

#define PROF2CG_STRING_OF(token) #token
#define PROF2CG_STRING(macro) PROF2CG_STRING_OF(macro)
constexpr char kPythonVersion[] =
    PROF2CG_STRING(PY_MAJOR_VERSION) "." PROF2CG_STRING(PY_MINOR_VERSION);

// What the last Text points into, unless that is in an object of the caller's.
PyObject* last_text = nullptr;

PyObject* ToPython(Object* object) {
  return reinterpret_cast<PyObject*>(object);
}

Object* FromPython(PyObject* object) {
  return reinterpret_cast<Object*>(object);
}

// Writes "WHAT: WHY" on one line.
void Explain(const char* what, std::string_view why, char* message,
             uint64_t message_size) {
  std::string line(why);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  std::snprintf(message, message_size, "Python %s cannot %s: %s",
                kPythonVersion, what, line.c_str());
}

// The text of the pending exception, which is cleared; its type if it has none.
std::string TakeException() {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  std::string text;
  if (PyObject* string = value == nullptr ? nullptr : PyObject_Str(value)) {
    if (const char* utf8 = PyUnicode_AsUTF8(string)) text = utf8;
    Py_DECREF(string);
  }
  PyErr_Clear();
  if (text.empty() && type != nullptr) {
    text = reinterpret_cast<PyTypeObject*>(type)->tp_name;
  }
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
  return text;
}

// Empty when Python runs, else why it does not.
std::string Start() {
  if (Py_IsInitialized()) return "";
  PyConfig config;
  PyConfig_InitIsolatedConfig(&config);
  config.site_import = 0;
  config.install_signal_handlers = 0;
  config.write_bytecode = 0;
  config.pathconfig_warnings = 0;
  const PyStatus status = Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  if (PyStatus_Exception(status)) {
    return status.err_msg == nullptr ? "it exits" : status.err_msg;
  }
#if PY_VERSION_HEX >= 0x030a0000
  // Nothing that lives here is garbage: looking for it costs a third.
  PyGC_Disable();
#endif
  return "";
}

Object* Load(const char* bytes, uint64_t size, char* message,
             uint64_t message_size) noexcept {
  if (const std::string why = Start(); !why.empty()) {
    Explain("start", why, message, message_size);
    return nullptr;
  }
  PyObject* root =
      PyMarshal_ReadObjectFromString(bytes, static_cast<Py_ssize_t>(size));
  if (root == nullptr) {
    Explain("load it", TakeException(), message, message_size);
  }
  return FromPython(root);
}

void Release(Object* object) noexcept { Py_DECREF(ToPython(object)); }

int64_t Clamp(PyObject* integer) {
  int overflow = 0;
  const int64_t value = PyLong_AsLongLongAndOverflow(integer, &overflow);
  if (overflow == 0) return value;
  return overflow < 0 ? INT64_MIN : INT64_MAX;
}

Text KeepText(PyObject* bytes_object) {
  Py_XDECREF(last_text);
  last_text = bytes_object;
  if (bytes_object == nullptr) {
    PyErr_Clear();
    return {nullptr, 0, true};
  }
  return {PyBytes_AS_STRING(bytes_object),
          static_cast<uint64_t>(PyBytes_GET_SIZE(bytes_object)), true};
}

Text EncodeText(PyObject* string) noexcept {
  Py_ssize_t size = 0;
  if (const char* utf8 = PyUnicode_AsUTF8AndSize(string, &size)) {
    return {utf8, static_cast<uint64_t>(size), true};
  }
  PyErr_Clear();  // it has surrogates
  return KeepText(PyUnicode_AsEncodedString(string, "utf-8", "surrogatepass"));
}

Text ToText(Object* object) noexcept {
  PyObject* string = ToPython(object);
  if (PyUnicode_Check(string)) return EncodeText(string);
  return {PyBytes_AS_STRING(string),
          static_cast<uint64_t>(PyBytes_GET_SIZE(string)), false};
}

void Describe(Object* object, Description* description) noexcept {
  PyObject* value = ToPython(object);
  *description = {.kind = Kind::kOther, .integer = 0, .size = 0};
  if (PyTuple_Check(value)) {
    description->kind = Kind::kTuple;
    description->size = static_cast<uint64_t>(PyTuple_GET_SIZE(value));
  } else if (PyFloat_Check(value)) {
    description->kind = Kind::kFloat;
    description->real = PyFloat_AS_DOUBLE(value);
  } else if (PyBool_Check(value)) {
    description->kind = Kind::kBool;
    description->integer = value == Py_True;
  } else if (PyLong_Check(value)) {
    description->kind = Kind::kInt;
    description->integer = Clamp(value);
  } else if (PyUnicode_Check(value) || PyBytes_Check(value)) {
    description->kind = Kind::kString;
    description->size = ToText(object).size;
  } else if (PyDict_Check(value)) {
    description->kind = Kind::kDict;
  } else if (PyList_Check(value)) {
    description->kind = Kind::kList;
    description->size = static_cast<uint64_t>(PyList_GET_SIZE(value));
  } else if (PyAnySet_Check(value)) {
    description->kind = Kind::kSet;
    description->size = static_cast<uint64_t>(PySet_GET_SIZE(value));
  } else if (PyCode_Check(value)) {
    description->kind = Kind::kCode;
  } else if (value == Py_None) {
    description->kind = Kind::kNone;
  }
}

Object* Item(Object* container, uint64_t index) noexcept {
  PyObject* sequence = ToPython(container);
  const auto i = static_cast<Py_ssize_t>(index);
  return FromPython(PyTuple_Check(sequence) ? PyTuple_GET_ITEM(sequence, i)
                                            : PyList_GET_ITEM(sequence, i));
}

Object* SetItems(Object* set) noexcept {
  PyObject* tuple = PySequence_Tuple(ToPython(set));
  if (tuple == nullptr) PyErr_Clear();
  return FromPython(tuple);
}

bool DictNext(Object* dict, int64_t* position, Object** key,
              Object** value) noexcept {
  PyObject *found_key = nullptr, *found_value = nullptr;
  Py_ssize_t next = *position;
  const bool is_found =
      PyDict_Next(ToPython(dict), &next, &found_key, &found_value) != 0;
  *position = next;
  *key = FromPython(found_key);
  *value = FromPython(found_value);
  return is_found;
}

// As code_repr() of CPython's Objects/codeobject.c, where line 0 reads -1.
Text CodeName(Object* object) noexcept {
  PyObject* code = ToPython(object);
  PyObject* name = PyObject_GetAttrString(code, "co_name");
  PyObject* file = PyObject_GetAttrString(code, "co_filename");
  const int line = reinterpret_cast<PyCodeObject*>(code)->co_firstlineno;
  PyObject* text = nullptr;
  if (name != nullptr && file != nullptr) {
    text = PyUnicode_FromFormat("<code object %U, file \"%U\", line %d>", name,
                                file, line == 0 ? -1 : line);
  }
  Py_XDECREF(name);
  Py_XDECREF(file);
  if (text == nullptr) return KeepText(nullptr);
  PyObject* bytes = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
  Py_DECREF(text);
  return KeepText(bytes);
}

constexpr Plugin kPlugin = {
    .abi = kPluginAbi,
    .python_version = kPythonVersion,
    .load = Load,
    .release = Release,
    .describe = Describe,
    .item = Item,
    .set_items = SetItems,
    .dict_next = DictNext,
    .text = ToText,
    .code_name = CodeName,
};

}  // namespace
}  // namespace prof2cg::python

[[gnu::visibility("default")]] const prof2cg::python::Plugin*
prof2cg_python_plugin() {
  return &prof2cg::python::kPlugin;
}
