// A line of a snapshot, taken apart from its beginning.
#ifndef PROF2CG_CONVERTER_READERS_SNAPSHOT_WORDS_H_
#define PROF2CG_CONVERTER_READERS_SNAPSHOT_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "converter/io/line_cursor.h"
#include "converter/io/snapshot_format.h"

namespace prof2cg {

// Each Take also takes the blank behind, and throws an Error that tells what
// was expected if something else stands there.
class SnapshotWords {
 public:
  // `line` is one of those, which live longer.
  SnapshotWords(const LineCursor& lines, std::string_view line)
      : lines_(lines), rest_(line) {}

  bool are_over() const { return rest_.empty(); }
  bool are_figures() const { return snapshot::AreFigures(rest_); }

  std::string_view TakeWord();
  // One of `words`, by its place among them.
  template <size_t size>
  size_t TakeOneOf(const std::string_view (&words)[size], const char* what) {
    const std::string_view at = rest_;
    const auto known = std::ranges::find(words, TakeWord());
    if (known == std::end(words)) lines_.Fail(what, at);
    return static_cast<size_t>(known - std::begin(words));
  }

  // Valid until the next text is taken.
  std::string_view TakeText(const char* what);

  struct Name {
    std::string_view text;  // the same
    uint32_t number;        // 0: none
  };
  Name TakeName(const char* what);

  // Of estimates.
  bool TakeMark();

  struct Figures {
    int64_t first;
    int64_t second;
  };
  // "7" is both.
  Figures TakeFigures(const char* what);
  int64_t TakeFigure(const char* what);

  void TakeEnd() const {
    if (!are_over()) Fail("the end of the line");
  }

 private:
  std::string_view TakeTextAlone(const char* what);
  std::string_view TakeQuoted();
  char Unescape(size_t& i) const;
  uint32_t TakeNumber();
  void TakeBlank();
  void Skip(size_t bytes) { rest_.remove_prefix(bytes); }
  [[noreturn]] void Fail(const std::string& what) const {
    lines_.Fail(what, rest_);
  }

  const LineCursor& lines_;
  std::string_view rest_;
  std::string unquoted_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_SNAPSHOT_WORDS_H_
