// What writers of JSON do who keep nothing, since a profile may have millions
// of rows.
#ifndef PROF2CG_CONVERTER_WRITERS_JSON_ROWS_H_
#define PROF2CG_CONVERTER_WRITERS_JSON_ROWS_H_

#include <string_view>

#include "converter/display/json_text.h"
#include "converter/io/text_sink.h"

namespace prof2cg {

// One list, with each row on a line of its own.
class JsonRows {
 public:
  explicit JsonRows(TextSink& out) : out_(out) {}

  void Begin() {
    out_.Write(is_first_ ? "\n" : ",\n");
    is_first_ = false;
  }

 private:
  TextSink& out_;
  bool is_first_ = true;
};

// `before` as it is, `{"name":`, then the text as a string.
inline void WriteMember(std::string_view before, std::string_view text,
                        TextSink& out) {
  out.Write(before);
  out.Write(JsonQuoted(text));
}

// [1,2,3]
template <typename Numbers>
void WriteNumbers(const Numbers& numbers, TextSink& out) {
  out.Write('[');
  bool is_first = true;
  for (const auto number : numbers) {
    if (!is_first) out.Write(',');
    is_first = false;
    out.WriteNumber(number);
  }
  out.Write(']');
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_JSON_ROWS_H_
