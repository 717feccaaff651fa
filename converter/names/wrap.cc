#include "converter/names/wrap.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace prof2cg {
namespace {

constexpr size_t kWidth = 32;

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; }));
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<uint8_t>(c) >= 0x80;
}

// Whether a line may end behind the character at `i`: a hyphen with two
// letters, or a letter, a hyphen and a letter, before it, and two letters, or
// these with a hyphen between, behind it.
bool BreaksBehind(std::string_view text, size_t i) {
  const auto is_letter = [&](size_t at) {
    return at < text.size() && IsLetter(text[at]);
  };
  const auto is_hyphen = [&](size_t at) {
    return at < text.size() && text[at] == '-';
  };
  // Before the first character, places wrap around beyond the last.
  const bool before =
      is_letter(i - 1) &&
      (is_letter(i - 2) || (is_hyphen(i - 2) && is_letter(i - 3)));
  const bool behind =
      is_letter(i + 1) &&
      (is_letter(i + 2) || (is_hyphen(i + 2) && is_letter(i + 3)));
  return is_hyphen(i) && before && behind;
}

// Blanks, a word, or a part of one up to a hyphen.
std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> chunks;
  size_t begin = 0;
  for (size_t i = 1; i <= text.size(); ++i) {
    const bool ends = i == text.size() ||
                      (text[i] == ' ') != (text[i - 1] == ' ') ||
                      BreaksBehind(text, i - 1);
    if (!ends) continue;
    chunks.push_back(text.substr(begin, i - begin));
    begin = i;
  }
  return chunks;
}

// As much as there is room for in each line, without blanks where lines meet.
std::string Fill(const std::vector<std::string_view>& chunks) {
  std::string text;
  std::string line;
  size_t width = 0;
  const auto end_line = [&] {
    line.resize(line.find_last_not_of(' ') + 1);
    if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
    line.clear();
    width = 0;
  };
  for (const std::string_view chunk : chunks) {
    const size_t characters = CountCharacters(chunk);
    if (width + characters > kWidth) end_line();
    if (line.empty() && !text.empty() && chunk.starts_with(' ')) continue;
    line += chunk;
    width += characters;
  }
  end_line();
  return text;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  std::string replaced;
  size_t begin = 0;
  for (size_t at; (at = text.find(from, begin)) != text.npos;
       begin = at + from.size()) {
    replaced.append(text, begin, at - begin).append(to);
  }
  text = replaced.append(text, begin);
}

}  // namespace

std::string WrapName(std::string_view name) {
  std::string wrapped =
      CountCharacters(name) > kWidth ? Fill(Split(name)) : std::string(name);
  ReplaceAll(wrapped, ", ", ",");
  // Twice, for those that overlap.
  ReplaceAll(wrapped, "> >", ">>");
  ReplaceAll(wrapped, "> >", ">>");
  return wrapped;
}

}  // namespace prof2cg
