// Proves that a heap is whole: for tests, and for finding who overwrote it.
#ifndef PROF2CG_ALLOCATOR_HEAP_CHECK_H_
#define PROF2CG_ALLOCATOR_HEAP_CHECK_H_

#include <string>

#include "allocator/heap.h"

namespace prof2cg {

// Goes over all arenas, pools, free lists, tags, large blocks and counters:
// whether each is what it must be, and all of them add up. Returns the first
// violation, or "". Of a free list that somebody wrote into it follows no
// address that does not belong to its pool. O(heap + owners); no call to the
// heap may go on meanwhile.
std::string CheckHeap(const Heap& heap);

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_HEAP_CHECK_H_
