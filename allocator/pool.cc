#include "allocator/pool.h"

#include <algorithm>
#include <array>

namespace prof2cg {
namespace {

// The first block that stands behind the tags.
constexpr size_t FirstOf(size_t block_bytes) {
  const size_t end = kPoolBytes / block_bytes;
  size_t first = 1;
  while ((end - first) * sizeof(BlockTag) > first * block_bytes) ++first;
  return first;
}

constexpr auto kFirst = [] {
  std::array<uint16_t, kSizeClasses> first{};
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    first[size_class] = static_cast<uint16_t>(FirstOf(BlockBytes(size_class)));
  }
  return first;
}();

// What one Extend makes ready: few enough that little is touched in vain.
constexpr size_t kExtendBytes = 1024;
constexpr size_t kLineBytes = 64;

}  // namespace

template <class Links>
Pool Pool::Format(void* memory, size_t size_class) {
  const size_t block_bytes = BlockBytes(size_class);
  const size_t first = kFirst[size_class];
  Links::Cut(memory, first * block_bytes);
  Pool pool;
  pool.tags_ = static_cast<BlockTag*>(memory) - first;
  pool.reciprocal_ = ((uint64_t{1} << 32) + block_bytes - 1) / block_bytes;
  pool.block_bytes_ = static_cast<uint16_t>(block_bytes);
  pool.size_class_ = static_cast<uint16_t>(size_class);
  pool.first_ = kFirst[size_class];
  pool.capacity_ = static_cast<uint16_t>(kPoolBytes / block_bytes - first);
  return pool;
}

template <class Links>
bool Pool::Extend() {
  const size_t some =
      std::min<size_t>(capacity_ - listed_, kExtendBytes / block_bytes_);
  if (some == 0) return false;
  const size_t step = block_bytes_;
  char* block = static_cast<char*>(BlockAt(size_t{first_} + listed_));
  char* const last = block + (some - 1) * step;
  free_ = block;
  for (; block != last; block += step) Links::Write(block, block + step);
  Links::Write(last, nullptr);
  listed_ = static_cast<uint16_t>(listed_ + some);
  PrefetchFresh();
  return true;
}

// What the next Extend will write to, which is seldom in the cache. Touches no
// page that was not.
void Pool::PrefetchFresh() const {
  const char* const fresh =
      static_cast<const char*>(BlockAt(size_t{first_} + listed_));
  for (size_t i = 0; i < kExtendBytes; i += kLineBytes) {
    __builtin_prefetch(fresh + i, /*rw=*/1);
  }
}

void Pool::ForgetOwners() {
  // Those of free blocks are nobody's anyway.
  BlockTag* const first = tags_ + first_;
  for (BlockTag* tag = first; tag != first + listed_; ++tag) {
    *tag = BlockTag(kUnrecorded, tag->size());
  }
}

std::bitset<Pool::kMostBlocks> Pool::FreeBlocks() const {
  std::bitset<kMostBlocks> is_free;
  for (void* block = free_; block != nullptr;
       block = AnnotatedLinks::Read(block)) {
    if (!Contains(block)) break;
    const size_t i = IndexOf(block) - first_;
    if (i >= listed_ || is_free[i]) break;
    is_free[i] = true;
  }
  return is_free;
}

template Pool Pool::Format<PlainLinks>(void*, size_t);
template Pool Pool::Format<AnnotatedLinks>(void*, size_t);
template bool Pool::Extend<PlainLinks>();
template bool Pool::Extend<AnnotatedLinks>();

}  // namespace prof2cg
