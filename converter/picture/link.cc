#include "converter/picture/link.h"

#include <cstdint>
#include <cstdio>

namespace prof2cg {
namespace {

// RFC 3986: unreserved characters, and the slash.
bool MayStand(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~' || c == '/';
}

void AppendEncoded(std::string& link, std::string_view text) {
  for (const char c : text) {
    if (MayStand(c)) {
      link += c;
      continue;
    }
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<uint8_t>(c));
    link += escape;
  }
}

// "~", "<string>" and the like are no files.
bool IsFile(std::string_view file) {
  return !file.empty() && file != kBuiltInFile && !file.starts_with('<');
}

}  // namespace

std::string SourceLink(const Profile& profile, FunctionId function,
                       std::string_view pattern) {
  constexpr std::string_view kFile = "{file}";
  constexpr std::string_view kLine = "{line}";
  constexpr std::string_view kName = "{name}";
  const std::string_view file = profile.File(function);
  if (pattern.find(kFile) != pattern.npos && !IsFile(file)) return "";
  std::string link;
  while (!pattern.empty()) {
    if (pattern.starts_with(kFile)) {
      AppendEncoded(link, file);
      pattern.remove_prefix(kFile.size());
    } else if (pattern.starts_with(kLine)) {
      link += std::to_string(profile.functions[function.row()].line);
      pattern.remove_prefix(kLine.size());
    } else if (pattern.starts_with(kName)) {
      AppendEncoded(link, profile.strings[profile.Base(function).name]);
      pattern.remove_prefix(kName.size());
    } else {
      link += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return link;
}

}  // namespace prof2cg
