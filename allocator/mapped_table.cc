#include "allocator/mapped_table.h"

#include <sys/mman.h>

namespace prof2cg {

void* MapZeros(size_t bytes) {
  void* pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return pages == MAP_FAILED ? nullptr : pages;
}

void ClearToZeros(void* pages, size_t bytes) {
  if (bytes != 0) madvise(pages, bytes, MADV_DONTNEED);
}

void Unmap(void* pages, size_t bytes) {
  if (bytes != 0) munmap(pages, bytes);
}

}  // namespace prof2cg
