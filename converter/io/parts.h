// Text made in parts, several at a time.
#ifndef PROF2CG_CONVERTER_IO_PARTS_H_
#define PROF2CG_CONVERTER_IO_PARTS_H_

#include <cstddef>
#include <functional>

#include "converter/io/text_sink.h"

namespace prof2cg {

// Sends the parts 0, 1, ... to `out`, in order. `write(part, sink)` writes one;
// it is called by as many threads as there are processors, up to four, and so
// is `out`, by one at a time. A few parts lie in memory. Throws what either
// throws.
void WriteParts(size_t parts, TextSink& out,
                const std::function<void(size_t part, TextSink& sink)>& write);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_PARTS_H_
