// Comma-separated values, row by row: RFC 4180.
#ifndef PROF2CG_CONVERTER_IO_CSV_CURSOR_H_
#define PROF2CG_CONVERTER_IO_CSV_CURSOR_H_

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/line_cursor.h"

namespace prof2cg {

// A field in quotes may hold commas, ends of lines, and quotes, which are
// doubled; elsewhere quotes stand for themselves. Rows end with LF or CR LF.
// Looser than the standard: blanks before a field and around quotes are no part
// of it, the last row may lack its end, empty lines are no rows, and rows may
// have any number of fields. Linear time.
class CsvCursor {
 public:
  explicit CsvCursor(std::string_view text);

  // Goes to the next row; false where there is none. Throws Error if quotes
  // are not closed, or closed within a field.
  bool Next();

  // Those of the row, at least one. Their text stays where it is as long as the
  // cursor does.
  const std::vector<std::string_view>& fields() const { return fields_; }

  // Throws the Error that something else was expected where the row stands.
  [[noreturn]] void Fail(const std::string& expected) const;
  // Where the text ends.
  [[noreturn]] void FailAtEnd(const std::string& expected) const;

 private:
  void SkipBlanks();
  bool SkipLineEnd();
  std::string_view TakeField();
  std::string_view TakeQuoted();
  std::string_view Unquoted(std::string_view text);

  LineCursor lines_;  // for messages
  std::string_view text_;
  size_t next_ = 0;
  size_t row_ = 0;  // where it begins
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // of fields with doubled quotes
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_CSV_CURSOR_H_
