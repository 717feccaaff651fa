#include "converter/readers/reader_fuzz.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "converter/readers/reader.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

void Require(const std::string& violation) {
  if (violation.empty()) return;
  std::fprintf(stderr, "%s\n", violation.c_str());
  std::abort();
}

}  // namespace

int FuzzReader(std::string_view name, const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Reader& reader = *FindReader(name);
  reader.sniff(bytes.substr(0, kHeadBytes));
  try {
    Profile profile = reader.read(bytes);
    Require(profile.Check());
    if (profile.contexts) FoldContexts(profile);
    Require(profile.Check());
    FindContradictions(profile);
    Summarize(profile);
  } catch (const Error&) {
    // Malformed, and said so.
  }
  return 0;
}

}  // namespace prof2cg
