#include "allocator/large_blocks.h"

#include <bit>

namespace prof2cg {

void LargeBlocks::Close() {
  slots_.Close();
  count_ = 0;
}

bool LargeBlocks::Add(const void* block, size_t size, Owner owner) {
  if (2 * (count_ + 1) > slots_.size() && !Resize(2 * slots_.size())) {
    return false;
  }
  Put(block, size, owner);
  return true;
}

LargeBlocks::Block* LargeBlocks::Find(const void* block) {
  Block& slot = slots_[SlotOf(~reinterpret_cast<uintptr_t>(block))];
  return slot.hidden_address == 0 ? nullptr : &slot;
}

void LargeBlocks::Remove(Block* block) {
  Erase(block);
  if (slots_.size() > kFewestSlots && 8 * count_ < slots_.size()) {
    Resize(slots_.size() / 2);  // if there is no room for that, it stays large
  }
}

void LargeBlocks::Replace(Block* block, const void* moved, size_t size,
                          Owner owner) {
  if (block->address() == reinterpret_cast<uintptr_t>(moved)) {
    *block = {block->hidden_address, size, owner};
    return;
  }
  Erase(block);
  Put(moved, size, owner);
}

void LargeBlocks::Put(const void* block, size_t size, Owner owner) {
  const uintptr_t hidden = ~reinterpret_cast<uintptr_t>(block);
  slots_[SlotOf(hidden)] = {hidden, size, owner};
  ++count_;
}

// Knuth, The Art of Computer Programming 3, 6.4, Algorithm R: fills the gap
// with the next block that may stand there, and so on with the gap that this
// leaves.
void LargeBlocks::Erase(Block* block) {
  auto gap = static_cast<size_t>(block - &slots_[0]);
  for (size_t i = Next(gap); slots_[i].hidden_address != 0; i = Next(i)) {
    const size_t distance = slots_.size() - 1;
    const size_t first = FirstSlot(slots_[i].hidden_address);
    if (((i - first) & distance) >= ((i - gap) & distance)) {
      slots_[gap] = slots_[i];
      gap = i;
    }
  }
  slots_[gap] = {};
  --count_;
}

size_t LargeBlocks::FirstSlot(uintptr_t hidden_address) const {
  // Fibonacci hashing: the upper bits of the product depend on all bits.
  const int shift = 64 - std::countr_zero(slots_.size());
  return (hidden_address * 0x9e3779b97f4a7c15u) >> shift;
}

size_t LargeBlocks::SlotOf(uintptr_t hidden_address) const {
  size_t i = FirstSlot(hidden_address);
  while (slots_[i].hidden_address != 0 &&
         slots_[i].hidden_address != hidden_address) {
    i = Next(i);
  }
  return i;
}

bool LargeBlocks::Resize(size_t slots) {
  MappedTable<Block> old = slots_;
  MappedTable<Block> resized;
  if (!resized.Open(slots)) return false;
  slots_ = resized;
  for (size_t i = 0; i < old.size(); ++i) {
    const Block& block = old[i];
    if (block.hidden_address != 0) slots_[SlotOf(block.hidden_address)] = block;
  }
  old.Close();
  return true;
}

}  // namespace prof2cg
