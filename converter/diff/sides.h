// The two sides of a comparison, made alike.
#ifndef PROF2CG_CONVERTER_DIFF_SIDES_H_
#define PROF2CG_CONVERTER_DIFF_SIDES_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "converter/load.h"
#include "graph/compare/checkout_prefixes.h"
#include "graph/compare/normalize_names.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// How the files of a side are read.
struct SideReader {
  std::vector<PathRule> rules;
  LoadOptions load;
  std::string prefix = {};  // that files of functions are without

  Profile Read(const std::string& file) const;
};

// One of a side's profiles.
struct SideProfile {
  std::vector<FunctionId> functions;  // the row in the sum of each of its own
  // The first, what cannot be read again, and what was changed since.
  std::optional<Profile> kept;
};

// Hundreds of profiles need the memory of their union and of one of them: they
// are read once for the sum, and again for each ForEachProfile.
struct Side {
  std::vector<std::string> files;
  SideReader reader;
  Profile sum;                        // of all profiles
  std::vector<SideProfile> profiles;  // as many as files, in their order

  // In this order, with the rows that their functions have in the sum. Throws
  // Error if a file cannot be read again, or has more or fewer functions now.
  void ForEachProfile(
      const std::function<void(const Profile&, const std::vector<FunctionId>&)>&
          visit) const;
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
