#include "converter/diff/sides.h"

#include <cstddef>
#include <filesystem>
#include <system_error>
#include <utility>

#include "graph/error.h"
#include "graph/passes/merge.h"

namespace prof2cg {
namespace {

// Not so of standard input and pipes.
bool CanBeReadAgain(const std::string& file) {
  std::error_code error;
  return file != "-" && std::filesystem::is_regular_file(file, error);
}

std::vector<FunctionId> AddTo(Merger& merger, const Profile& profile,
                              const std::string& file) {
  try {
    return merger.Add(profile);
  } catch (const Error& error) {
    throw error.In(file);
  }
}

// `first` is the first file's, without the prefix already.
Side LoadSide(const std::vector<std::string>& files, SideReader reader,
              Profile first) {
  Side side{files, std::move(reader), {}, {}};
  Merger merger;
  for (const std::string& file : files) {
    const bool is_first = side.profiles.empty();
    Profile profile = is_first ? std::move(first) : side.reader.Read(file);
    SideProfile& added = side.profiles.emplace_back();
    added.functions = AddTo(merger, profile, file);
    if (is_first || !CanBeReadAgain(file)) added.kept = std::move(profile);
  }
  side.sum = std::move(merger).Merge();
  // Whatever is odd has been told.
  side.reader.load.warns = false;
  return side;
}

}  // namespace

Profile SideReader::Read(const std::string& file) const {
  Profile profile = NormalizeNames(Load({file}, load), rules);
  return prefix.empty() ? std::move(profile)
                        : DropPrefix(std::move(profile), prefix);
}

void Side::ForEachProfile(
    const std::function<void(const Profile&, const std::vector<FunctionId>&)>&
        visit) const {
  for (size_t i = 0; i < files.size(); ++i) {
    const auto& [functions, kept] = profiles[i];
    if (kept) {
      visit(*kept, functions);
      continue;
    }
    const Profile profile = reader.Read(files[i]);
    if (profile.functions.size() != functions.size()) {
      throw Error("changed while it was compared").In(files[i]);
    }
    visit(profile, functions);
  }
}

Sides LoadSides(const std::vector<std::string>& base,
                const std::vector<std::string>& current,
                const std::vector<PathRule>& rules, const LoadOptions& load) {
  const SideReader reader{rules, load};
  Profile of_base = reader.Read(base.front());
  Profile of_current = reader.Read(current.front());
  // The first of each side tells in which folders they ran.
  CheckoutPrefixes prefixes = FindCheckoutPrefixes(of_base, of_current);
  const auto load_side = [&](const std::vector<std::string>& files,
                             const std::string& prefix, Profile first) {
    if (!prefix.empty()) first = DropPrefix(std::move(first), prefix);
    return LoadSide(files, {rules, load, prefix}, std::move(first));
  };
  return {load_side(base, prefixes.base, std::move(of_base)),
          load_side(current, prefixes.current, std::move(of_current)),
          std::move(prefixes)};
}

}  // namespace prof2cg
