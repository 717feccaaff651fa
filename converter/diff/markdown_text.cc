#include "converter/diff/markdown_text.h"

#include "converter/diff/words.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

bool IsIn(std::string_view characters, char c) {
  return characters.find(c) != characters.npos;
}

bool EndsInWww(std::string_view text) {
  return text.size() >= 3 &&
         text.substr(text.size() - 3).find_first_not_of("wW") == text.npos;
}

// Whether Markdown may give text[i] a meaning, by itself, in a row of a table,
// at the start of a line, in "www." or in "https://" and its like.
bool IsMarkup(std::string_view text, size_t i) {
  const char c = text[i];
  if (IsIn("\\`*_[]#|~$@", c)) return true;
  if (IsIn("-+=", c)) return i == 0;
  if (c == '.') return EndsInWww(text.substr(0, i));
  return c == ':' && i + 1 < text.size() && !IsIn(" 0123456789", text[i + 1]);
}

// `behind_signs` stands after each @ and #, `before_at` before each @.
std::string Escaped(std::string_view text, std::string_view before_at,
                    std::string_view behind_signs) {
  const std::string printable = Printable(text);
  std::string out;
  for (size_t i = 0; i < printable.size(); ++i) {
    const char c = printable[i];
    if (c == '@') out += before_at;
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      if (IsMarkup(printable, i)) out += '\\';
      out += c;
    }
    if (IsIn("@#", c)) out += behind_signs;
  }
  return out;
}

}  // namespace

std::string MarkdownText(std::string_view text) {
  constexpr std::string_view kZeroWidthSpace = "\u200b";
  return Escaped(text, "", kZeroWidthSpace);
}

std::string MarkdownCode(std::string_view text) {
  // In code nothing is looked for but addresses of mail, in whole text nodes:
  // a comment ends one, and is not copied with the name.
  constexpr std::string_view kComment = "<!-- -->";
  return "<code>" + Escaped(text, kComment, "") + "</code>";
}

std::string MarkdownSentence(std::string_view sentence) {
  std::string out;
  for (const QuotedPart& part : QuotedParts(sentence)) {
    out += part.is_name ? MarkdownCode(part.text) : MarkdownText(part.text);
  }
  return out;
}

}  // namespace prof2cg
