#include "converter/io/csv_cursor.h"

#include <algorithm>

namespace prof2cg {

CsvCursor::CsvCursor(std::string_view text) : lines_(text), text_(text) {
  if (text.starts_with("\xef\xbb\xbf")) next_ = 3;
}

bool CsvCursor::Next() {
  while (SkipLineEnd()) {
  }
  if (next_ >= text_.size()) return false;
  row_ = next_;
  fields_.clear();
  for (;;) {
    fields_.push_back(TakeField());
    if (next_ >= text_.size() || SkipLineEnd()) return true;
    ++next_;  // the comma
  }
}

void CsvCursor::SkipBlanks() {
  next_ = std::min(text_.find_first_not_of(kBlanks, next_), text_.size());
}

bool CsvCursor::SkipLineEnd() {
  const std::string_view rest = text_.substr(next_);
  const size_t size = rest.starts_with('\n') ? 1 : rest.starts_with("\r\n") * 2;
  next_ += size;
  return size != 0;
}

// Ends at a comma, the end of the line or of the text.
std::string_view CsvCursor::TakeField() {
  SkipBlanks();
  if (text_.substr(next_).starts_with('"')) return TakeQuoted();
  const size_t begin = next_;
  next_ = std::min(text_.find_first_of(",\n", begin), text_.size());
  const bool has_cr = next_ > begin && text_[next_ - 1] == '\r' &&
                      text_.substr(next_).starts_with('\n');
  next_ -= has_cr;
  return text_.substr(begin, next_ - begin);
}

std::string_view CsvCursor::TakeQuoted() {
  const size_t begin = next_ + 1;
  bool has_quotes = false;
  size_t end = text_.find('"', begin);
  while (text_.substr(std::min(end, text_.size())).starts_with("\"\"")) {
    has_quotes = true;
    end = text_.find('"', end + 2);
  }
  if (end == text_.npos) FailAtEnd("quotes that close a field");
  next_ = end + 1;
  SkipBlanks();
  const std::string_view rest = text_.substr(next_);
  if (!rest.empty() && rest[0] != ',' && rest[0] != '\n' &&
      !rest.starts_with("\r\n")) {
    lines_.Fail("a comma behind quotes", rest.substr(0, rest.find('\n')));
  }
  const std::string_view field = text_.substr(begin, end - begin);
  return has_quotes ? Unquoted(field) : field;
}

std::string_view CsvCursor::Unquoted(std::string_view text) {
  std::string& field = unquoted_.emplace_back();
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('"', begin), text.size() - 1);
    field += text.substr(begin, end + 1 - begin);
    begin = end + 1 + (text[end] == '"');
  }
  return field;
}

void CsvCursor::Fail(const std::string& expected) const {
  const std::string_view rest = text_.substr(row_, next_ - row_);
  lines_.Fail(expected, rest.substr(0, rest.find_last_not_of("\r\n") + 1));
}

void CsvCursor::FailAtEnd(const std::string& expected) const {
  lines_.FailAtEnd(expected);
}

}  // namespace prof2cg
