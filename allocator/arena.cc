#include "allocator/arena.h"

namespace prof2cg {
namespace {

constexpr uint64_t kAllFree = UINT64_MAX;
constexpr uint32_t kEmpty = kPoolsPerArena;  // the list of empty arenas

}  // namespace

bool Arenas::Open(size_t reservation_bytes) {
  if (!reservation_.Open(reservation_bytes, kArenaBytes)) return false;
  if (!arenas_.Open(reservation_.bytes() / kArenaBytes)) {
    reservation_.Close();
    return false;
  }
  lists_.fill(kNone);
  return true;
}

void Arenas::Close() {
  arenas_.Close();
  reservation_.Close();
  *this = Arenas();
}

void* Arenas::TakePool() {
  const uint32_t arena = Fullest();
  if (arena == kNone) return nullptr;
  uint64_t& free_pools = arenas_[arena].free_pools;
  const auto pool = static_cast<size_t>(std::countr_zero(free_pools));
  free_pools &= free_pools - 1;
  MoveTo(arenas_[arena].list - 1, arena);
  return PoolAt(arena, pool);
}

void Arenas::GivePool(void* pool) {
  const size_t offset = Offset(pool);
  const auto arena = static_cast<uint32_t>(offset / kArenaBytes);
  uint64_t& free_pools = arenas_[arena].free_pools;
  free_pools |= uint64_t{1} << (offset / kPoolBytes % kPoolsPerArena);
  if (free_pools == kAllFree) {
    ReleaseOrKeep(arena);
  } else {
    MoveTo(arenas_[arena].list + 1, arena);
  }
}

uint32_t Arenas::Fullest() {
  if (partial_ != 0) {
    return lists_[static_cast<size_t>(std::countr_zero(partial_))];
  }
  if (lists_[kEmpty] != kNone) return lists_[kEmpty];
  return lists_[kReleased] != kNone ? MapReleased() : MapUnused();
}

uint32_t Arenas::MapReleased() {
  const uint32_t arena = lists_[kReleased];
  MoveTo(kEmpty, arena);
  ++mapped_;
  return arena;
}

uint32_t Arenas::MapUnused() {
  const uint32_t arena = first_unused_;
  if (arena == arenas_.size() ||
      !reservation_.Commit(Address(arena), kArenaBytes)) {
    return kNone;
  }
  ++first_unused_;
  ++mapped_;
  arenas_[arena].free_pools = kAllFree;
  List(kEmpty, arena);
  return arena;
}

void Arenas::ReleaseOrKeep(uint32_t arena) {
  if (empty_ < kSpareArenas) {
    MoveTo(kEmpty, arena);
    return;
  }
  reservation_.Release(Address(arena), kArenaBytes);
  ++released_;
  MoveTo(kReleased, arena);
}

void Arenas::MoveTo(uint32_t list, uint32_t arena) {
  Unlist(arena);
  List(list, arena);
}

// Full arenas are in a list too, which nobody asks for.
void Arenas::List(uint32_t list, uint32_t arena) {
  const uint32_t next = lists_[list];
  Arena& listed = arenas_[arena];
  listed.list = list;
  listed.next = next;
  listed.previous = kNone;
  if (next != kNone) arenas_[next].previous = arena;
  lists_[list] = arena;
  if (list > 0 && list < kEmpty) partial_ |= uint64_t{1} << list;
  empty_ += list == kEmpty;
}

void Arenas::Unlist(uint32_t arena) {
  const Arena& listed = arenas_[arena];
  empty_ -= listed.list == kEmpty;
  if (listed.next != kNone) arenas_[listed.next].previous = listed.previous;
  if (listed.previous != kNone) {
    arenas_[listed.previous].next = listed.next;
  } else {
    lists_[listed.list] = listed.next;
    const bool is_empty = listed.next == kNone;
    if (is_empty && listed.list < kEmpty) {
      partial_ &= ~(uint64_t{1} << listed.list);
    }
  }
}

}  // namespace prof2cg
