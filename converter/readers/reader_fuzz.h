// Fuzzes a reader: whatever the bytes, either a sound Profile comes out or an
// Error.
#ifndef PROF2CG_CONVERTER_READERS_READER_FUZZ_H_
#define PROF2CG_CONVERTER_READERS_READER_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace prof2cg {

// By the reader of that name. Gives 0, as libFuzzer wants it.
int FuzzReader(std::string_view name, const uint8_t* data, size_t size);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_READER_FUZZ_H_
