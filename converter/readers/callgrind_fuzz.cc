// Fuzzes the callgrind reader: whatever the bytes, either a sound Profile comes
// out or an Error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "converter/readers/callgrind.h"
#include "graph/error.h"
#include "graph/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  prof2cg::kCallgrindReader.sniff(bytes);
  try {
    const prof2cg::Profile profile = prof2cg::kCallgrindReader.read(bytes);
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
  return 0;
}
