// The program's operator new: large tables lie in huge pages.
//
// Tables of many megabytes are filled once and then looked up all over. With
// pages of 4 KiB a sixth of the time went into page faults and the translation
// of addresses. Where the system has no huge pages to give, nothing changes.
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t kHugePageBytes = std::size_t{1} << 21;

// Smaller blocks would waste much of their last page.
constexpr std::size_t kLarge = kHugePageBytes;

void* AllocateHugePages(std::size_t size) {
  const std::size_t rounded =
      (size + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  void* const block = std::aligned_alloc(kHugePageBytes, rounded);
  if (block != nullptr) madvise(block, rounded, MADV_HUGEPAGE);
  return block;
}

}  // namespace

// Those for arrays, and those that do not throw, call these.
void* operator new(std::size_t size) {
  constexpr std::size_t kLargest = SIZE_MAX / 2;
  void* const block = size < kLarge      ? std::malloc(size)
                      : size <= kLargest ? AllocateHugePages(size)
                                         : nullptr;
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void operator delete(void* block) noexcept { std::free(block); }

void operator delete(void* block, std::size_t) noexcept { std::free(block); }
