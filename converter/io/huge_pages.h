// Pages that cost one fault where small ones cost hundreds.
#ifndef PROF2CG_CONVERTER_IO_HUGE_PAGES_H_
#define PROF2CG_CONVERTER_IO_HUGE_PAGES_H_

#include <cstddef>

namespace prof2cg {

// On x86-64, and elsewhere with small pages of 4 KiB.
inline constexpr size_t kHugePageBytes = size_t{1} << 21;

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_HUGE_PAGES_H_
