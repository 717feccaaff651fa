// Fuzzes the marshal cursor and the pstats reader: whatever the bytes, either a
// sound Profile comes out or an Error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "converter/readers/marshal.h"
#include "converter/readers/pstats.h"
#include "graph/error.h"
#include "graph/profile.h"

namespace {

void SkipWhole(std::string_view bytes) {
  try {
    prof2cg::marshal::MarshalCursor cursor(bytes);
    cursor.Skip(cursor.Next());
  } catch (const prof2cg::Error&) {
    // Malformed, and said so.
  }
}

void ReadStats(std::string_view bytes) {
  try {
    const prof2cg::Profile profile = prof2cg::kPstats.read(bytes);
    const std::string violation = profile.Check();
    if (!violation.empty()) {
      std::fprintf(stderr, "%s\n", violation.c_str());
      std::abort();
    }
    FindContradictions(profile);
    Summarize(profile);
  } catch (const prof2cg::Error&) {
    // Malformed, and said so.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  SkipWhole(bytes);
  ReadStats(bytes);
  return 0;
}
