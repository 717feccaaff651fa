#include "converter/diff/sides.h"

#include <utility>

#include "graph/error.h"
#include "graph/passes/merge.h"

namespace prof2cg {
namespace {

using Profiles = std::vector<Profile>;

Profiles LoadEach(const std::vector<std::string>& files,
                  const std::vector<PathRule>& rules, const LoadOptions& load) {
  Profiles profiles;
  for (const std::string& file : files) {
    profiles.push_back(NormalizeNames(Load({file}, load), rules));
  }
  return profiles;
}

Side MakeSide(const std::vector<std::string>& files, Profiles profiles) {
  Side side{files, {}, {}};
  Merger merger;
  for (size_t i = 0; i < files.size(); ++i) {
    Profile& profile = profiles[i];
    try {
      std::vector<FunctionId> functions = merger.Add(profile);
      side.profiles.push_back({std::move(profile), std::move(functions)});
    } catch (const Error& error) {
      throw error.In(files[i]);
    }
  }
  side.sum = std::move(merger).Merge();
  return side;
}

void DropPrefixes(const std::string& prefix, Profiles& profiles) {
  if (prefix.empty()) return;
  for (Profile& profile : profiles) {
    profile = DropPrefix(std::move(profile), prefix);
  }
}

}  // namespace

Sides LoadSides(const std::vector<std::string>& base,
                const std::vector<std::string>& current,
                const std::vector<PathRule>& rules, const LoadOptions& load) {
  Profiles of_base = LoadEach(base, rules, load);
  Profiles of_current = LoadEach(current, rules, load);
  // The first of each side tells in which folders they ran.
  CheckoutPrefixes prefixes =
      FindCheckoutPrefixes(of_base.front(), of_current.front());
  DropPrefixes(prefixes.base, of_base);
  DropPrefixes(prefixes.current, of_current);
  return {MakeSide(base, std::move(of_base)),
          MakeSide(current, std::move(of_current)), std::move(prefixes)};
}

}  // namespace prof2cg
