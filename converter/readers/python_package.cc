#include "converter/readers/python_package.h"

#include <algorithm>
#include <span>
#include <vector>

namespace prof2cg {
namespace {

using Folders = std::span<const std::string_view>;

std::vector<std::string_view> Split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const size_t end = std::min(path.find_first_of("/\\"), path.size());
    const std::string_view part = path.substr(0, end);
    if (!part.empty() && part != ".") parts.push_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

std::string Join(Folders folders) {
  std::string dotted;
  for (const std::string_view folder : folders) {
    if (!dotted.empty()) dotted += '.';
    dotted += folder;
  }
  return dotted;
}

bool IsSitePackages(std::string_view folder) {
  return folder == "site-packages" || folder == "dist-packages";
}

// python3.11, pypy3.10, python311.zip; Lib of a Windows installation.
bool IsStandardLibrary(std::string_view parent, std::string_view folder) {
  if (folder == "Lib") return true;
  const bool is_python =
      folder.starts_with("python") || folder.starts_with("pypy");
  return is_python && folder.find_first_of("0123456789") != folder.npos &&
         (folder.ends_with(".zip") || parent.starts_with("lib"));
}

// "script.py" -> "script"
std::string_view Stem(std::string_view file) {
  return file.substr(0, file.find('.'));
}

std::string_view BuiltIn(std::string_view file) {
  if (file.starts_with("<frozen ")) return "<frozen>";
  return file;
}

// What is left below /home/NAME, /Users/NAME, /root or a drive letter.
Folders BelowHome(Folders folders) {
  if (!folders.empty() && folders[0].ends_with(':')) {
    folders = folders.subspan(1);
  }
  const bool is_home =
      folders.size() > 2 && (folders[0] == "home" || folders[0] == "Users");
  if (is_home) return folders.subspan(2);
  if (folders.size() > 1 && folders[0] == "root") return folders.subspan(1);
  return folders;
}

}  // namespace

std::string PythonPackage(std::string_view file) {
  if (file.empty() || file == "~") return "<built-in>";
  if (file.starts_with('<') && file.ends_with('>')) {
    return std::string(BuiltIn(file));
  }
  const std::vector<std::string_view> parts = Split(file);
  if (parts.size() <= 1) return "__main__";
  const Folders folders = Folders(parts).first(parts.size() - 1);
  for (size_t i = folders.size(); i-- > 0;) {
    const Folders below = folders.subspan(i + 1);
    if (IsSitePackages(folders[i])) {
      return below.empty() ? std::string(Stem(parts.back())) : Join(below);
    }
    if (IsStandardLibrary(i == 0 ? "" : folders[i - 1], folders[i])) {
      const bool is_top = below.empty() || below[0] == "lib-dynload";
      return is_top ? "<stdlib>" : Join(below);
    }
  }
  return Join(BelowHome(folders));
}

}  // namespace prof2cg
