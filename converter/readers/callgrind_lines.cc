#include "converter/readers/callgrind_lines.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "graph/cost_table.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

}  // namespace

CallgrindLines::CallgrindLines(std::string_view bytes)
    : chunk_(bytes.data()),
      chunk_end_(bytes.data() + (bytes.rfind('\n') + 1)),
      size_(bytes.size()),
      position_(chunk_),
      line_end_(chunk_),
      next_(chunk_) {
  last_line_.assign(chunk_end_, bytes.data() + bytes.size());
  if (!last_line_.empty()) last_line_ += '\n';
}

void CallgrindLines::SkipByteOrderMark() {
  const std::string_view text(chunk_, static_cast<size_t>(chunk_end_ - chunk_));
  if (text.starts_with(kByteOrderMark)) next_ += kByteOrderMark.size();
}

bool CallgrindLines::BeginLastLine() {
  const bool is_in_file = last_line_.empty() || chunk_ == last_line_.data();
  if (is_in_file) return false;
  chunk_offset_ = static_cast<size_t>(chunk_end_ - chunk_);
  chunk_ = next_ = last_line_.data();
  chunk_end_ = chunk_ + last_line_.size();
  return true;
}

std::string_view CallgrindLines::TakeWord() {
  const std::string_view word = rest().substr(0, rest().find(' '));
  position_ += word.size();
  Take(' ');
  return word;
}

uint64_t CallgrindLines::TakeLongNumber() {
  const bool is_hex = Take("0x");
  uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(position_, line_end_, number, is_hex ? 16 : 10);
  if (error == std::errc::invalid_argument) Fail("expected a number");
  position_ = end;
  return error == std::errc() ? number : std::numeric_limits<uint64_t>::max();
}

int64_t CallgrindLines::TakeCount() {
  const uint64_t count = TakeNumber();
  clamped_ += count > kMost;
  return static_cast<int64_t>(std::min<uint64_t>(count, kMost));
}

int64_t CallgrindLines::TakeOddCost(int64_t factor) {
  const bool is_negative = Take('-');
  int64_t cost = 0;
  const uint64_t whole = TakeNumber();
  if (whole > kMost || __builtin_mul_overflow(whole, factor, &cost)) {
    ++clamped_;
    cost = kMost;
  }
  if (Take('.')) {
    double fraction = 0;
    double digit = 1;
    for (; IsDigit(Peek()); ++position_) {
      fraction += (Peek() - '0') * (digit /= 10);
    }
    fraction *= static_cast<double>(factor);
    cost = SaturatingAdd(cost, std::llround(fraction));
    ++fractions_;
  }
  return is_negative ? -cost : cost;
}

int64_t CallgrindLines::TakeSigned() {
  SkipBlanks();
  int64_t number = 0;
  const auto [end, error] = std::from_chars(position_, line_end_, number);
  if (error != std::errc()) Fail("expected a figure");
  position_ = end;
  return number;
}

void CallgrindLines::Fail(const std::string& message) const {
  const auto place = static_cast<size_t>(position_ - chunk_);
  // The last line was given an end.
  throw Error(message, std::min(size_, chunk_offset_ + place));
}

}  // namespace prof2cg
