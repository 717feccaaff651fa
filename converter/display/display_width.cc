#include "converter/display/display_width.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "converter/display/display_width_table.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

constexpr std::string_view kEllipsis = "…";

bool IsIn(std::span<const CharacterRange> ranges, uint32_t c) {
  const auto range =
      std::ranges::lower_bound(ranges, c, {}, &CharacterRange::last);
  return range != ranges.end() && range->first <= c;
}

// The longest beginning of `text` in at most `width` columns, with all marks
// of its last character.
std::string_view Head(std::string_view text, size_t width) {
  size_t end = 0;
  while (end < text.size()) {
    const CodePoint c = DecodeWtf8(text, end);
    const size_t columns = CharacterWidth(c.value);
    if (columns > width) break;
    width -= columns;
    end += c.bytes;
  }
  return text.substr(0, end);
}

// The longest end of `text` in at most `width` columns, without marks of a
// character before it.
std::string_view Tail(std::string_view text, size_t width) {
  size_t columns = DisplayWidth(text);
  size_t start = 0;
  while (start < text.size()) {
    const CodePoint c = DecodeWtf8(text, start);
    const size_t own = CharacterWidth(c.value);
    if (columns <= width && own > 0) break;
    columns -= own;
    start += c.bytes;
  }
  return text.substr(start);
}

}  // namespace

size_t CharacterWidth(uint32_t c) {
  if (c < kZeroWidth[0].first || IsIn(kZeroWidth, c)) {
    return c >= kZeroWidth[0].first ? 0 : 1;
  }
  return IsIn(kWide, c) ? 2 : 1;
}

size_t DisplayWidth(std::string_view text) {
  if (IsAscii(text)) return text.size();
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    width += CharacterWidth(c.value);
    i += c.bytes;
  }
  return width;
}

std::string ShortenName(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  const std::string_view head = Head(text, (width - 1) * 2 / 5);
  const std::string_view tail = Tail(text, width - 1 - DisplayWidth(head));
  std::string shortened(head);
  shortened += kEllipsis;
  shortened += tail;
  return shortened;
}

std::string ShortenPath(std::string_view path, size_t width) {
  if (DisplayWidth(path) <= width) return std::string(path);
  if (width == 0) return "";
  std::string_view tail = Tail(path, width - 1);
  const size_t folder = tail.find_first_of("/\\");
  if (folder != tail.npos) tail.remove_prefix(folder);
  std::string shortened(kEllipsis);
  shortened += tail;
  return shortened;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string Wrap(std::span<const std::string> pieces, size_t width,
                 size_t indent) {
  std::string out;
  size_t column = 0;
  for (const std::string& piece : pieces) {
    const size_t taken = DisplayWidth(piece);
    if (&piece != &pieces.front()) {
      if (width != 0 && column + 1 + taken > width) {
        out += '\n';
        out.append(indent, ' ');
        column = indent;
      } else {
        out += ' ';
        ++column;
      }
    }
    out += piece;
    column += taken;
  }
  return out + '\n';
}

}  // namespace prof2cg
