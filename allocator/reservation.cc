#include "allocator/reservation.h"

#include <sys/mman.h>

#include <algorithm>

namespace prof2cg {
namespace {

constexpr size_t kLeastBytes = size_t{1} << 30;

void* Pointer(uintptr_t address) { return reinterpret_cast<void*>(address); }

void UnmapRange(uintptr_t begin, uintptr_t end) {
  if (begin != end) munmap(Pointer(begin), end - begin);
}

}  // namespace

bool Reservation::Open(size_t most_bytes, size_t unit) {
  const size_t least_bytes = std::clamp(most_bytes, unit, kLeastBytes);
  for (size_t bytes = most_bytes; bytes >= least_bytes; bytes /= 4) {
    if (Reserve(bytes / unit * unit, unit)) return true;
  }
  return false;
}

void Reservation::Close() {
  UnmapRange(base_, base_ + bytes_);
  *this = Reservation();
}

bool Reservation::Commit(uintptr_t address, size_t bytes) {
  if (mprotect(Pointer(address), bytes, PROT_READ | PROT_WRITE) != 0) {
    return false;
  }
  madvise(Pointer(address), bytes, MADV_DODUMP);
  return true;
}

void Reservation::Release(uintptr_t address, size_t bytes) {
  madvise(Pointer(address), bytes, MADV_DONTNEED);
}

bool Reservation::Reserve(size_t bytes, size_t unit) {
  // One unit more leaves room to begin at a multiple.
  void* pages = mmap(nullptr, bytes + unit, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) return false;
  const auto begin = reinterpret_cast<uintptr_t>(pages);
  base_ = (begin + unit - 1) & ~(unit - 1);
  bytes_ = bytes;
  UnmapRange(begin, base_);
  UnmapRange(base_ + bytes_, begin + bytes + unit);
  madvise(Pointer(base_), bytes_, MADV_DONTDUMP);
  return true;
}

}  // namespace prof2cg
