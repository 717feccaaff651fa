#include "converter/names/choose.h"

#include <algorithm>
#include <string_view>

#include "converter/io/utf8.h"
#include "converter/names/function_name.h"
#include "converter/names/function_pattern.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

bool IsSeparator(char c) { return c == '/' || c == '\\'; }

// Whether `path` stands in `file` from a folder on, and whole folders of it, or
// all but the extension. With a separator at its end it is whole as it is.
bool HasFolders(std::string_view file, std::string_view path) {
  if (path.empty()) return false;
  for (size_t at = file.find(path); at != file.npos;
       at = file.find(path, at + 1)) {
    const size_t end = at + path.size();
    const bool begins = at == 0 || IsSeparator(file[at - 1]);
    const bool ends = end == file.size() || IsSeparator(file[end]) ||
                      file[end] == '.' || IsSeparator(path.back());
    if (begins && ends) return true;
  }
  return false;
}

// "json" and "json.decoder" are of the package json.
bool IsOfPackage(std::string_view object, std::string_view package) {
  return object.starts_with(package) &&
         (object.size() == package.size() || object[package.size()] == '.');
}

bool IsOfPath(std::string_view file, std::string_view object,
              std::string_view module, std::string_view path) {
  return file.starts_with(path) || HasFolders(file, path) ||
         IsOfPackage(object, path) || module.find(path) != module.npos;
}

}  // namespace

EventId ChooseEvent(const Profile& profile, const std::string& name) {
  if (name.empty()) return EventId(0);
  if (const auto found = profile.events.Find(name)) return *found;
  std::string known;
  for (const Event& event : profile.events) {
    known += (known.empty() ? "" : ", ") + Printable(event.name);
  }
  throw Error("no event \"" + Printable(name) +
              "\" in this profile; it has: " + known);
}

std::vector<FunctionId> ChooseFunctions(const Profile& profile,
                                        const std::string& pattern) {
  std::vector<FunctionId> found;
  const auto matches = [&](const Function& row) {
    return MatchesGlob(NameFunction(profile, row).name, pattern);
  };
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    const FunctionId function(row);
    if (matches(profile.functions[row]) ||
        (profile.separation && matches(profile.Base(function)))) {
      found.push_back(function);
    }
  }
  if (found.empty()) found = FunctionPattern(pattern).Find(profile);
  if (!found.empty()) return found;
  throw Error("no function matches \"" + Printable(pattern) + "\"");
}

std::vector<bool> ChooseByPath(const Profile& profile,
                               const std::vector<std::string>& paths) {
  std::vector<bool> chosen(profile.functions.size());
  for (size_t row = 0; row < chosen.size(); ++row) {
    const FunctionId function(row);
    const std::string_view file = profile.File(function);
    const std::string_view object =
        profile.strings[profile.functions[row].object];
    const std::string_view module = NameFunction(profile, function).module;
    const bool is_placeless = file.empty() && module.empty();
    chosen[row] = is_placeless ||
                  std::ranges::any_of(paths, [&](const std::string& path) {
                    return IsOfPath(file, object, module, path);
                  });
  }
  return chosen;
}

}  // namespace prof2cg
