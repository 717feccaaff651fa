// Which requests share blocks of one size.
#ifndef PROF2CG_ALLOCATOR_SIZE_CLASSES_H_
#define PROF2CG_ALLOCATOR_SIZE_CLASSES_H_

#include <cstddef>

namespace prof2cg {

//   class     0     1     2    …    31
//   requests  0–16  17–32 33–48  …  497–512   bytes
//   blocks    16    32    48     …  512       bytes
//
// Python's own limits (Objects/obmalloc.c): steps of 16 bytes, because that is
// the alignment all objects have, and nine of ten of them are below 512.
inline constexpr size_t kBlockAlignment = 16;
inline constexpr size_t kSizeClasses = 32;
inline constexpr size_t kLargestSmall = kSizeClasses * kBlockAlignment;

// Of a request of 0 to kLargestSmall bytes. Nothing still takes a block, so
// that its address is its own.
constexpr size_t ClassOf(size_t size) {
  return (size - (size != 0)) / kBlockAlignment;
}

constexpr size_t BlockBytes(size_t size_class) {
  return (size_class + 1) * kBlockAlignment;
}

static_assert(ClassOf(0) == 0 && ClassOf(1) == 0 && ClassOf(16) == 0);
static_assert(ClassOf(17) == 1 && ClassOf(kLargestSmall) == kSizeClasses - 1);
static_assert(BlockBytes(kSizeClasses - 1) == kLargestSmall);

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_SIZE_CLASSES_H_
