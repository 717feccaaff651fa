// Reads a pstats dump from any cursor over it; see pstats.cc for the format.
#ifndef PROF2CG_CONVERTER_READERS_PSTATS_H_
#define PROF2CG_CONVERTER_READERS_PSTATS_H_

#include <string_view>

#include "converter/readers/reader.h"
#include "graph/profile.h"

namespace prof2cg {

// The reader in the table: decodes the dump itself.
extern const Reader kPstats;

// The same by CPython's own marshal, through the plugin of python_marshal.h.
Profile ReadPstatsWithPython(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PSTATS_H_
