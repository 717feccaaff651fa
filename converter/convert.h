// The pipeline behind the readers: profile → passes → output.
#ifndef PROF2CG_CONVERTER_CONVERT_H_
#define PROF2CG_CONVERTER_CONVERT_H_

#include <string>
#include <vector>

#include "converter/writers/writer.h"
#include "graph/profile.h"

namespace prof2cg {

struct ConvertOptions {
  std::vector<std::string> inputs;  // files that must not be overwritten
  std::string output;               // "-": stdout
  const Writer* writer = nullptr;   // never null when used
};

// Writes the profile; tells on stderr what the output could not hold. Throws
// Error, and then leaves no output.
void Convert(const Profile& profile, const ConvertOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_CONVERT_H_
