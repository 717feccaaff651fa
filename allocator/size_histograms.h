// How many blocks of what sizes each owner has allocated.
#ifndef PROF2CG_ALLOCATOR_SIZE_HISTOGRAMS_H_
#define PROF2CG_ALLOCATOR_SIZE_HISTOGRAMS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "allocator/mapped_table.h"
#include "allocator/owners.h"

namespace prof2cg {

//   bucket  0  1  2    3    4     …  47
//   sizes   0  1  2–3  4–7  8–15  …  from 2^46
inline constexpr size_t kSizeBuckets = 48;
using SizeHistogram = std::array<int64_t, kSizeBuckets>;  // blocks

constexpr size_t BucketOf(size_t size) {
  return std::min<size_t>(static_cast<size_t>(std::bit_width(size)),
                          kSizeBuckets - 1);
}
constexpr size_t LeastSize(size_t bucket) {
  return bucket == 0 ? 0 : size_t{1} << (bucket - 1);
}

static_assert(BucketOf(0) == 0 && BucketOf(1) == 1 && BucketOf(3) == 2);
static_assert(BucketOf(SIZE_MAX) == kSizeBuckets - 1);

// Takes memory for owners that have allocated something only.
class SizeHistograms {
 public:
  constexpr SizeHistograms() = default;

  // False if there is no room.
  bool Open(Owner max_owners) { return histograms_.Open(max_owners); }
  void Close() { histograms_.Close(); }
  bool is_open() const { return histograms_.is_open(); }

  void Add(Owner owner, size_t size, int64_t blocks) {
    histograms_[owner][BucketOf(size)] += blocks;
  }
  void Forget() { histograms_.Clear(); }

  // Null unless open.
  const SizeHistogram* Of(Owner owner) const {
    return is_open() ? &histograms_[owner] : nullptr;
  }

 private:
  MappedTable<SizeHistogram> histograms_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_SIZE_HISTOGRAMS_H_
