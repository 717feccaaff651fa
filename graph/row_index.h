// Finds the rows of a table by value.
#ifndef PROF2CG_GRAPH_ROW_INDEX_H_
#define PROF2CG_GRAPH_ROW_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace prof2cg {

// An open-addressing hash table of row numbers; the values stay in their table.
// Half of each hash stands beside its row, so neither a miss nor growing looks
// at values. That is what makes it several times as fast as a general hash map
// once tables outgrow the caches.
class RowIndex {
 public:
  RowIndex() { Resize(kSmallest); }

  // The row of hash `hash` for which is_equal(row) is true; if there is none,
  // `new_row`, which is then added. Hashes should be good in all bits.
  template <class IsEqual>
  uint32_t FindOrAdd(uint64_t hash, uint32_t new_row, IsEqual is_equal) {
    if (2 * rows_ >= slots_.size()) Resize(2 * slots_.size());
    const uint32_t tag = TagOf(hash);
    for (size_t i = FirstSlot(tag);; i = Next(i)) {
      Slot& slot = slots_[i];
      if (slot.row == kNoRow) {
        slot = {tag, new_row};
        ++rows_;
        return new_row;
      }
      if (slot.tag == tag && is_equal(slot.row)) return slot.row;
    }
  }

  // The row of hash `hash` for which is_equal(row) is true, or kNoRow.
  template <class IsEqual>
  uint32_t Find(uint64_t hash, IsEqual is_equal) const {
    const uint32_t tag = TagOf(hash);
    for (size_t i = FirstSlot(tag);; i = Next(i)) {
      const Slot& slot = slots_[i];
      if (slot.row == kNoRow || (slot.tag == tag && is_equal(slot.row))) {
        return slot.row;
      }
    }
  }

  // Asks for the memory that FindOrAdd(hash) will need. Inline by force: g++
  // takes a call that only prefetches for one without effect and drops it.
  [[gnu::always_inline]] void Prefetch(uint64_t hash) const {
    __builtin_prefetch(&slots_[FirstSlot(TagOf(hash))]);
  }
  // What FindOrAdd(hash) will look at first: kNoRow or a row, likely the right
  // one, whose value can then be asked for.
  uint32_t Peek(uint64_t hash) const {
    return slots_[FirstSlot(TagOf(hash))].row;
  }

  static constexpr uint32_t kNoRow = UINT32_MAX;

 private:
  static constexpr size_t kSmallest = 16;

  struct Slot {
    uint32_t tag = 0;
    uint32_t row = kNoRow;
  };

  static uint32_t TagOf(uint64_t hash) {
    return static_cast<uint32_t>(hash >> 32);
  }
  // By the tag's upper bits: growing then goes through memory in order.
  size_t FirstSlot(uint32_t tag) const { return tag >> shift_; }
  size_t Next(size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  void Resize(size_t slots);

  std::vector<Slot> slots_;  // a power of two of them
  int shift_ = 0;
  size_t rows_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_ROW_INDEX_H_
