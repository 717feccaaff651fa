// What the recorder's own doings cost is not the program's.
#ifndef PROF2CG_ALLOCATOR_PYTHON_OBSERVING_H_
#define PROF2CG_ALLOCATOR_PYTHON_OBSERVING_H_

#include <utility>

#include "allocator/owners.h"

namespace prof2cg::python {

// While it lives, what this thread allocates is the observer's.
class Observing {
 public:
  Observing() : owner_(std::exchange(current_owner, kObserver)) {}
  ~Observing() { current_owner = owner_; }
  Observing(const Observing&) = delete;
  Observing& operator=(const Observing&) = delete;

 private:
  const Owner owner_;
};

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_OBSERVING_H_
