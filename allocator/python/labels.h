// What functions are called: as cProfile calls them, to the letter, but for
// addresses ("<built-in method __new__ of type object at 0x7f...>").
#ifndef PROF2CG_ALLOCATOR_PYTHON_LABELS_H_
#define PROF2CG_ALLOCATOR_PYTHON_LABELS_H_

#include "allocator/python/compat.h"
#include "allocator/recorder/recorded_functions.h"

namespace prof2cg::python {

// Code objects live as long as the recording, so that no other one takes their
// address: DescribeCode takes a reference, which RecordedFunction::code is.
inline FunctionAddress AddressOf(PyCodeObject* code) {
  return reinterpret_cast<FunctionAddress>(code);
}

// A method's definition may be freed and another take its place (ctypes, cffi,
// Cython): that of its name tells them apart. Odd, as no code's address is.
inline FunctionAddress AddressOf(const PyMethodDef* method) {
  const auto name = reinterpret_cast<FunctionAddress>(method->ml_name);
  return (reinterpret_cast<FunctionAddress>(method) ^
          (name << 32 | name >> 32)) |
         1;
}

// (co_name, co_filename, co_firstlineno).
RecordedFunction DescribeCode(PyCodeObject* code);

// ("<built-in method builtins.len>", "~", 0) or ("<method 'append' of 'list'
// objects>", "~", 0), by `self`, which is the module or the object it is bound
// to, or null, and `module`, the name of its module, or null.
RecordedFunction DescribeMethod(const PyMethodDef* method, PyObject* self,
                                PyObject* module);

// In UTF-8; lone surrogates, which stand for bytes of no encoding, as CPython
// marshals them.
std::string TextOf(PyObject* string);

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_LABELS_H_
