// What we ask of Valgrind and tell it. Without its headers there is none.
#ifndef PROF2CG_ALLOCATOR_VALGRIND_H_
#define PROF2CG_ALLOCATOR_VALGRIND_H_

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#include <valgrind/valgrind.h>
#define PROF2CG_HAS_VALGRIND
#endif

#include <cstddef>

namespace prof2cg {

// On both sides of an annotated block: what runs over its end runs into it.
inline constexpr size_t kRedzone = 16;

#ifdef PROF2CG_HAS_VALGRIND

inline bool IsUnderValgrind() { return RUNNING_ON_VALGRIND != 0; }

// A block of malloc's kind, with kRedzone bytes before it and after it.
inline void AnnotateBlock(void* block, size_t size) {
  VALGRIND_MALLOCLIKE_BLOCK(block, size, kRedzone, /*is_zeroed=*/0);
}
inline void AnnotateResize(void* block, size_t from, size_t to) {
  VALGRIND_RESIZEINPLACE_BLOCK(block, from, to, kRedzone);
}
inline void AnnotateFree(void* block) {
  VALGRIND_FREELIKE_BLOCK(block, kRedzone);
}

// Memory nobody may touch; that may be read; that may be written to only.
inline void AnnotateNoAccess(void* begin, size_t bytes) {
  VALGRIND_MAKE_MEM_NOACCESS(begin, bytes);
}
inline void AnnotateDefined(void* begin, size_t bytes) {
  VALGRIND_MAKE_MEM_DEFINED(begin, bytes);
}
inline void AnnotateUndefined(void* begin, size_t bytes) {
  VALGRIND_MAKE_MEM_UNDEFINED(begin, bytes);
}

#else

inline bool IsUnderValgrind() { return false; }
inline void AnnotateBlock(void*, size_t) {}
inline void AnnotateResize(void*, size_t, size_t) {}
inline void AnnotateFree(void*) {}
inline void AnnotateNoAccess(void*, size_t) {}
inline void AnnotateDefined(void*, size_t) {}
inline void AnnotateUndefined(void*, size_t) {}

#endif

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_VALGRIND_H_
