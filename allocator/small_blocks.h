// Blocks of up to 512 bytes: pools by size class.
#ifndef PROF2CG_ALLOCATOR_SMALL_BLOCKS_H_
#define PROF2CG_ALLOCATOR_SMALL_BLOCKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "allocator/arena.h"
#include "allocator/pool.h"
#include "allocator/pool_table.h"
#include "allocator/size_classes.h"

namespace prof2cg {

// For each class a list of pools that may have a free block; one that turns out
// to have none leaves it until a block comes back, and one without blocks in
// use goes back to its arena. But one for each class is kept: else a lone block
// that comes and goes would have its pool made anew each time. Kept pools do
// not hold an arena of which nothing else is in use, but for spare ones.
class SmallBlocks {
 public:
  constexpr SmallBlocks() = default;

  // False if there is no room, or reservation_bytes is less than an arena.
  bool Open(size_t reservation_bytes);
  void Close();
  bool is_open() const { return arenas_.is_open(); }

  bool Contains(const void* address) const { return arenas_.Contains(address); }

  // Of any address within a block.
  Pool& PoolOf(const void* block) const { return pools_.Of(block); }

  // A block of `size` bytes or more; null where there is none at hand: Refill
  // may help.
  template <class Links>
  void* Take(size_t size, BlockTag tag) {
    return available_[ClassOf(size)]->Take<Links>(tag);
  }

  // Sees to it that Take finds a block of that size. False if memory is out.
  template <class Links>
  [[gnu::noinline]] bool Refill(size_t size);

  // Takes back the pool's block that begins at that address.
  template <class Links>
  void Give(Pool& pool, void* block) {
    if (pool.Give<Links>(block)) [[unlikely]]
      Relist(&pool);
  }

  const Arenas& arenas() const { return arenas_; }

  // Calls visit(Pool&) for every pool.
  template <class Visit>
  void ForEachPool(Visit visit) const {
    arenas_.ForEachPool([&](void* pool) { visit(PoolOf(pool)); });
  }
  // The first violation of what the lists rest on, or "" (heap_check.h).
  std::string_view Check() const;

 private:
  static Pool no_pool_;  // has none, and is never written to

  [[gnu::noinline, gnu::cold]] void Relist(Pool* pool);
  void List(Pool* pool);
  void Unlist(Pool* pool);

  void KeepOrGive(Pool* pool);
  void GiveKept(const void* neighbour);
  template <class Links>
  Pool* KeptOrNew(size_t size_class);

  PoolTable pools_;
  std::array<Pool*, kSizeClasses> available_{};
  std::array<Pool*, kSizeClasses> kept_{};  // without blocks in use, or null
  Arenas arenas_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_SMALL_BLOCKS_H_
