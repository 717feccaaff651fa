// The lines of a callgrind file, and what stands on them.
//
// A line is what ends in "\n", "\r\n" or with the file. What is taken from it
// is never more: each ends in memory, too, in a byte that is no part of
// anything.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_LINES_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_LINES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace prof2cg {

// What some editors put in front.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class CallgrindLines {
 public:
  // Borrows `bytes`.
  explicit CallgrindLines(std::string_view bytes);
  CallgrindLines(const CallgrindLines&) = delete;
  CallgrindLines& operator=(const CallgrindLines&) = delete;

  // Before the first line.
  void SkipByteOrderMark();
  // Goes to the next line; false at the end of the file.
  bool Next() {
    position_ = next_;
    if (next_ == chunk_end_) {
      if (!BeginLastLine()) return false;
      position_ = next_;
    }
    const auto left = static_cast<size_t>(chunk_end_ - next_);
    line_end_ = static_cast<const char*>(std::memchr(next_, '\n', left));
    next_ = line_end_ + 1;
    if (line_end_ != position_ && line_end_[-1] == '\r') --line_end_;
    return true;
  }

  bool AtEnd() const { return position_ == line_end_; }
  // The next byte; at the end of the line one that is no part of it.
  char Peek() const { return *position_; }
  // What is left of the line.
  std::string_view rest() const {
    return {position_, static_cast<size_t>(line_end_ - position_)};
  }

  // Whether that is next; then it is taken.
  bool Take(char c) {
    if (AtEnd() || *position_ != c) return false;
    ++position_;
    return true;
  }
  // A comparison with so many bytes is an instruction or two.
  template <size_t n>
  bool Take(const char (&text)[n]) {
    constexpr size_t kSize = n - 1;
    if (static_cast<size_t>(line_end_ - position_) < kSize ||
        std::memcmp(position_, text, kSize) != 0) {
      return false;
    }
    position_ += kSize;
    return true;
  }
  // Of the line, at most to its end.
  void Skip(size_t bytes) { position_ += bytes; }
  // Whether there was any.
  bool SkipBlanks() {
    const char* const begin = position_;
    while (*position_ == ' ' || *position_ == '\t') ++position_;
    return position_ != begin;
  }
  std::string_view TakeRest() {
    const std::string_view text = rest();
    position_ = line_end_;
    return text;
  }
  // Up to a blank or the end of the line, and that blank.
  std::string_view TakeWord();

  // A whole number, in decimal or hexadecimal with 0x; the largest where it has
  // more than 64 bits. Throws Error where there is none.
  uint64_t TakeNumber() {
    const char* p = position_;
    uint64_t number = 0;
    for (; IsDigit(*p); ++p) {
      number = 10 * number + static_cast<uint64_t>(*p - '0');
    }
    const auto digits = static_cast<size_t>(p - position_);
    if (digits == 0 || digits > kSureDigits || *p == 'x') {
      return TakeLongNumber();
    }
    position_ = p;
    return number;
  }
  // As a count of calls or as a cost in units of `factor`: a cost may have a
  // sign and a fraction, which is rounded. Clamped to what fits.
  int64_t TakeCount();
  int64_t TakeCost(int64_t factor) {
    const char* p = position_;
    uint64_t number = 0;
    for (; IsDigit(*p); ++p) {
      number = 10 * number + static_cast<uint64_t>(*p - '0');
    }
    const auto digits = static_cast<size_t>(p - position_);
    if (digits == 0 || digits > kSureDigits || factor != 1 || *p == 'x' ||
        *p == '.') {
      return TakeOddCost(factor);
    }
    position_ = p;
    return static_cast<int64_t>(number);
  }
  // As notes have it (converter/io/callgrind_notes.h).
  int64_t TakeSigned();
  // "(ID)", or nothing.
  bool TakeId(uint64_t& id) {
    if (*position_ != '(') return false;
    const char* p = position_ + 1;
    for (id = 0; IsDigit(*p); ++p) {
      id = 10 * id + static_cast<uint64_t>(*p - '0');
    }
    const auto digits = static_cast<size_t>(p - position_) - 1;
    if (digits == 0 || digits > kSureDigits || *p != ')') return false;
    position_ = p + 1;
    return true;
  }

  // How many numbers were clamped or had a fraction.
  int64_t clamped() const { return clamped_; }
  int64_t fractions() const { return fractions_; }

  // Throws Error at what is next.
  [[noreturn]] void Fail(const std::string& message) const;

 private:
  static constexpr size_t kSureDigits = 18;  // of any int64_t

  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  // The last line, should it not end as others do: it is copied.
  bool BeginLastLine();
  uint64_t TakeLongNumber();
  int64_t TakeOddCost(int64_t factor);

  // Chunks end in "\n".
  const char* chunk_;
  const char* chunk_end_;
  size_t chunk_offset_ = 0;  // in the file
  const size_t size_;        // of the file
  std::string last_line_;    // "": none is left

  const char* position_;
  const char* line_end_;
  const char* next_;

  int64_t clamped_ = 0;
  int64_t fractions_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_LINES_H_
