// Makes the instrumented heap Python's.
#ifndef PROF2CG_ALLOCATOR_PYTHON_INSTALL_HEAP_H_
#define PROF2CG_ALLOCATOR_PYTHON_INSTALL_HEAP_H_

#include <cstddef>
#include <string>

#include "allocator/heap.h"

namespace prof2cg::python {

// Lives for ever, as blocks outlive the interpreter.
extern constinit Heap heap;

// From now on all objects and all that PyMem_Malloc gives are the heap's; what
// was allocated before goes back to where it came from. For ever: a second time
// does nothing. False, with an exception, if it cannot be. No interpreter with
// a lock of its own may be made then.
//
// Where somebody has asked for malloc (PYTHONMALLOC), or watches already
// (tracemalloc), blocks stay theirs and are only counted. Python's debug hooks
// stay above the heap.
bool InstallHeap(HeapOptions::Valgrind valgrind);

// Whose blocks are counted, for people.
std::string DescribeHeap();

// Whether somebody has taken the heap out again, which no one should.
bool HeapIsLost();

// How far behind the begin of its block an object stands: one that the
// collector of garbage looks after, and any other.
struct ObjectOffsets {
  size_t collected = 0;
  size_t plain = 0;
};
extern ObjectOffsets object_offsets;

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_INSTALL_HEAP_H_
