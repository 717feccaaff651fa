// Recordings in memory, for tests.
#ifndef PROF2CG_CONVERTER_RECORDINGS_H_
#define PROF2CG_CONVERTER_RECORDINGS_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "converter/io/recording_format.h"
#include "converter/io/text_buffer.h"
#include "converter/writers/pstats.h"
#include "graph/profile.h"

namespace prof2cg {

inline std::string Recording(const Profile& profile) {
  TextBuffer out;
  WritePstats(profile, out);
  return std::string(out.text());
}

// Where the part begins that Python does not read.
inline size_t EndOfDump(std::string_view recording) {
  const size_t end = recording.size() - recording::kTrailerBytes;
  uint64_t bytes;
  std::memcpy(&bytes, recording.data() + end, sizeof bytes);
  return end - bytes;
}

// What Python reads of it.
inline std::string DumpOf(const Profile& profile) {
  const std::string recording = Recording(profile);
  return recording.substr(0, EndOfDump(recording));
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_RECORDINGS_H_
