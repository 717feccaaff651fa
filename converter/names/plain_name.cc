#include "converter/names/plain_name.h"

#include "graph/passes/name_separated.h"

namespace prof2cg {

std::string PlainName(std::string_view name) {
  // CPython Modules/_lsprof.c, normalizeUserObj.
  constexpr std::string_view kMethod = "<method '";
  constexpr std::string_view kOf = "' of '";
  constexpr std::string_view kObjects = "' objects>";
  constexpr std::string_view kBuiltIn = "<built-in method ";
  if (name.starts_with(kMethod) && name.ends_with(kObjects)) {
    const std::string_view both = name.substr(
        kMethod.size(), name.size() - kMethod.size() - kObjects.size());
    if (const size_t of = both.find(kOf); of != both.npos) {
      std::string plain(both.substr(of + kOf.size()));
      plain += '.';
      plain += both.substr(0, of);
      return plain;
    }
  }
  if (name.starts_with(kBuiltIn) && name.ends_with('>')) {
    name.remove_prefix(kBuiltIn.size());
    name.remove_suffix(1);
  }
  return std::string(name);
}

std::string PlainName(const Profile& profile, FunctionId function) {
  std::string name = PlainName(profile.strings[profile.Base(function).name]);
  if (profile.separation) {
    name +=
        ContextText(*profile.separation, profile.strings, function,
                    [](std::string_view caller) { return PlainName(caller); });
  }
  return name;
}

}  // namespace prof2cg
