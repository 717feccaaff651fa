// The two sides of a comparison, made alike.
#ifndef PROF2CG_CONVERTER_DIFF_SIDES_H_
#define PROF2CG_CONVERTER_DIFF_SIDES_H_

#include <string>
#include <vector>

#include "converter/load.h"
#include "graph/compare/checkout_prefixes.h"
#include "graph/compare/normalize_names.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// One of a side's profiles.
struct SideProfile {
  Profile profile;
  std::vector<FunctionId> functions;  // the row in the sum of each of its own
};

struct Side {
  std::vector<std::string> files;
  Profile sum;                        // of all profiles
  std::vector<SideProfile> profiles;  // as many as files, in their order
};

struct Sides {
  Side base;
  Side current;
  CheckoutPrefixes prefixes;  // that were left out of files
};

// Reads the files of both sides and gives functions the names that they have in
// common (graph/compare/normalize_names.h). Throws Error that names the file.
Sides LoadSides(const std::vector<std::string>& base,
                const std::vector<std::string>& current,
                const std::vector<PathRule>& rules, const LoadOptions& load);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_SIDES_H_
