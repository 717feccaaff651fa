#include "converter/writers/callgrind_line_text.h"

#include <cstdint>

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// Unicode's blanks but for those that are never printable. KCachegrind drops
// them behind an id.
bool IsBlank(uint32_t c) {
  return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

}  // namespace

bool IsCallgrindName(std::string_view text) {
  if (text.empty() || text.back() == ' ' || !IsPrintable(text)) return false;
  const char first = text.front();
  return IsAscii({&first, 1}) ? first != ' '
                              : !IsBlank(DecodeWtf8(text, 0).value);
}

std::string CallgrindName(std::string_view text, std::string_view if_empty) {
  if (text.empty()) return std::string(if_empty);
  std::string name = Printable(text);
  if (const CodePoint first = DecodeWtf8(name, 0); IsBlank(first.value)) {
    name.replace(0, first.bytes, Escape(first.value));
  }
  if (name.back() == ' ') name.replace(name.size() - 1, 1, Escape(' '));
  return name;
}

}  // namespace prof2cg
