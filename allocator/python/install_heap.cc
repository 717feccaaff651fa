#include "allocator/python/install_heap.h"

#include <string_view>

#include "allocator/python/compat.h"
#include "allocator/python/observing.h"

namespace prof2cg::python {

constinit Heap heap;
ObjectOffsets object_offsets;

namespace {

// Both are used under the interpreter's lock only. PYMEM_DOMAIN_RAW is not, and
// stays what it is.
constexpr PyMemAllocatorDomain kDomains[] = {PYMEM_DOMAIN_OBJ,
                                             PYMEM_DOMAIN_MEM};
Backing backings[std::size(kDomains)];
bool is_installed = false;
bool has_debug_hooks = false;  // Python's, above the heap

static_assert(sizeof(Backing) == sizeof(PyMemAllocatorEx));

const Backing& BackingOf(void* context) {
  return *static_cast<const Backing*>(context);
}

PyMemAllocatorEx HeapOver(Backing& backing) {
  return {
      .ctx = &backing,
      .malloc =
          [](void* context, size_t size) {
            return heap.Allocate(BackingOf(context), size);
          },
      .calloc =
          [](void* context, size_t count, size_t size) {
            return heap.AllocateZeroed(BackingOf(context), count, size);
          },
      .realloc =
          [](void* context, void* block, size_t size) {
            return heap.Reallocate(BackingOf(context), block, size);
          },
      .free = [](void* context,
                 void* block) { heap.Free(BackingOf(context), block); },
  };
}

// Null if the heap may be installed.
const char* WhyNot() {
  PyInterpreterState* const any = PyInterpreterState_Head();
  if (kHasOwnLocks && PyInterpreterState_Next(any) != nullptr) {
    return "there are interpreters that may not share a lock";
  }
  return nullptr;
}

// What Python's debug hooks stand above (Objects/obmalloc.c).
struct DebugHooks {
  char domain;
  PyMemAllocatorEx allocator;
};

// Python's own allocator frees and resizes also what malloc has made, since it
// makes large blocks so. With malloc making all of them tools see each block.
void LeaveBlocksToMalloc(PyMemAllocatorEx& pymalloc) {
  PyMemAllocatorEx malloc;
  PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &malloc);
  if (malloc.ctx != pymalloc.ctx) return;
  pymalloc.malloc = malloc.malloc;
  pymalloc.calloc = malloc.calloc;
}

void Install() {
  for (size_t i = 0; i < std::size(kDomains); ++i) {
    PyMemAllocatorEx present;
    PyMem_GetAllocator(kDomains[i], &present);
    if (has_debug_hooks) {
      present = static_cast<const DebugHooks*>(present.ctx)->allocator;
    }
    if (heap.is_bypassed()) LeaveBlocksToMalloc(present);
    backings[i] = {present.ctx, present.malloc, present.calloc, present.realloc,
                   present.free};
    PyMemAllocatorEx ours = HeapOver(backings[i]);
    PyMem_SetAllocator(kDomains[i], &ours);
  }
  if (has_debug_hooks) PyMem_SetupDebugHooks();
}

size_t OffsetOfLast(PyObject* object) {
  if (object == nullptr) return 0;
  const auto offset = static_cast<size_t>(
      reinterpret_cast<char*>(object) - static_cast<char*>(heap.last_block()));
  Py_DECREF(object);
  return offset;
}

void FindObjectOffsets() {
  // Neither is kept for use again.
  object_offsets.collected = OffsetOfLast(PySet_New(nullptr));
  object_offsets.plain = OffsetOfLast(PyBytes_FromStringAndSize(nullptr, 100));
  PyErr_Clear();
}

}  // namespace

bool InstallHeap(HeapOptions::Valgrind valgrind) {
  if (is_installed) return true;
  if (const char* const why = WhyNot()) {
    PyErr_Format(PyExc_RuntimeError,
                 "cannot count memory, only events time and cpu: %s", why);
    return false;
  }
  const Observing observing;
  const char* const name = _PyMem_GetCurrentAllocatorName();
  const std::string_view allocator = name == nullptr ? "" : name;
  HeapOptions options;
  if (!allocator.starts_with("pymalloc")) options.reservation_bytes = 0;
  options.valgrind = valgrind;
  if (!heap.Open(options)) {
    PyErr_SetString(PyExc_MemoryError, "no room for the counters of the heap");
    return false;
  }
  has_debug_hooks = allocator.ends_with("_debug");
  Install();
  FindObjectOffsets();
  is_installed = true;
  return true;
}

std::string DescribeHeap() {
  std::string text = !is_installed       ? "not counted"
                     : heap.has_arenas() ? "arenas of the recorder"
                                         : "another allocator's, counted";
  if (has_debug_hooks) text += "; debug hooks add 24 bytes to each block";
  return text;
}

bool HeapIsLost() {
  if (!is_installed) return false;
  // Whoever stands above it passes this on.
  const Observing observing;
  const int64_t before = heap.Counters(kObserver).alloc_blocks;
  PyMem_Free(PyMem_Malloc(1));
  return heap.Counters(kObserver).alloc_blocks == before;
}

}  // namespace prof2cg::python
