// gzip, RFC 1952.
#ifndef PROF2CG_CONVERTER_IO_INFLATE_H_
#define PROF2CG_CONVERTER_IO_INFLATE_H_

#include <cstddef>
#include <string_view>

#include "converter/io/pages.h"

namespace prof2cg {

// Whether `bytes` begin as a gzip file does: its magic and "deflate".
bool IsGzip(std::string_view bytes);

// The most that a gzip file of `compressed_bytes` may hold: enough for any
// profile, too little for a file that was made to fill the memory.
size_t InflatedLimit(size_t compressed_bytes);

// All members of a gzip file, one after the other; zeros may follow, as tapes
// pad with them. Throws Error, with the offset in `compressed`, if the data are
// damaged, end early or hold more than `limit` bytes.
Pages Inflate(std::string_view compressed, size_t limit);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_INFLATE_H_
