// How a heap's memory is used.
#ifndef PROF2CG_ALLOCATOR_HEAP_STATS_H_
#define PROF2CG_ALLOCATOR_HEAP_STATS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "allocator/heap.h"
#include "allocator/size_classes.h"

namespace prof2cg {

struct ClassStats {
  size_t pools = 0;
  size_t blocks = 0;         // in use
  size_t capacity = 0;       // blocks that the pools have room for
  size_t request_bytes = 0;  // that were asked for
};

struct HeapStats {
  size_t reserved_bytes = 0;  // of address space
  int64_t arenas = 0;         // mapped now
  int64_t arenas_mapped = 0;  // so far, again included
  int64_t arenas_released = 0;
  std::array<ClassStats, kSizeClasses> classes;
  size_t large_blocks = 0;
  size_t large_bytes = 0;
};

// Goes over all blocks: 1 ms for 30 MB.
HeapStats Measure(const Heap& heap);

// For people: a line for each of the parts, and a row for each class in use.
std::string ToText(const HeapStats& stats);

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_HEAP_STATS_H_
