// The instrumented heap: an allocator that knows, exactly and at any time, who
// allocated, freed and holds how much.
#ifndef PROF2CG_ALLOCATOR_HEAP_H_
#define PROF2CG_ALLOCATOR_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "allocator/large_blocks.h"
#include "allocator/owners.h"
#include "allocator/size_classes.h"
#include "allocator/size_histograms.h"
#include "allocator/small_blocks.h"

namespace prof2cg {

// The allocator that was there before: it serves what the heap does not. Laid
// out as CPython's PyMemAllocatorEx, and its functions behave as that asks:
// malloc(0) is not null. Each of Python's domains has its own; a block must
// come back with the Backing that it was asked for with.
struct Backing {
  void* context;
  void* (*malloc)(void* context, size_t size);
  void* (*calloc)(void* context, size_t count, size_t size);
  void* (*realloc)(void* context, void* block, size_t size);
  void (*free)(void* context, void* block);
};

struct HeapOptions {
  // Of address space, at most; less is taken where there is less. 0: there are
  // no arenas, and every block is the Backing's and only counted, as where
  // somebody has asked for malloc (PYTHONMALLOC=malloc).
  size_t reservation_bytes = size_t{256} << 30;
  // Owners are below this, which is at least kFirstOwner. Each takes 128 bytes
  // once it has allocated, and that much of address space before.
  Owner max_owners = kMaxOwners;
  // Bypass: under Valgrind no arenas, so that every block is malloc's and known
  // to any tool. Annotate: arenas, with each block told to memcheck and massif
  // and with redzones around it, under Valgrind or not. Memcheck then takes
  // what a leaked block refers to for reachable: it searches arenas as it does
  // any memory that was mapped.
  enum class Valgrind { kBypass, kAnnotate } valgrind = Valgrind::kBypass;
};

// Requests up to 512 bytes get blocks of arenas in one reserved range of
// addresses, so that one compare tells whether a block is the heap's. Larger
// ones, and all when the range is used up, go to the Backing and are kept in a
// table beside it. Blocks have no headers: size and owner stand beside them.
// Every block is aligned to 16 bytes; nothing is a block too, with an address
// of its own.
//
// A block that was not allocated here, as one from before the heap was
// installed, goes to its Backing uncounted.
//
// Calls must not overlap: who calls holds the interpreter's lock. No
// exceptions, no destructor, no constructor that runs: a global heap
// (`constinit Heap`) works before main and after it. Its state is nothing but
// memory: after a fork the child has its own.
class Heap {
 public:
  constexpr Heap() = default;

  // Before it every call goes to the Backing uncounted. False if there is not
  // even room for the counters: then it stays so. Again: does nothing.
  bool Open(const HeapOptions& options);
  bool is_open() const { return owners_.is_open(); }
  // Whether blocks come from arenas at all.
  bool has_arenas() const { return small_.is_open(); }
  // Whether it runs under Valgrind and keeps out of its way: the Backing should
  // then be malloc itself, not another allocator of pools.
  bool is_bypassed() const { return is_bypassed_; }

  // What CPython's allocator functions must do (PyMem_SetAllocator); null when
  // memory is out. All charge current_owner.
  void* Allocate(const Backing& backing, size_t size);
  void* AllocateZeroed(const Backing& backing, size_t count, size_t size);
  // Shrinks in place unless that wastes more than a quarter of the block. The
  // block becomes current_owner's.
  void* Reallocate(const Backing& backing, void* block, size_t size);
  void Free(const Backing& backing, void* block);

  // Whether a block lies in the arenas. Of any pointer: reads no memory.
  bool Contains(const void* block) const { return small_.Contains(block); }

  // What Allocate or AllocateZeroed handed out last, null after Reallocate. It
  // may have been freed since.
  void* last_block() const { return last_block_; }
  // Undoes the counts of a block and makes it kObserver's, so that its free
  // will not be counted either. If `block` is last_block() and nothing was
  // freed since, all counters but `arenas` are as though the observer had
  // allocated it, peaks and histograms too. Nothing for a block that is not
  // counted.
  void Disown(void* block);

  // All that is live becomes kUnrecorded's, and all counters and histograms
  // begin anew: for another recording, or in a forked child. Goes over all
  // blocks' tags: 1 ms for 60 MB.
  void ForgetOwners();

  // Whether sizes are counted by owner from now on (cleared when switched on);
  // false if there is no room for that. Costs an allocation 2 to 4 ns while it
  // is on.
  bool CountSizes(bool on);

  // As of now, at any time.
  OwnerCounters Counters(Owner owner) const { return owners_.Counters(owner); }
  LiveTotals Totals() const { return owners_.Totals(); }
  // Blocks by their size when allocated; null if they are not counted.
  const SizeHistogram* Sizes(Owner owner) const { return sizes_.Of(owner); }
  // Arenas mapped so far, mapped again included, and given back.
  int64_t arenas_mapped() const { return small_.arenas().mapped(); }
  int64_t arenas_released() const { return small_.arenas().released(); }

  // The parts, for heap_stats.h and heap_check.h.
  const SmallBlocks& small() const { return small_; }
  const LargeBlocks& large() const { return large_; }
  const Owners& owners() const { return owners_; }

  // Unmaps everything, blocks included: for tests.
  void Close();

 private:
  // Null where it takes more: other owners than the current one, classes
  // without a free block at hand, large blocks, histograms, annotations, and
  // all calls before Open.
  void* AllocateFast(size_t size);
  // What the fast paths do not serve. Each is kept out of them: programs that
  // allocate run much code, and feel each line of the cache that code takes.
  [[gnu::noinline]] void* AllocateSlowly(const Backing& backing, size_t size);
  [[gnu::noinline]] void* AllocateAny(const Backing& backing, size_t size);
  [[gnu::noinline]] void* AllocateZeroedSlowly(const Backing& backing,
                                               size_t bytes);
  [[gnu::noinline]] void FreeSlowly(const Backing& backing, void* block);
  // A block of an arena, where not only the current owner's row changes.
  [[gnu::noinline]] void FreeAnothers(Pool& pool, void* block);
  void* ReallocateSmall(const Backing& backing, void* block, size_t size);
  [[gnu::noinline]] void* ReallocateLarge(const Backing& backing, void* block,
                                          size_t size);

  // A block that is `owner`'s, but is not counted yet.
  [[gnu::noinline]] void* Claim(const Backing& backing, size_t size,
                                Owner owner);
  void* ClaimSmall(size_t size, Owner owner);
  template <class Links>
  void* TakeOrRefill(size_t size, BlockTag tag);
  // Notes a block that the Backing has just made: null if there is no room.
  void* ClaimLarge(const Backing& backing, void* block, size_t size,
                   Owner owner);
  // Gives a small block back that has been counted.
  void ReleaseSmall(void* block);
  // Counts a new block, null or not, and returns it.
  void* Counted(void* block, size_t size, Owner owner);
  void CountAsObservers(Owner holder, size_t size);

  // How many bytes of a small block a request needs.
  size_t Padded(size_t size) const {
    constexpr size_t kPadding = 2 * kRedzone;
    return annotates_ ? std::min(size, SIZE_MAX - kPadding) + kPadding : size;
  }
  void ChooseFastPaths();

  // What the fast paths serve: requests from one byte to this size, blocks in
  // this range. Nothing where each call needs more than they do.
  size_t fast_sizes_ = 0;
  Reservation fast_range_;
  void* last_block_ = nullptr;
  Owners owners_;
  SmallBlocks small_;
  LargeBlocks large_;
  SizeHistograms sizes_;
  bool annotates_ = false;
  bool is_bypassed_ = false;
};

inline void* Heap::AllocateFast(size_t size) {
  const Owner owner = current_owner;
  if (size - 1 >= fast_sizes_ || !owners_.IsCurrent(owner)) [[unlikely]]
    return nullptr;
  void* block = small_.Take<PlainLinks>(size, BlockTag(owner, size));
  if (block == nullptr) [[unlikely]]
    return nullptr;
  owners_.AllocatedByCurrent(size);
  last_block_ = block;
  return block;
}

inline void* Heap::Allocate(const Backing& backing, size_t size) {
  void* block = AllocateFast(size);
  return block != nullptr ? block : AllocateSlowly(backing, size);
}

inline void* Heap::AllocateZeroed(const Backing& backing, size_t count,
                                  size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) [[unlikely]]
    return nullptr;
  void* block = AllocateFast(bytes);
  return block != nullptr ? std::memset(block, 0, bytes)
                          : AllocateZeroedSlowly(backing, bytes);
}

inline void Heap::Free(const Backing& backing, void* block) {
  if (!fast_range_.Contains(block)) [[unlikely]]
    return FreeSlowly(backing, block);
  Pool& pool = small_.PoolOf(block);
  const Owner owner = current_owner;
  const size_t size = pool.TagOf(block).SizeIfOf(owner);
  if (!owners_.IsCurrent(owner) || !BlockTag::IsSize(size) ||
      !owners_.FreedByCurrent(size)) [[unlikely]] {
    return FreeAnothers(pool, block);
  }
  small_.Give<PlainLinks>(pool, block);
}

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_HEAP_H_
