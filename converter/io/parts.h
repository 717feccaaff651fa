// Text made in parts, several at a time.
#ifndef PROF2CG_CONVERTER_IO_PARTS_H_
#define PROF2CG_CONVERTER_IO_PARTS_H_

#include <cstddef>
#include <functional>

#include "converter/io/text_sink.h"

namespace prof2cg {

// Sends the parts 0, 1, ... to `out`, in order. `write(part, sink)` writes one;
// it is called by as many threads as there are processors, up to four, so that
// as many parts less one lie in memory. Throws what it throws.
void WriteParts(size_t parts, TextSink& out,
                const std::function<void(size_t part, TextSink& sink)>& write);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_PARTS_H_
