#include "allocator/heap.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace prof2cg {

static_assert(std::is_trivially_destructible_v<Heap>);

namespace {

// Python's rule: a smaller block must save more than a quarter.
bool StaysInPlace(const Pool& pool, size_t size) {
  return size <= pool.block_bytes() && (ClassOf(size) == pool.size_class() ||
                                        4 * size > 3 * pool.block_bytes());
}

}  // namespace

bool Heap::Open(const HeapOptions& options) {
  if (is_open()) return true;
  if (!owners_.Open(options.max_owners)) return false;
  if (!large_.Open()) {
    owners_.Close();
    return false;
  }
  annotates_ = options.valgrind == HeapOptions::Valgrind::kAnnotate;
  is_bypassed_ = !annotates_ && IsUnderValgrind();
  // Without arenas it still counts.
  if (!is_bypassed_) small_.Open(options.reservation_bytes);
  ChooseFastPaths();
  return true;
}

void Heap::Close() {
  small_.Close();
  large_.Close();
  sizes_.Close();
  owners_.Close();
  *this = Heap();
}

void Heap::ChooseFastPaths() {
  const bool is_plain = has_arenas() && !annotates_;
  fast_range_ = is_plain ? small_.arenas().reservation() : Reservation();
  fast_sizes_ = is_plain && !sizes_.is_open() ? kLargestSmall : 0;
}

void* Heap::AllocateSlowly(const Backing& backing, size_t size) {
  const Owner owner = current_owner;
  if (!owners_.IsCurrent(owner) && is_open()) {
    owners_.Switch(owner);
    if (void* block = AllocateFast(size)) return block;
  }
  return AllocateAny(backing, size);
}

void* Heap::AllocateAny(const Backing& backing, size_t size) {
  if (!is_open()) return backing.malloc(backing.context, size);
  const Owner owner = current_owner;
  return Counted(Claim(backing, size, owner), size, owner);
}

void* Heap::AllocateZeroedSlowly(const Backing& backing, size_t bytes) {
  if (has_arenas() && bytes <= kLargestSmall) {
    void* block = AllocateSlowly(backing, bytes);
    return block == nullptr ? nullptr : std::memset(block, 0, bytes);
  }
  void* block = backing.calloc(backing.context, bytes, 1);
  if (!is_open()) return block;
  const Owner owner = current_owner;
  return Counted(ClaimLarge(backing, block, bytes, owner), bytes, owner);
}

void* Heap::Reallocate(const Backing& backing, void* block, size_t size) {
  if (block == nullptr) return Allocate(backing, size);
  last_block_ = nullptr;
  return Contains(block) ? ReallocateSmall(backing, block, size)
                         : ReallocateLarge(backing, block, size);
}

void* Heap::ReallocateSmall(const Backing& backing, void* block, size_t size) {
  const Pool& pool = small_.PoolOf(block);
  BlockTag& tag = pool.TagOf(block);
  const BlockTag old = tag;
  const Owner owner = Owners::Charged(old.owner(), current_owner);
  void* resized = block;
  if (!StaysInPlace(pool, Padded(size))) {
    resized = Claim(backing, size, owner);
    if (resized == nullptr) {
      if (Padded(size) > pool.block_bytes()) return nullptr;
      resized = block;  // shrinking always works
    }
  }
  if (resized == block) {
    tag = BlockTag(owner, size);
    if (annotates_) AnnotateResize(block, old.size(), size);
  } else {
    std::memcpy(resized, block, std::min(old.size(), size));
    ReleaseSmall(block);
  }
  owners_.Reallocated(old.owner(), owner, old.size(), size);
  return resized;
}

void* Heap::ReallocateLarge(const Backing& backing, void* block, size_t size) {
  LargeBlocks::Block* large = is_open() ? large_.Find(block) : nullptr;
  if (large == nullptr) return backing.realloc(backing.context, block, size);
  const LargeBlocks::Block old = *large;
  const Owner owner = Owners::Charged(old.owner, current_owner);
  void* resized = nullptr;
  if (has_arenas() && Padded(size) <= kLargestSmall &&
      4 * size <= 3 * old.size) {
    resized = ClaimSmall(size, owner);
  }
  if (resized != nullptr) {
    std::memcpy(resized, block, std::min(old.size, size));
    large_.Remove(large);
    backing.free(backing.context, block);
  } else {
    resized = backing.realloc(backing.context, block, size);
    if (resized == nullptr) return nullptr;
    large_.Replace(large, resized, size, owner);
  }
  owners_.Reallocated(old.owner, owner, old.size, size);
  return resized;
}

void Heap::FreeAnothers(Pool& pool, void* block) {
  const BlockTag tag = pool.TagOf(block);
  owners_.Freed(tag.owner(), current_owner, tag.size());
  small_.Give<PlainLinks>(pool, block);
}

void Heap::FreeSlowly(const Backing& backing, void* block) {
  if (Contains(block)) {
    const BlockTag tag = small_.PoolOf(block).TagOf(block);
    owners_.Freed(tag.owner(), current_owner, tag.size());
    ReleaseSmall(block);
    return;
  }
  if (LargeBlocks::Block* large = is_open() ? large_.Find(block) : nullptr) {
    owners_.Freed(large->owner, current_owner, large->size);
    large_.Remove(large);
  }
  backing.free(backing.context, block);
}

void Heap::Disown(void* block) {
  if (Contains(block)) {
    BlockTag& tag = small_.PoolOf(block).TagOf(block);
    CountAsObservers(tag.owner(), tag.size());
    tag = BlockTag(kObserver, tag.size());
  } else if (LargeBlocks::Block* large =
                 is_open() ? large_.Find(block) : nullptr) {
    CountAsObservers(large->owner, large->size);
    large->owner = kObserver;
  }
}

void Heap::ForgetOwners() {
  if (!is_open()) return;
  auto blocks = static_cast<int64_t>(large_.count());
  small_.ForEachPool([&](Pool& pool) {
    pool.ForgetOwners();
    blocks += pool.used();
  });
  large_.ForEach([](LargeBlocks::Block& block) { block.owner = kUnrecorded; });
  owners_.Forget(blocks);
  sizes_.Forget();
}

bool Heap::CountSizes(bool on) {
  sizes_.Close();
  const bool is_done = !on || (is_open() && sizes_.Open(owners_.max_owners()));
  ChooseFastPaths();
  return is_done;
}

void* Heap::Claim(const Backing& backing, size_t size, Owner owner) {
  if (has_arenas() && Padded(size) <= kLargestSmall) {
    if (void* block = ClaimSmall(size, owner)) return block;
  }
  return ClaimLarge(backing, backing.malloc(backing.context, size), size,
                    owner);
}

void* Heap::ClaimSmall(size_t size, Owner owner) {
  const BlockTag tag(owner, size);
  if (!annotates_) return TakeOrRefill<PlainLinks>(size, tag);
  void* block = TakeOrRefill<AnnotatedLinks>(Padded(size), tag);
  if (block == nullptr) return nullptr;
  block = static_cast<char*>(block) + kRedzone;
  AnnotateBlock(block, size);
  return block;
}

template <class Links>
void* Heap::TakeOrRefill(size_t size, BlockTag tag) {
  if (void* block = small_.Take<Links>(size, tag)) return block;
  const int64_t mapped = arenas_mapped();
  if (!small_.Refill<Links>(size)) return nullptr;
  if (arenas_mapped() != mapped) owners_.MappedArena(tag.owner());
  return small_.Take<Links>(size, tag);
}

void* Heap::ClaimLarge(const Backing& backing, void* block, size_t size,
                       Owner owner) {
  if (block != nullptr && !large_.Add(block, size, owner)) {
    backing.free(backing.context, block);
    return nullptr;
  }
  return block;
}

void Heap::ReleaseSmall(void* block) {
  if (annotates_) {
    AnnotateFree(block);
    Pool& pool = small_.PoolOf(block);
    small_.Give<AnnotatedLinks>(pool, pool.BlockOf(block));
  } else {
    small_.Give<PlainLinks>(small_.PoolOf(block), block);
  }
}

void* Heap::Counted(void* block, size_t size, Owner owner) {
  if (block == nullptr) return nullptr;
  owners_.Allocated(owner, size);
  if (sizes_.is_open()) sizes_.Add(owner, size, 1);
  last_block_ = block;
  return block;
}

void Heap::CountAsObservers(Owner holder, size_t size) {
  if (holder == kObserver) return;
  owners_.Disowned(holder, size);
  if (!sizes_.is_open()) return;
  sizes_.Add(holder, size, -1);
  sizes_.Add(kObserver, size, 1);
}

}  // namespace prof2cg
