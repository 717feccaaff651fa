// A reference to a Python object.
#ifndef PROF2CG_ALLOCATOR_PYTHON_OBJECT_H_
#define PROF2CG_ALLOCATOR_PYTHON_OBJECT_H_

#include <utility>

#include "allocator/python/compat.h"

namespace prof2cg::python {

// Owns it; null where Python gave none, and an exception instead.
class Object {
 public:
  Object() = default;
  explicit Object(PyObject* object) : object_(object) {}
  Object(Object&& other) noexcept
      : object_(std::exchange(other.object_, nullptr)) {}
  Object& operator=(Object&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Object() { Py_XDECREF(object_); }

  explicit operator bool() const { return object_ != nullptr; }
  PyObject* get() const { return object_; }
  PyObject* release() { return std::exchange(object_, nullptr); }

 private:
  PyObject* object_ = nullptr;
};

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_OBJECT_H_
