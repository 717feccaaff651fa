// Whether bytes are a profile of pprof (converter/io/pprof_format.h).
#ifndef PROF2CG_CONVERTER_READERS_PPROF_SNIFF_H_
#define PROF2CG_CONVERTER_READERS_PPROF_SNIFF_H_

#include <string_view>

namespace prof2cg {

// By the shape of its messages, of which there is one at least: nothing else
// may stand in the head of a file, and of the texts only the first, which is
// empty, before them.
bool IsPprof(std::string_view head);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PPROF_SNIFF_H_
