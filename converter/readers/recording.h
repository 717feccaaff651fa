// The whole profile behind the dump of a recording
// (converter/io/recording_format.h).
#ifndef PROF2CG_CONVERTER_READERS_RECORDING_H_
#define PROF2CG_CONVERTER_READERS_RECORDING_H_

#include <cstddef>
#include <string_view>

#include "converter/readers/recording_parts.h"
#include "graph/profile.h"

namespace prof2cg {

// Whether `file` ends as a recording does.
bool EndsAsRecording(std::string_view file);

// Whether a recording begins here, where a dump ended, though it may end early.
bool BeginsAsRecording(std::string_view rest);

// The profile in a file that ends as a recording, its graph folded. Looks at no
// dump. Throws Error, with the offset in the file, where it is not whole, holds
// what no profile does or more than a file of its size may.
Profile ReadRecording(std::string_view file);

// The profile of what TakeApart gave. Throws Error where it is none, or where
// its tables take more than `most_bytes` unpacked.
Profile PutTogether(RecordingParts parts, size_t most_bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_RECORDING_H_
