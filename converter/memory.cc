#include "converter/memory.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "converter/io/huge_pages.h"

// Sanitizers have operators of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
using prof2cg::kHugePageBytes;

namespace {

// Programs that ask for none are done before a huge page is cleared.
constexpr size_t kLargeBlock = size_t{1} << 20;

// Where those pages of the heap end that may be huge; 0: there are none.
std::atomic<uintptr_t> huge_end;

// From the first large block on, as far as the heap has grown. Where the system
// has no huge pages it is told in vain.
void UseHugePages(const void* block) {
  const auto first = reinterpret_cast<uintptr_t>(block) & -kHugePageBytes;
  const auto end = reinterpret_cast<uintptr_t>(sbrk(0)) & -kHugePageBytes;
  const uintptr_t told = huge_end.exchange(end);
  const uintptr_t begin = told == 0 ? first + kHugePageBytes : told;
  if (begin >= end) return;
  madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

// Tables are walked through from one end to the other, or all over: both take a
// quarter less time without a fault for each small page.
void* operator new(size_t size) {
  void* const block = std::malloc(std::max(size, size_t{1}));
  if (block == nullptr) throw std::bad_alloc();
  if (size >= kLargeBlock) UseHugePages(block);
  return block;
}

void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
#endif

namespace prof2cg {

void KeepFreedMemory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 1 << 24);
  mallopt(M_ARENA_MAX, 1);
}

}  // namespace prof2cg
