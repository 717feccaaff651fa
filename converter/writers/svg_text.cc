#include "converter/writers/svg_text.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "converter/io/utf8.h"

namespace prof2cg {
std::string JsonString(std::string_view text) {
  std::string json = "\"";
  for (const char c : Printable(text)) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + '"';
}

std::string JsonArray(std::span<const std::string> values) {
  std::string json = "[";
  for (const std::string& value : values) {
    if (json.size() > 1) json += ',';
    json += value;
  }
  return json + ']';
}

void WriteTenths(TextSink& out, double number) {
  const int64_t tenths = std::llround(number * 10);
  if (tenths < 0) out.Write('-');
  out.WriteNumber(std::abs(tenths) / 10);
  if (tenths % 10 == 0) return;
  out.Write('.');
  out.WriteNumber(std::abs(tenths) % 10);
}

bool IsSafeLink(std::string_view link) {
  // Browsers skip controls and blanks before a scheme, and some within.
  std::string scheme;
  for (const char c : link) {
    if (c == ':' || c == '/' || c == '?' || c == '#') break;
    if (static_cast<uint8_t>(c) <= ' ') continue;
    scheme += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return scheme != "javascript" && scheme != "vbscript" && scheme != "data";
}

}  // namespace prof2cg
