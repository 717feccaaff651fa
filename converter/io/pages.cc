#include "converter/io/pages.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "converter/io/huge_pages.h"
#include "converter/io/shrunk_file.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr size_t kFirstBytes = size_t{1} << 18;

char* Checked(void* address) {
  if (address == MAP_FAILED) throw Error(std::strerror(errno));
  return static_cast<char*>(address);
}

}  // namespace

Pages::Pages(Pages&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)),
      is_file_(other.is_file_) {}

Pages& Pages::operator=(Pages&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  std::swap(is_file_, other.is_file_);
  return *this;
}

Pages::~Pages() {
  if (data_ == nullptr) return;
  if (is_file_) StopWatching(data_);
  munmap(data_, capacity_);
}

Pages Pages::OfFile(int descriptor, size_t size, const std::string& name) {
  // Without advice or MAP_POPULATE: 240 MB in the page cache are read as fast
  // with any of them. From the disk MADV_HUGEPAGE took 6 % less in the median,
  // but scattered more.
  Pages pages;
  pages.data_ =
      Checked(mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0));
  pages.size_ = pages.capacity_ = size;
  pages.is_file_ = true;
  WatchForShrinking(pages.data_, size, name);
  return pages;
}

char* Pages::Reserve(size_t wanted) {
  if (wanted > room()) {
    const size_t capacity =
        std::max({kFirstBytes, 2 * capacity_, size_ + wanted});
    data_ = Checked(data_ == nullptr
                        ? mmap(nullptr, capacity, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                        : mremap(data_, capacity_, capacity, MREMAP_MAYMOVE));
    capacity_ = capacity;
    // Page faults are most of the cost of filling a large buffer.
    if (capacity >= 4 * kHugePageBytes) {
      madvise(data_, capacity, MADV_HUGEPAGE);
    }
  }
  return data_ + size_;
}

}  // namespace prof2cg
