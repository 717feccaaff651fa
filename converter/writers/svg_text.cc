#include "converter/writers/svg_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

std::string_view EscapeOf(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// U+FFFE and U+FFFF, which are printable and which XML has no place for.
bool IsNoCharacter(std::string_view text, size_t position) {
  return text[position] == '\xef' && text.size() - position >= 3 &&
         text[position + 1] == '\xbf' &&
         (text[position + 2] == '\xbe' || text[position + 2] == '\xbf');
}

// All but `kept`.
void Escape(TextSink& out, std::string_view text, char kept = '\0') {
  size_t written = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    std::string_view escape = text[i] == kept ? "" : EscapeOf(text[i]);
    size_t length = 1;
    if (IsNoCharacter(text, i)) {
      escape = text[i + 2] == '\xbe' ? "\\ufffe" : "\\uffff";
      length = 3;
    }
    if (escape.empty()) continue;
    out.Write(text.substr(written, i - written));
    out.Write(escape);
    i += length - 1;
    written = i + 1;
  }
  out.Write(text.substr(written));
}

}  // namespace

void WriteXml(TextSink& out, std::string_view text) {
  for (;;) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (IsPrintable(line)) {
      Escape(out, line);
    } else {
      Escape(out, Printable(line));
    }
    if (end == text.size()) return;
    out.Write("&#10;");  // as it is, it would be a blank in attributes
    text.remove_prefix(end + 1);
  }
}

void WriteXmlOfJson(TextSink& out, std::string_view json) {
  Escape(out, json, '"');
}

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
