#include "converter/io/xml_text.h"

#include <algorithm>
#include <cstddef>

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

}  // namespace prof2cg
