#include "allocator/small_blocks.h"

#include <utility>

namespace prof2cg {

constinit Pool SmallBlocks::no_pool_;

bool SmallBlocks::Open(size_t reservation_bytes) {
  if (!arenas_.Open(reservation_bytes)) return false;
  if (!pools_.Open(arenas_.reservation())) {
    arenas_.Close();
    return false;
  }
  available_.fill(&no_pool_);
  return true;
}

void SmallBlocks::Close() {
  pools_.Close();
  arenas_.Close();
  *this = SmallBlocks();
}

template <class Links>
bool SmallBlocks::Refill(size_t size) {
  const size_t size_class = ClassOf(size);
  for (;;) {
    Pool* pool = available_[size_class];
    if (pool == &no_pool_) {
      pool = KeptOrNew<Links>(size_class);
      if (pool == nullptr) return false;
      List(pool);
    }
    if (pool->has_free() || pool->Extend<Links>()) return true;
    Unlist(pool);
  }
}

template <class Links>
Pool* SmallBlocks::KeptOrNew(size_t size_class) {
  if (Pool* kept = std::exchange(kept_[size_class], nullptr)) {
    arenas_.Unkeep(kept->memory());
    return kept;
  }
  void* memory = arenas_.TakePool();
  if (memory == nullptr) return nullptr;
  Pool& pool = PoolOf(memory);
  pool = Pool::Format<Links>(memory, size_class);
  return &pool;
}

template bool SmallBlocks::Refill<PlainLinks>(size_t size);
template bool SmallBlocks::Refill<AnnotatedLinks>(size_t size);

void SmallBlocks::Relist(Pool* pool) {
  if (pool->used() == 0) {
    if (pool->is_available) Unlist(pool);
    KeepOrGive(pool);
  } else if (!pool->is_available) {
    List(pool);
  }
}

void SmallBlocks::KeepOrGive(Pool* pool) {
  Pool*& kept = kept_[pool->size_class()];
  if (kept == nullptr) {
    kept = pool;
    arenas_.Keep(pool->memory());
  } else {
    arenas_.GivePool(pool->memory());
  }
  if (arenas_.HasOnlyKept(pool->memory())) GiveKept(pool->memory());
}

// All that are in the arena of `neighbour`.
void SmallBlocks::GiveKept(const void* neighbour) {
  for (Pool*& kept : kept_) {
    if (kept == nullptr) continue;
    void* const memory = kept->memory();
    if (!Arenas::AreInSameArena(memory, neighbour)) continue;
    kept = nullptr;
    arenas_.Unkeep(memory);
    arenas_.GivePool(memory);
  }
}

// Behind the first: what comes back to a full pool waits there for more, while
// the first is used up. Else a pool would be listed for each single block.
void SmallBlocks::List(Pool* pool) {
  Pool*& first = available_[pool->size_class()];
  Pool* const previous = first == &no_pool_ ? nullptr : first;
  Pool*& link = previous == nullptr ? first : previous->next;
  pool->next = link;
  pool->previous = previous;
  pool->is_available = true;
  if (link != &no_pool_) link->previous = pool;
  link = pool;
}

void SmallBlocks::Unlist(Pool* pool) {
  if (pool->next != &no_pool_) pool->next->previous = pool->previous;
  if (pool->previous != nullptr) {
    pool->previous->next = pool->next;
  } else {
    available_[pool->size_class()] = pool->next;
  }
  pool->is_available = false;
}

}  // namespace prof2cg
