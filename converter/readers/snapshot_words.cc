#include "converter/readers/snapshot_words.h"

#include <charconv>
#include <optional>

namespace prof2cg {

std::string_view SnapshotWords::TakeWord() {
  const std::string_view word = rest_.substr(0, rest_.find(' '));
  Skip(word.size());
  TakeBlank();
  return word;
}

std::string_view SnapshotWords::TakeText(const char* what) {
  const std::string_view text = TakeTextAlone(what);
  TakeBlank();
  return text;
}

SnapshotWords::Name SnapshotWords::TakeName(const char* what) {
  Name name{TakeTextAlone(what), 0};
  if (rest_.starts_with('#')) name.number = TakeNumber();
  TakeBlank();
  return name;
}

std::string_view SnapshotWords::TakeTextAlone(const char* what) {
  if (are_over() || are_figures()) Fail(what);
  if (rest_[0] == '"') return TakeQuoted();
  const auto end = std::ranges::find_if(rest_, snapshot::EndsBare);
  const std::string_view text(rest_.begin(), end);
  if (text.empty()) Fail(what);
  Skip(text.size());
  return text;
}

std::string_view SnapshotWords::TakeQuoted() {
  unquoted_.clear();
  for (size_t i = 1; i < rest_.size(); ++i) {
    if (rest_[i] == '"') {
      Skip(i + 1);
      return unquoted_;
    }
    unquoted_ += rest_[i] == '\\' ? Unescape(i) : rest_[i];
  }
  Fail("a text with a quote at its end");
}

// What the backslash at rest_[i] begins; moves to its last character.
char SnapshotWords::Unescape(size_t& i) const {
  const std::string_view escape = rest_.substr(i);
  if (escape.starts_with("\\\"") || escape.starts_with("\\\\")) {
    return rest_[++i];
  }
  uint8_t byte = 0;
  const std::string_view digits =
      escape.substr(std::min<size_t>(2, escape.size()), 2);
  const char* const end = digits.data() + digits.size();
  if (!escape.starts_with("\\x") || digits.size() != 2 ||
      std::from_chars(digits.data(), end, byte, 16).ptr != end) {
    lines_.Fail("\\\", \\\\ or \\x and two digits", escape);
  }
  i += 3;
  return static_cast<char>(byte);
}

uint32_t SnapshotWords::TakeNumber() {
  Skip(1);
  const std::string_view text = rest_.substr(0, rest_.find(' '));
  const auto number = ParseInt(text);
  if (!number || *number < 1 || *number > UINT32_MAX) {
    Fail("the number of a function");
  }
  Skip(text.size());
  return static_cast<uint32_t>(*number);
}

bool SnapshotWords::TakeMark() {
  const bool is_marked = rest_.starts_with('~');
  if (is_marked) Skip(1);
  return is_marked;
}

SnapshotWords::Figures SnapshotWords::TakeFigures(const char* what) {
  const std::string_view at = rest_;
  const std::string_view word = TakeWord();
  const size_t slash = std::min(word.find('/'), word.size());
  const auto first = ParseInt(word.substr(0, slash));
  const auto second =
      slash == word.size() ? first : ParseInt(word.substr(slash + 1));
  if (!first || !second) lines_.Fail(what, at);
  return {*first, *second};
}

int64_t SnapshotWords::TakeFigure(const char* what) {
  const std::string_view at = rest_;
  const auto figure = ParseInt(TakeWord());
  if (!figure) lines_.Fail(what, at);
  return *figure;
}

void SnapshotWords::TakeBlank() {
  if (are_over()) return;
  if (rest_[0] != ' ') Fail("a blank");
  Skip(1);
}

}  // namespace prof2cg
