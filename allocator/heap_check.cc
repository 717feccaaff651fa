#include "allocator/heap_check.h"

#include <algorithm>
#include <bit>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace prof2cg {

// Of an arena's number of free pools four things know: its word, its list, the
// word of lists, and its pools.
std::string_view Arenas::Check() const {
  size_t listed = 0;
  size_t empty = 0;
  for (uint32_t list = 0; list < lists_.size(); ++list) {
    uint32_t previous = kNone;
    for (uint32_t i = lists_[list]; i != kNone; i = arenas_[i].next) {
      if (++listed > first_unused_) return "a list of arenas has no end";
      const Arena& arena = arenas_[i];
      if (arena.list != list || arena.previous != previous) {
        return "an arena is linked wrongly";
      }
      const auto free = static_cast<uint32_t>(std::popcount(arena.free_pools));
      if (free != (list == kReleased ? kPoolsPerArena : list)) {
        return "an arena is in the list of another number of free pools";
      }
      empty += list == kPoolsPerArena;
      if (arena.kept > kPoolsPerArena - free) {
        return "an arena has kept more pools than it has";
      }
      previous = i;
    }
    const bool is_partial = list > 0 && list < kPoolsPerArena;
    const bool is_noted = is_partial && (partial_ >> list & 1) != 0;
    if (is_noted != (is_partial && lists_[list] != kNone)) {
      return "the word of lists of arenas is wrong";
    }
  }
  if (empty != empty_) return "empty arenas are miscounted";
  return listed == first_unused_ ? "" : "an arena is in no list";
}

std::string_view Pool::Check() const {
  if (size_class_ >= kSizeClasses || block_bytes_ != BlockBytes(size_class_)) {
    return "a pool has no size class";
  }
  const size_t end = size_t{first_} + capacity_;
  if (reinterpret_cast<const char*>(tags_ + end) > BlockAt(first_) ||
      end * block_bytes_ > kPoolBytes) {
    return "a pool's tags and blocks overlap";
  }
  if (used_ > listed_ || listed_ > capacity_) {
    return "a pool has more blocks than it can";
  }
  if (FreeBlocks().count() != listed_ - used_) {
    return "a free list is broken: a block was written to after its free, or "
           "freed twice";
  }
  std::string_view violation;
  ForEachUsed([&](BlockTag tag) {
    if (tag.size() > block_bytes_) violation = "a block's tag is damaged";
  });
  return violation;
}

std::string_view SmallBlocks::Check() const {
  std::string_view violation;
  size_t available = 0;
  size_t kept = 0;
  ForEachPool([&](const Pool& pool) {
    if (!violation.empty()) return;
    violation = pool.Check();
    if (!violation.empty()) return;
    const bool is_kept = kept_[pool.size_class()] == &pool;
    kept += is_kept;
    available += pool.is_available;
    if (is_kept != (pool.used() == 0)) {
      violation = "an empty pool is not given back, or one in use is";
    } else if (is_kept && pool.is_available) {
      violation = "a kept pool is in the list of its class";
    } else if (!is_kept && pool.has_free() && !pool.is_available) {
      violation = "a pool with free blocks is not in the list of its class";
    }
  });
  if (!violation.empty()) return violation;
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    if (kept_[size_class] != nullptr && kept-- == 0) {
      return "a kept pool is not handed out";
    }
    const Pool* previous = nullptr;
    for (const Pool* pool = available_[size_class]; pool != &no_pool_;
         pool = pool->next) {
      if (available-- == 0 || !pool->is_available ||
          pool->size_class() != size_class || pool->previous != previous) {
        return "a pool is linked wrongly";
      }
      previous = pool;
    }
  }
  return available == 0 ? "" : "a pool is in no list";
}

std::string_view LargeBlocks::Check() const {
  size_t count = 0;
  for (size_t i = 0; i < slots_.size(); ++i) {
    const uintptr_t hidden = slots_[i].hidden_address;
    if (hidden == 0) continue;
    ++count;
    if (SlotOf(hidden) != i) return "a large block is not found where it is";
  }
  return count == count_ ? "" : "large blocks are miscounted";
}

namespace {

struct Amount {
  int64_t blocks = 0;
  int64_t bytes = 0;

  void Add(int64_t more_blocks, int64_t more_bytes) {
    blocks += more_blocks;
    bytes += more_bytes;
  }
  friend bool operator==(const Amount&, const Amount&) = default;
};

// What each owner has, from the tags; the last is all who cannot be.
std::vector<Amount> HeldByOwner(const Heap& heap) {
  const Owner end = heap.owners().max_owners();
  std::vector<Amount> held(end + size_t{1});
  const auto add = [&](Owner owner, size_t size) {
    held[std::min(owner, end)].Add(1, static_cast<int64_t>(size));
  };
  heap.small().ForEachPool([&](const Pool& pool) {
    pool.ForEachUsed([&](BlockTag tag) { add(tag.owner(), tag.size()); });
  });
  heap.large().ForEach(
      [&](const LargeBlocks::Block& block) { add(block.owner, block.size); });
  return held;
}

std::string CheckOwners(const Heap& heap) {
  const std::vector<Amount> held = HeldByOwner(heap);
  if (held.back().blocks != 0) return "a block has an owner that there is not";
  Amount all_flow, all_live, recorded_live, peak;
  for (Owner owner = 0; owner < heap.owners().max_owners(); ++owner) {
    const OwnerCounters counters = heap.Counters(owner);
    const Amount live{counters.live_blocks, counters.live_bytes};
    const Amount flow{counters.alloc_blocks - counters.freed_blocks,
                      counters.alloc_bytes - counters.freed_bytes};
    if (live != held[owner]) {
      return "owner " + std::to_string(owner) + " has " +
             std::to_string(held[owner].blocks) + " blocks of " +
             std::to_string(held[owner].bytes) + " bytes, not " +
             std::to_string(live.blocks) + " of " + std::to_string(live.bytes);
    }
    if (owner == kObserver) {
      if (flow != live) return "the observer's flow is not what is live";
      continue;
    }
    all_flow.Add(flow.blocks, flow.bytes);
    all_live.Add(live.blocks, live.bytes);
    if (owner < kFirstOwner) continue;
    recorded_live.Add(live.blocks, live.bytes);
    peak.Add(counters.peak_blocks, counters.peak_bytes);
  }
  if (all_flow != all_live) return "all flow together is not what is live";
  const LiveTotals totals = heap.Totals();
  if (recorded_live.bytes != totals.live_bytes) return "live is not its sum";
  if (peak.bytes != totals.peak_bytes) return "the peak is not its sum";
  return "";
}

}  // namespace

std::string CheckHeap(const Heap& heap) {
  if (!heap.is_open()) return "";
  if (heap.has_arenas()) {
    if (const auto arenas = heap.small().arenas().Check(); !arenas.empty()) {
      return std::string(arenas);
    }
    if (const auto small = heap.small().Check(); !small.empty()) {
      return std::string(small);
    }
  }
  if (const auto large = heap.large().Check(); !large.empty()) {
    return std::string(large);
  }
  bool is_apart = true;
  heap.large().ForEach([&](const LargeBlocks::Block& block) {
    is_apart &= !heap.Contains(reinterpret_cast<void*>(block.address()));
  });
  return is_apart ? CheckOwners(heap) : "a large block lies in an arena";
}

}  // namespace prof2cg
