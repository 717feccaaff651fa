// What an input format is, and the table of those that we know.
#ifndef PROF2CG_CONVERTER_READERS_READER_H_
#define PROF2CG_CONVERTER_READERS_READER_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "graph/profile.h"

namespace prof2cg {

// How much of an input tells its format.
inline constexpr size_t kHeadBytes = 4096;

struct Reader {
  std::string_view name;         // for -f
  std::string_view description;  // one line for --help
  // Whether the input is of this format, from its first kHeadBytes: cheap
  // and strict, since once it says yes no other reader is asked.
  bool (*sniff)(std::string_view head);
  // The profile in `bytes`, inflated. Throws Error where they are malformed;
  // what can be read is read, and oddities are counted in the provenance.
  Profile (*read)(std::string_view bytes);
};

// All readers, in the order of detection: the strictest first.
std::span<const Reader* const> Readers();

// The reader of that name, or null.
const Reader* FindReader(std::string_view name);

// The reader of what `bytes` look like. Throws Error if none is known.
const Reader& DetectReader(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_READER_H_
