// The reader of callgrind files, for its tests.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_H_

#include "converter/readers/reader.h"

namespace prof2cg {

extern const Reader kCallgrindReader;

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_H_
