// Fuzzes the part of recordings that Python does not read. What is fuzzed is
// its dict with columns that are not packed, so that a fuzzer gets behind
// checksums: whatever the bytes, a sound Profile comes out, which is written
// and read again as it was, or an Error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <string>
#include <string_view>

#include "converter/io/column.h"
#include "converter/readers/pstats.h"
#include "converter/readers/recording.h"
#include "converter/readers/recording_parts.h"
#include "converter/recordings.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile.h"

namespace {

using namespace prof2cg;

void Require(bool is_true, const std::string& violation) {
  if (is_true) return;
  std::fprintf(stderr, "%s\n", violation.c_str());
  std::abort();
}

// Packs all columns of `parts`; the bytes lie in `packed`.
void Pack(RecordingParts& parts, std::list<std::string>& packed) {
  for (auto& [name, table] : parts.tables) {
    for (auto& [key, columns] : table.columns) {
      for (RecordedColumn& column : columns) {
        packed.push_back(PackBytes(column.bytes).bytes);
        column.bytes = packed.back();
      }
    }
  }
}

void CheckRoundTrip(Profile profile) {
  Require(profile.Check().empty(), profile.Check());
  if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
  const std::string written = Recording(profile);
  const Profile read = kPstats.read(written);
  Require(read.Check().empty(), read.Check());
  Require(read.provenance == profile.provenance, "other provenance");
  Require(Recording(read) == written, "read again, it is another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMostBytes = size_t{8} << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    RecordingParts parts = TakeApart(bytes, 0);
    std::list<std::string> packed;
    Pack(parts, packed);
    CheckRoundTrip(PutTogether(std::move(parts), kMostBytes));
  } catch (const Error&) {
    // Malformed, and said so.
  }
  return 0;
}
