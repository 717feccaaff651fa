#include "graph/compare/normalize_path.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace prof2cg {
namespace {

using Parts = std::vector<std::string_view>;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsOfWindows(std::string_view path) {
  const bool has_drive = path.size() > 2 && IsLetter(path[0]) &&
                         path[1] == ':' && (path[2] == '\\' || path[2] == '/');
  return has_drive || (path.find('\\') != std::string_view::npos &&
                       path.find('/') == std::string_view::npos);
}

Parts Split(std::string_view path) {
  Parts parts;
  for (size_t slash; (slash = path.find('/')) != std::string_view::npos;) {
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  parts.push_back(path);
  return parts;
}

// Takes `word` off the front.
bool Take(std::string_view word, std::string_view& text) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// "python3.12", "python3.13t", "pypy3.10", "python3".
bool IsVersionOfPython(std::string_view part) {
  if (!Take("python", part) && !Take("pypy", part)) return false;
  if (part.ends_with('t')) part.remove_suffix(1);
  return !part.empty() &&
         part.find_first_not_of("0123456789.") == std::string_view::npos;
}

// "python312.zip".
bool IsZippedPython(std::string_view part) {
  if (!part.ends_with(".zip")) return false;
  part.remove_suffix(4);
  return IsVersionOfPython(part);
}

// In "C:/Python312/Lib/os.py".
bool IsLibraryOfWindows(const Parts& parts, size_t part) {
  return parts[part] == "Lib" &&
         std::any_of(
             parts.begin(), parts.begin() + static_cast<int>(part),
             [](std::string_view p) { return p.starts_with("Python"); });
}

// Where the path goes on in Python's library.
std::optional<size_t> FindInLibrary(const Parts& parts, bool is_of_windows) {
  for (size_t end = parts.size() - 1; end > 0; --end) {
    const size_t last = end - 1;
    if (IsZippedPython(parts[last]) ||
        (is_of_windows && IsLibraryOfWindows(parts, last)) ||
        (last > 0 && IsVersionOfPython(parts[last]) &&
         (parts[last - 1] == "lib" || parts[last - 1] == "lib64"))) {
      return end;
    }
  }
  return std::nullopt;
}

std::optional<size_t> FindInPackages(const Parts& parts) {
  for (size_t part = 0; part + 1 < parts.size(); ++part) {
    if (parts[part] == "site-packages" || parts[part] == "dist-packages") {
      return part + 1;
    }
  }
  return std::nullopt;
}

std::string Join(std::string folder, std::span<const std::string_view> parts) {
  for (const std::string_view part : parts) {
    folder += '/';
    folder += part;
  }
  return folder;
}

}  // namespace

std::string NormalizePath(std::string_view path) {
  std::string text(path);
  const bool is_of_windows = IsOfWindows(path);
  if (is_of_windows) std::ranges::replace(text, '\\', '/');
  const Parts parts = Split(text);
  if (const auto begin = FindInPackages(parts)) {
    Parts rest(parts.begin() + static_cast<ptrdiff_t>(*begin), parts.end());
    std::erase_if(rest, [](std::string_view p) { return p.ends_with(".egg"); });
    return Join("site-packages", rest);
  }
  if (const auto begin = FindInLibrary(parts, is_of_windows)) {
    return Join("lib/python", std::span(parts).subspan(*begin));
  }
  return text;
}

}  // namespace prof2cg
