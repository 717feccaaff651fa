// What is known of blocks that others handed out: size and owner, by address.
#ifndef PROF2CG_ALLOCATOR_LARGE_BLOCKS_H_
#define PROF2CG_ALLOCATOR_LARGE_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "allocator/mapped_table.h"
#include "allocator/owners.h"

namespace prof2cg {

// A hash table with open addressing and linear probing, between an eighth and a
// half full (but for the smallest), in memory of its own. Nothing is marked
// deleted: what follows moves up. All operations are O(1) on average.
class LargeBlocks {
 public:
  struct Block {
    // The address with all bits inverted, 0 in an empty slot: a leak checker
    // should not take this table for what still knows the block.
    uintptr_t hidden_address;
    size_t size;
    Owner owner;

    uintptr_t address() const { return ~hidden_address; }
  };

  constexpr LargeBlocks() = default;

  // False if there is no room.
  bool Open() { return slots_.Open(kFewestSlots); }
  void Close();

  // A block that is not in the table. False if there is no room.
  bool Add(const void* block, size_t size, Owner owner);
  // Null if it is not in the table. Valid until the next Add or Remove.
  Block* Find(const void* block);
  void Remove(Block* block);
  // The block has changed, and may have moved.
  void Replace(Block* block, const void* moved, size_t size, Owner owner);

  size_t count() const { return count_; }
  size_t slots() const { return slots_.size(); }

  // Calls visit(Block&) for all, in no order.
  template <class Visit>
  void ForEach(Visit visit) {
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].hidden_address != 0) visit(slots_[i]);
    }
  }
  template <class Visit>
  void ForEach(Visit visit) const {
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].hidden_address != 0) visit(slots_[i]);
    }
  }

  // The first violation of what the table rests on, or "" (heap_check.h).
  std::string_view Check() const;

 private:
  static constexpr size_t kFewestSlots = 1024;

  size_t FirstSlot(uintptr_t hidden_address) const;
  size_t Next(size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  // Where the address is, or the empty slot where it belongs.
  size_t SlotOf(uintptr_t hidden_address) const;
  void Put(const void* block, size_t size, Owner owner);
  void Erase(Block* block);
  bool Resize(size_t slots);

  MappedTable<Block> slots_;  // a power of two of them
  size_t count_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_LARGE_BLOCKS_H_
