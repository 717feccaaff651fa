// One range of addresses for all arenas.
#ifndef PROF2CG_ALLOCATOR_RESERVATION_H_
#define PROF2CG_ALLOCATOR_RESERVATION_H_

#include <cstddef>
#include <cstdint>

namespace prof2cg {

// Whether a block is ours is one compare, because all of ours lie in one range:
// nothing is read, so nothing of others' memory is, and no table is kept.
// (Python's own allocator asks a radix tree, because it cannot reserve; that is
// as fast while its tables are in the cache. On 32 bits there is no room for a
// range: there a bitmap of arenas would do.)
class Reservation {
 public:
  constexpr Reservation() = default;

  // Reserves most_bytes, or a quarter of it and so on down to 1 GiB: Valgrind
  // has less address space to give, ulimit -v may have. `unit` is a power of
  // two: the range begins at a multiple of it and is one long. False if there
  // is no room for that, or less than a unit is asked for.
  bool Open(size_t most_bytes, size_t unit);
  void Close();
  bool is_open() const { return bytes_ != 0; }

  // Of any pointer.
  bool Contains(const void* address) const {
    return reinterpret_cast<uintptr_t>(address) - base_ < bytes_;
  }

  uintptr_t base() const { return base_; }
  size_t bytes() const { return bytes_; }

  // Makes a part usable: zeros until written to. Only now does it count as the
  // process's memory and belong to its core files.
  bool Commit(uintptr_t address, size_t bytes);
  // Gives the part's memory back; it reads as zeros and is still usable.
  void Release(uintptr_t address, size_t bytes);

 private:
  bool Reserve(size_t bytes, size_t unit);

  uintptr_t base_ = 0;
  size_t bytes_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RESERVATION_H_
