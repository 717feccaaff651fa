#include "converter/readers/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return prof2cg::FuzzReader("sysprof", data, size);
}
