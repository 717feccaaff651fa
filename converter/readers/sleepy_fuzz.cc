#include <algorithm>
#include <string>

#include "converter/io/zip_writer.h"
#include "converter/readers/reader_fuzz.h"

// What begins with "zip" is the members of an archive, a zero between them:
// nobody finds out their checksums by chance.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (!bytes.starts_with("zip")) {
    return prof2cg::FuzzReader("sleepy", data, size);
  }
  const size_t zero = std::min(bytes.find('\0'), size);
  const std::string archive = prof2cg::Zip(
      {{"Symbols.txt", bytes.substr(3, zero - 3), false},
       {"Callstacks.txt", bytes.substr(std::min(zero + 1, size)), false}});
  return prof2cg::FuzzReader("sleepy",
                             reinterpret_cast<const uint8_t*>(archive.data()),
                             archive.size());
}
