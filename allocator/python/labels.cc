#include "allocator/python/labels.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "graph/function_table.h"

namespace prof2cg::python {
namespace {

// "" for what is no string, and where there is no memory.
std::string TakeText(PyObject* string) {
  std::string text;
  if (string != nullptr && PyUnicode_Check(string)) text = TextOf(string);
  PyErr_Clear();
  Py_XDECREF(string);
  return text;
}

// A function that is bound to nothing: "<module.name>", or "<name>" of builtins
// and where no module is known.
std::string NameUnbound(const std::string& name, PyObject* module) {
  std::string text;
  if (module != nullptr && PyModule_Check(module)) {
    text = TakeText(PyModule_GetNameObject(module));
  } else if (module != nullptr && PyUnicode_Check(module)) {
    text = TextOf(module);
  }
  if (text.empty() || text == "builtins") return "<" + name + ">";
  return "<" + text + "." + name + ">";
}

// What its type calls the attribute of that name; "" if it has none.
std::string NameAsAttribute(const std::string& name, PyObject* self) {
  PyObject* key = PyUnicode_FromString(name.c_str());
  PyObject* attribute =
      key == nullptr ? nullptr : _PyType_Lookup(Py_TYPE(self), key);
  Py_XINCREF(attribute);
  Py_XDECREF(key);
  if (attribute == nullptr) return "";
  PyObject* text = PyObject_Repr(attribute);
  Py_DECREF(attribute);
  return TakeText(text);
}

// What stands at an address stands at another in the next run.
void DropAddresses(std::string& name) {
  constexpr std::string_view kAddress = " at 0x";
  for (size_t at; (at = name.find(kAddress)) != std::string::npos;) {
    const size_t end =
        name.find_first_not_of("0123456789abcdef", at + kAddress.size());
    name.erase(at, std::min(end, name.size()) - at);
  }
}

std::string NameMethod(const std::string& name, PyObject* self,
                       PyObject* module) {
  if (self == nullptr) return NameUnbound(name, module);
  std::string text = NameAsAttribute(name, self);
  DropAddresses(text);
  if (!text.empty()) return text;
  const bool has_module = module != nullptr && PyUnicode_Check(module);
  return "<built-in method " + (has_module ? TextOf(module) + "." : "") + name +
         ">";
}

}  // namespace

std::string TextOf(PyObject* string) {
  PyObject* bytes = PyUnicode_AsEncodedString(string, "utf-8", "surrogatepass");
  if (bytes == nullptr) {
    PyErr_Clear();
    return "";
  }
  std::string text(PyBytes_AS_STRING(bytes),
                   static_cast<size_t>(PyBytes_GET_SIZE(bytes)));
  Py_DECREF(bytes);
  return text;
}

RecordedFunction DescribeCode(PyCodeObject* code) {
  const SavedException saved;
  Py_INCREF(code);
  return {.name = TextOf(code->co_name),
          .file = TextOf(code->co_filename),
          .line = static_cast<uint32_t>(code->co_firstlineno),
          .code = code};
}

RecordedFunction DescribeMethod(const PyMethodDef* method, PyObject* self,
                                PyObject* module) {
  const SavedException saved;
  return {.name = NameMethod(method->ml_name, self, module),
          .file = std::string(kBuiltInFile)};
}

}  // namespace prof2cg::python
