// A pool: blocks of one size, and beside them whose they are.
#ifndef PROF2CG_ALLOCATOR_POOL_H_
#define PROF2CG_ALLOCATOR_POOL_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "allocator/arena.h"
#include "allocator/owners.h"
#include "allocator/size_classes.h"
#include "allocator/valgrind.h"

namespace prof2cg {

// What is known of a block in use.
class BlockTag {
 public:
  BlockTag(Owner owner, size_t size)
      : bits_(owner << kSizeBits | static_cast<uint32_t>(size)) {}

  Owner owner() const { return bits_ >> kSizeBits; }
  size_t size() const { return bits_ & kSizeMask; }  // that was asked for
  // Its size if it is that owner's, and a larger number than any size if not.
  size_t SizeIfOf(Owner owner) const { return bits_ - (owner << kSizeBits); }
  static bool IsSize(size_t size) { return size <= kSizeMask; }

 private:
  static constexpr int kSizeBits = 10;
  static constexpr uint32_t kSizeMask = (uint32_t{1} << kSizeBits) - 1;
  static_assert(kLargestSmall <= kSizeMask);
  static_assert((kMaxOwners - 1) << kSizeBits >> kSizeBits == kMaxOwners - 1);

  uint32_t bits_;
};

// A free block holds the address of the next. How it is read and written, and
// what is done to the memory of a new pool:
struct PlainLinks {
  static void Cut(void* /*pool*/, size_t /*first_block*/) {}
  static void* Read(void* block) { return *static_cast<void**>(block); }
  static void Write(void* block, void* next) {
    *static_cast<void**>(block) = next;
  }
};

// The same where memcheck knows that nobody may touch a free block.
struct AnnotatedLinks {
  static void Cut(void* pool, size_t first_block) {
    AnnotateUndefined(pool, first_block);
    AnnotateNoAccess(static_cast<char*>(pool) + first_block,
                     kPoolBytes - first_block);
  }
  static void* Read(void* block) {
    AnnotateDefined(block, sizeof(void*));
    void* next = PlainLinks::Read(block);
    AnnotateNoAccess(block, sizeof(void*));
    return next;
  }
  static void Write(void* block, void* next) {
    AnnotateUndefined(block, sizeof(void*));
    PlainLinks::Write(block, next);
    AnnotateNoAccess(block, sizeof(void*));
  }
};

// 16 KiB at a multiple of that:
//
//   a tag for each block | gap | blocks
//
// Blocks begin at multiples of their size, counted from the pool's begin, so
// that a multiplication leads from a block's address to its tag. They are put
// into the list of free ones piecemeal (Extend), so that no page is touched
// long before it is used; those behind are fresh.
//
// This, which is needed whenever a block comes or goes, stands elsewhere
// (PoolTable): at the begins of pools, all would compete for the same few
// places in the caches, and each would need a page of its own.
class alignas(64) Pool {
 public:
  constexpr Pool() = default;

  // A pool of 16 KiB without blocks in use.
  template <class Links>
  static Pool Format(void* memory, size_t size_class);

  // A block; null if none is in the list: Extend may help.
  template <class Links>
  void* Take(BlockTag tag) {
    void* block = free_;
    if (block == nullptr) [[unlikely]]
      return nullptr;
    free_ = Links::Read(block);
    ++used_;
    TagOf(block) = tag;
    return block;
  }

  // Takes back the block at that address. True if the pool now is empty, or had
  // no free block in the list before: its place in lists of pools may change.
  template <class Links>
  [[nodiscard]] bool Give(void* block) {
    void* const before = free_;
    Links::Write(block, before);
    free_ = block;
    return (--used_ == 0) | (before == nullptr);
  }

  // Puts some fresh blocks into the list, which must be empty. False if there
  // are none.
  template <class Links>
  bool Extend();

  // Of any address within a block.
  BlockTag& TagOf(const void* address) const { return tags_[IndexOf(address)]; }
  void* BlockOf(const void* address) const { return BlockAt(IndexOf(address)); }

  // Where its memory begins: with the first block's tag.
  void* memory() const { return tags_ + first_; }
  bool Contains(const void* address) const {
    return (reinterpret_cast<uintptr_t>(address) ^
            reinterpret_cast<uintptr_t>(memory())) < kPoolBytes;
  }

  // All its blocks become kUnrecorded's.
  void ForgetOwners();

  // Calls visit(BlockTag) for all blocks in use.
  template <class Visit>
  void ForEachUsed(Visit visit) const {
    const std::bitset<kMostBlocks> is_free = FreeBlocks();
    for (size_t i = 0; i < listed_; ++i) {
      if (!is_free[i]) visit(tags_[first_ + i]);
    }
  }

  // The first violation of what a pool rests on, or "" (heap_check.h).
  std::string_view Check() const;

  size_t size_class() const { return size_class_; }
  size_t block_bytes() const { return block_bytes_; }
  size_t used() const { return used_; }          // blocks
  size_t capacity() const { return capacity_; }  // blocks
  // Without the fresh ones.
  size_t listed() const { return listed_; }
  bool has_free() const { return free_ != nullptr; }  // in the list

  // For those who keep lists of pools.
  Pool* next = nullptr;
  Pool* previous = nullptr;
  bool is_available = false;  // is in such a list

 private:
  static constexpr size_t kMostBlocks = kPoolBytes / kBlockAlignment;

  // Divides by multiplying with the reciprocal: exact for what is divided here,
  // as the test shows.
  size_t IndexOf(const void* address) const {
    const size_t offset = reinterpret_cast<uintptr_t>(address) % kPoolBytes;
    return offset * reciprocal_ >> 32;
  }
  void* BlockAt(size_t index) const {
    return static_cast<char*>(memory()) + index * block_bytes_;
  }
  void PrefetchFresh() const;
  // Those in the list, counted from the first block. Of a list that is damaged,
  // as far as it can be followed.
  std::bitset<kMostBlocks> FreeBlocks() const;

  void* free_ = nullptr;      // the first block of the list
  BlockTag* tags_ = nullptr;  // of block 0, where there are tags instead
  uint64_t reciprocal_ = 0;   // 2^32 / block_bytes_, rounded up
  uint32_t used_ = 0;
  uint16_t block_bytes_ = 0;
  uint16_t size_class_ = 0;
  uint16_t first_ = 0;  // block that there is
  uint16_t capacity_ = 0;
  uint16_t listed_ = 0;
};

static_assert(sizeof(Pool) == 64);

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_POOL_H_
