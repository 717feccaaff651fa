#include "converter/names/python_package.h"

#include <algorithm>
#include <span>
#include <vector>

namespace prof2cg {
namespace {

using Folders = std::span<const std::string_view>;

// What snapshots and comparisons call the library, without a version
// (graph/compare/normalize_path.h).
constexpr std::string_view kNormalizedLibrary = "lib/python/";

// The folders and the file, without "." and what ".." takes back.
std::vector<std::string_view> Split(std::string_view path) {
  constexpr size_t kUsualDepth = 16;
  const auto is_separator = [](char c) { return c == '/' || c == '\\'; };
  std::vector<std::string_view> parts;
  parts.reserve(kUsualDepth);
  while (!path.empty()) {
    const auto end = static_cast<size_t>(
        std::ranges::find_if(path, is_separator) - path.begin());
    const std::string_view part = path.substr(0, end);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

std::string Join(Folders folders) {
  std::string dotted;
  if (!folders.empty()) {
    // Folders of one path: what lies between them is at least a separator.
    dotted.reserve(
        static_cast<size_t>(folders.back().data() - folders.front().data()) +
        folders.back().size());
  }
  for (const std::string_view folder : folders) {
    if (!dotted.empty()) dotted += '.';
    dotted += folder;
  }
  return dotted;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDrive(std::string_view folder) {
  return folder.size() == 2 && folder[1] == ':';
}

// Folders and archives that hold packages and lone modules.
bool IsLibrary(std::string_view folder) {
  if (folder == "site-packages" || folder == "dist-packages") return true;
  constexpr std::string_view kArchives[] = {".egg", ".whl", ".zip", ".pyz",
                                            ".pex"};
  return std::ranges::any_of(
      kArchives, [&](std::string_view end) { return folder.ends_with(end); });
}

// python3.11, python3.13t, pypy3.10
bool IsPythonWithVersion(std::string_view folder) {
  for (const std::string_view python : {"python", "pypy"}) {
    if (!folder.starts_with(python)) continue;
    const std::string_view version = folder.substr(python.size());
    return !version.empty() && IsDigit(version[0]) &&
           version.find_first_not_of("0123456789.t") == version.npos;
  }
  return false;
}

// Whether the last of `folders` holds the standard library: /usr/lib/python3.11
// and python311.zip; Lib on Windows and in CPython's sources; lib-python/3 and
// lib_pypy of old PyPys.
bool IsStandardLibrary(Folders folders) {
  const std::string_view folder = folders.back();
  const auto above = [&](size_t levels) {
    return levels < folders.size() ? folders[folders.size() - 1 - levels]
                                   : std::string_view();
  };
  if (folder == "Lib" || folder == "lib_pypy") return true;
  if (above(1) == "lib-python") return true;
  constexpr std::string_view kZip = ".zip";
  if (folder.ends_with(kZip)) {
    return IsPythonWithVersion(folder.substr(0, folder.size() - kZip.size()));
  }
  if (folder == "lib" && IsDrive(folders[0])) {
    // Up to Python 3.10 in lower case: not to be told from a program's own lib
    // but by where it stands.
    const std::string home = Lower(above(1));
    return home.find("python") != home.npos ||
           home.find("conda") != home.npos || above(2) == "envs";
  }
  return IsPythonWithVersion(folder) &&
         (above(1) == "lib" || above(1) == "lib64" || above(1) == "lib32");
}

// "script.py" -> "script"
std::string_view Stem(std::string_view file) {
  return file.substr(0, file.find('.', 1));
}

// "<frozen os>" -> "<frozen>", "<ipython-input-3-0b1e>" -> "<ipython-input>":
// what is no file comes in many of a kind.
std::string Kind(std::string_view file) {
  size_t end = 1;
  while (file[end] != '>' && file[end] != ' ' &&
         !(file[end] == '-' && IsDigit(file[end + 1]))) {
    ++end;
  }
  return std::string(file.substr(0, end)) + '>';
}

// What is left below /home/NAME, /Users/NAME, /root or a drive letter.
Folders BelowHome(Folders folders) {
  const bool has_drive = IsDrive(folders[0]);
  if (has_drive) folders = folders.subspan(1);
  if (folders.empty()) return folders;
  const bool is_home = folders[0] == "home" || folders[0] == "Users" ||
                       (has_drive && Lower(folders[0]) == "users");
  if (is_home && folders.size() >= 2) return folders.subspan(2);
  if (folders[0] == "root") return folders.subspan(1);
  return folders;
}

}  // namespace

std::string PythonPackage(std::string_view file) {
  if (file.empty() || file == "~") return "<built-in>";
  if (file[0] == '<' && file.find('>') != file.npos) return Kind(file);
  const std::vector<std::string_view> parts = Split(file);
  if (parts.size() <= 1) return "__main__";
  const Folders folders = Folders(parts).first(parts.size() - 1);
  const bool is_normalized = file.starts_with(kNormalizedLibrary);
  for (size_t i = folders.size(); i-- > 0;) {
    const Folders below = folders.subspan(i + 1);
    if (IsStandardLibrary(folders.first(i + 1)) || (is_normalized && i == 1)) {
      const bool is_top = below.empty() || below[0] == "lib-dynload";
      return is_top ? "<stdlib>" : Join(below);
    }
    if (IsLibrary(folders[i])) {
      return below.empty() ? std::string(Stem(parts.back())) : Join(below);
    }
  }
  const bool is_absolute =
      file[0] == '/' || file[0] == '\\' || IsDrive(folders[0]);
  const Folders below = is_absolute ? BelowHome(folders) : folders;
  return below.empty() ? "__main__" : Join(below);
}

}  // namespace prof2cg
