// The pipeline: inputs → profile → passes → output.
#ifndef PROF2CG_CONVERTER_CONVERT_H_
#define PROF2CG_CONVERTER_CONVERT_H_

#include <string>
#include <vector>

#include "converter/load.h"
#include "converter/writers/writer.h"

namespace prof2cg {

struct ConvertOptions {
  std::vector<std::string> inputs;
  LoadOptions load;
  std::string output;              // "-": stdout
  const Writer* writer = nullptr;  // never null when used
  std::string command;             // the profiled program, where known
};

// Converts; tells on stderr what the output could not hold. Throws Error, and
// then leaves no output.
void Convert(const ConvertOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_CONVERT_H_
