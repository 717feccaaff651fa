// A table of zeros straight from the kernel.
#ifndef PROF2CG_ALLOCATOR_MAPPED_TABLE_H_
#define PROF2CG_ALLOCATOR_MAPPED_TABLE_H_

#include <cstddef>
#include <type_traits>
#include <utility>

namespace prof2cg {

// Pages of zeros, which take memory as they are written to; null if there is no
// room for them.
void* MapZeros(size_t bytes);
// Makes them zeros again, which take no memory.
void ClearToZeros(void* pages, size_t bytes);
void Unmap(void* pages, size_t bytes);

// Rows that are zero before they are written to, never move, and take memory
// only from then on: it may be as large as its index could ever get. No malloc
// is called: it serves the one who replaces malloc. No destructor: it is for
// what outlives main.
template <class Row>
class MappedTable {
 public:
  static_assert(std::is_trivially_copyable_v<Row>);

  constexpr MappedTable() = default;

  // False if there is no room for that many.
  bool Open(size_t rows) {
    rows_ = static_cast<Row*>(MapZeros(rows * sizeof(Row)));
    size_ = rows_ == nullptr ? 0 : rows;
    return rows_ != nullptr;
  }
  void Clear() { ClearToZeros(rows_, size_ * sizeof(Row)); }
  void Close() {
    Unmap(std::exchange(rows_, nullptr), std::exchange(size_, 0) * sizeof(Row));
  }

  bool is_open() const { return rows_ != nullptr; }
  size_t size() const { return size_; }
  Row& operator[](size_t row) { return rows_[row]; }
  const Row& operator[](size_t row) const { return rows_[row]; }

 private:
  Row* rows_ = nullptr;
  size_t size_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_MAPPED_TABLE_H_
