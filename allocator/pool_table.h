// What is known of each pool, by address.
#ifndef PROF2CG_ALLOCATOR_POOL_TABLE_H_
#define PROF2CG_ALLOCATOR_POOL_TABLE_H_

#include <cstddef>
#include <cstdint>

#include "allocator/arena.h"
#include "allocator/mapped_table.h"
#include "allocator/pool.h"
#include "allocator/reservation.h"

namespace prof2cg {

// A row for each 16 KiB of the reservation: two shifts and an addition lead
// from a block to it. An arena's rows fill a page, which is used once the arena
// is.
class PoolTable {
 public:
  constexpr PoolTable() = default;

  // False if there is no room.
  bool Open(const Reservation& reservation) {
    if (!rows_.Open(reservation.bytes() / kPoolBytes)) return false;
    row_of_null_ = reinterpret_cast<uintptr_t>(&rows_[0]) -
                   reservation.base() / kPoolBytes * sizeof(Pool);
    return true;
  }
  void Close() { rows_.Close(); }

  // Of an address in the reservation.
  Pool& Of(const void* address) const {
    const uintptr_t pool = reinterpret_cast<uintptr_t>(address) / kPoolBytes;
    return *reinterpret_cast<Pool*>(row_of_null_ + pool * sizeof(Pool));
  }

 private:
  MappedTable<Pool> rows_;
  uintptr_t row_of_null_ = 0;  // as if the reservation began at address 0
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_POOL_TABLE_H_
