// Text, line by line.
#ifndef PROF2CG_CONVERTER_IO_LINE_CURSOR_H_
#define PROF2CG_CONVERTER_IO_LINE_CURSOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace prof2cg {

inline constexpr std::string_view kBlanks = " \t";

// Without the blanks that it ends with.
inline std::string_view TrimEnd(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}
// Without those that it begins with, either.
inline std::string_view Trim(std::string_view text) {
  text = TrimEnd(text);
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

// What stands in front of the next blank, taken out with the blanks behind it.
inline std::string_view TakeWord(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find_first_of(kBlanks));
  text = Trim(text.substr(word.size()));
  return word;
}

inline bool IsIndented(std::string_view line) {
  return !line.empty() && kBlanks.find(line[0]) != kBlanks.npos;
}

// A whole number that is all of the text; none: it is no such number, or one
// that 64 bits do not hold.
std::optional<int64_t> ParseInt(std::string_view text);

// The same of any number, in decimals.
std::optional<double> ParseDouble(std::string_view text);

// Lines end with LF or CR LF; the last one may lack it. A byte order mark in
// front is no part of the first.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text) : text_(text) {
    if (text.starts_with("\xef\xbb\xbf")) next_ = 3;
  }

  // Goes to the next line; false where there is none.
  bool Next() {
    if (next_ >= text_.size()) return false;
    const size_t end = std::min(text_.find('\n', next_), text_.size());
    line_ = text_.substr(next_, end - next_);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    next_ = end + 1;
    return true;
  }

  // Without its end.
  std::string_view line() const { return line_; }

  // Throws the Error that something else was expected where `found`, a part of
  // the line, stands.
  [[noreturn]] void Fail(const std::string& expected,
                         std::string_view found) const;
  // Where the text ends.
  [[noreturn]] void FailAtEnd(const std::string& expected) const;

 private:
  std::string_view text_;
  std::string_view line_;
  size_t next_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_LINE_CURSOR_H_
