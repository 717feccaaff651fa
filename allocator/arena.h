// Arenas: what is mapped and given back at once, and cut into pools.
#ifndef PROF2CG_ALLOCATOR_ARENA_H_
#define PROF2CG_ALLOCATOR_ARENA_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "allocator/mapped_table.h"
#include "allocator/reservation.h"

namespace prof2cg {

inline constexpr size_t kPoolBytes = size_t{16} << 10;
inline constexpr uint32_t kPoolsPerArena = 64;  // a bit each in a word
inline constexpr size_t kArenaBytes = kPoolBytes * kPoolsPerArena;  // 1 MiB
inline constexpr uint32_t kSpareArenas = 4;

// Hands out pools: 16 KiB of any contents, at a multiple of that.
//
// A pool comes from the fullest arena that has one, so that the emptier ones
// get a chance to become empty. An empty arena's memory is given back, but for
// kSpareArenas: else a program that makes and drops some objects again and
// again would have their pages released and cleared each time. All is O(1), by
// lists of arenas that have the same number of free pools.
class Arenas {
 public:
  constexpr Arenas() = default;

  // False if there is no room, or reservation_bytes is less than an arena.
  bool Open(size_t reservation_bytes);
  void Close();
  bool is_open() const { return reservation_.is_open(); }

  bool Contains(const void* address) const {
    return reservation_.Contains(address);
  }

  // Null when the reservation or the system's memory is used up.
  void* TakePool();
  void GivePool(void* pool);

  // A pool that was taken is not in use, but not given back either; and then is
  // in use, or about to be given back.
  void Keep(const void* pool) { ++ArenaOf(pool).kept; }
  void Unkeep(const void* pool) { --ArenaOf(pool).kept; }
  // Whether only kept pools hold the arena of that one, and it would not be a
  // spare one anyway.
  bool HasOnlyKept(const void* pool) const {
    const Arena& arena = ArenaOf(pool);
    return arena.kept == kPoolsPerArena - arena.list && in_use() > kSpareArenas;
  }
  static bool AreInSameArena(const void* pool, const void* other) {
    return (reinterpret_cast<uintptr_t>(pool) ^
            reinterpret_cast<uintptr_t>(other)) < kArenaBytes;
  }

  int64_t mapped() const { return mapped_; }      // so far, again included
  int64_t released() const { return released_; }  // so far
  int64_t in_use() const { return mapped_ - released_; }
  const Reservation& reservation() const { return reservation_; }

  // Calls visit(void* pool) for every pool handed out.
  template <class Visit>
  void ForEachPool(Visit visit) const {
    for (uint32_t i = 0; i < first_unused_; ++i) {
      uint64_t taken = ~arenas_[i].free_pools;
      for (; taken != 0; taken &= taken - 1) {
        visit(PoolAt(i, static_cast<size_t>(std::countr_zero(taken))));
      }
    }
  }

  // The first violation of what the lists rest on, or "" (heap_check.h).
  std::string_view Check() const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kReleased = kPoolsPerArena + 1;

  struct Arena {
    uint64_t free_pools;  // a bit each
    uint32_t next, previous;
    uint32_t list;  // that it is in: its number of free pools, or kReleased
    uint32_t kept;  // pools
  };

  void* PoolAt(uint32_t arena, size_t pool) const {
    return reinterpret_cast<void*>(reservation_.base() + arena * kArenaBytes +
                                   pool * kPoolBytes);
  }
  uintptr_t Address(uint32_t arena) const {
    return reservation_.base() + arena * kArenaBytes;
  }
  size_t Offset(const void* pool) const {
    return reinterpret_cast<uintptr_t>(pool) - reservation_.base();
  }
  Arena& ArenaOf(const void* pool) {
    return arenas_[Offset(pool) / kArenaBytes];
  }
  const Arena& ArenaOf(const void* pool) const {
    return arenas_[Offset(pool) / kArenaBytes];
  }

  // The fullest arena with a free pool, mapped if it was not; or kNone.
  uint32_t Fullest();
  uint32_t MapReleased();
  uint32_t MapUnused();
  void ReleaseOrKeep(uint32_t arena);
  void MoveTo(uint32_t list, uint32_t arena);
  void Unlist(uint32_t arena);
  void List(uint32_t list, uint32_t arena);

  Reservation reservation_;
  MappedTable<Arena> arenas_;
  uint32_t first_unused_ = 0;
  // The first arena with that many free pools, and of those released.
  std::array<uint32_t, kPoolsPerArena + 2> lists_{};
  uint32_t empty_ = 0;    // arenas mapped
  uint64_t partial_ = 0;  // bit n: there are arenas with n free pools, n < 64
  int64_t mapped_ = 0;
  int64_t released_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_ARENA_H_
