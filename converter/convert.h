// The pipeline behind the readers: profile → passes → output.
#ifndef PROF2CG_CONVERTER_CONVERT_H_
#define PROF2CG_CONVERTER_CONVERT_H_

#include <string>
#include <vector>

#include "converter/picture/compare.h"
#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "converter/writers/writer.h"
#include "graph/profile.h"

namespace prof2cg {

struct ConvertOptions {
  std::vector<std::string> inputs;  // files that must not be overwritten
  std::string output;               // "-": stdout
  const Writer* writer = nullptr;   // never null when used
  std::string event;                // for writers that hold one; "": the first
  PictureOptions picture;           // for writers that draw
  bool separate_threads = false;    // for those that can
};

// Writes the profile; tells on stderr what the output could not hold. Throws
// Error, and then leaves no output.
void Convert(Profile profile, const ConvertOptions& options);

// Draws what differs between two profiles. The same otherwise.
void Compare(Profile first, Profile second, const CompareOptions& comparison,
             const ConvertOptions& options);

// The functions that would be drawn, ",\n" between them: "id:\tname" of all for
// "+" or "*", else the names that match the glob `select`, with all that their
// labels tell if it starts with a %.
std::string ListFunctions(Profile profile, const PictureOptions& options,
                          std::string_view select);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_CONVERT_H_
