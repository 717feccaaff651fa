#include "graph/row_index.h"

#include <bit>
#include <utility>

namespace prof2cg {

void RowIndex::Resize(size_t slots) {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
  shift_ = 32 - std::countr_zero(slots);
  for (const Slot& slot : old) {
    if (slot.row == kNoRow) continue;
    size_t i = FirstSlot(slot.tag);
    while (slots_[i].row != kNoRow) i = Next(i);
    slots_[i] = slot;
  }
}

}  // namespace prof2cg
