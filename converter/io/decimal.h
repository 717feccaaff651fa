// Numbers as text, where most of the output is numbers.
#ifndef PROF2CG_CONVERTER_IO_DECIMAL_H_
#define PROF2CG_CONVERTER_IO_DECIMAL_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace prof2cg {

inline constexpr size_t kMostDecimals = 20;  // of a uint64_t

namespace decimal {

static_assert(std::endian::native == std::endian::little,
              "digits are put together with the first in the lowest byte");

inline constexpr uint64_t kEightDigits = 100'000'000;  // one more than they say

// The eight decimals of a number below kEightDigits, a byte each, the first in
// the lowest. Halves, then quarters, then eighths are split by one division
// each, as products with rounded-up inverses: exact for so small numbers.
inline uint64_t SplitDigits(uint64_t number) {
  const uint64_t halves = (number % 10'000) << 32 | number / 10'000;
  const uint64_t hundreds = (halves * 10'486 >> 20) & 0x0000'007f'0000'007f;
  const uint64_t quarters = hundreds | (halves - 100 * hundreds) << 16;
  const uint64_t tens = (quarters * 103 >> 10) & 0x000f'000f'000f'000f;
  return tens | (quarters - 10 * tens) << 8;
}

inline constexpr uint64_t kZeros = 0x3030'3030'3030'3030;  // "00000000"

inline char* WriteEight(char* out, uint64_t number) {
  const uint64_t text = SplitDigits(number) + kZeros;
  std::memcpy(out, &text, sizeof text);
  return out + sizeof text;
}

// Without leading zeros. Always stores eight bytes.
inline char* WriteUpToEight(char* out, uint64_t number) {
  const uint64_t digits = SplitDigits(number);
  // Of 0 the last digit stays.
  const int unused = std::countr_zero(digits | uint64_t{1} << 56) & ~7;
  const uint64_t text = (digits + kZeros) >> unused;
  std::memcpy(out, &text, sizeof text);
  return out + sizeof text - unused / 8;
}

// All numbers of up to three decimals, and in the fourth byte how many.
inline constexpr auto kSmallNumbers = [] {
  std::array<std::array<char, 4>, 1000> texts{};
  for (size_t number = 0; number < texts.size(); ++number) {
    const size_t size = number < 10 ? 1 : number < 100 ? 2 : 3;
    size_t rest = number;
    for (size_t i = size; i-- > 0; rest /= 10) {
      texts[number][i] = static_cast<char>('0' + rest % 10);
    }
    texts[number][3] = static_cast<char>(size);
  }
  return texts;
}();

}  // namespace decimal

// Writes `number` at `out`, where kMostDecimals bytes may change, and gives
// where it ends. Does what std::to_chars does, without a loop and all but
// without branches.
inline char* WriteDecimal(char* out, uint64_t number) {
  using namespace decimal;
  if (number < kSmallNumbers.size()) {
    const std::array<char, 4>& text = kSmallNumbers[number];
    std::memcpy(out, text.data(), text.size());
    return out + text.back();
  }
  if (number < kEightDigits) return WriteUpToEight(out, number);
  const uint64_t upper = number / kEightDigits;
  if (upper < kEightDigits) {
    out = WriteUpToEight(out, upper);
  } else {
    out = WriteUpToEight(out, upper / kEightDigits);
    out = WriteEight(out, upper % kEightDigits);
  }
  return WriteEight(out, number % kEightDigits);
}

// The decimals of a number that is written again and again.
class DecimalText {
 public:
  explicit DecimalText(uint32_t number) {
    char text[kMostDecimals] = {};
    size_ = static_cast<uint8_t>(WriteDecimal(text, number) - text);
    std::memcpy(text_, text, sizeof text_);
  }

  // As WriteDecimal does.
  char* Write(char* out) const {
    std::memcpy(out, text_, sizeof text_);
    return out + size_;
  }

 private:
  char text_[11];
  uint8_t size_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_DECIMAL_H_
