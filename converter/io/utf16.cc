#include "converter/io/utf16.h"

#include <cstddef>
#include <cstdint>

namespace prof2cg {
namespace {

constexpr std::string_view kLittleEndianMark = "\xff\xfe";
constexpr std::string_view kBigEndianMark = "\xfe\xff";
constexpr size_t kMostBytes = 3;  // of a unit; a pair of them has four

class Utf16 {
 public:
  explicit Utf16(std::string_view bytes)
      : bytes_(bytes.substr(kLittleEndianMark.size())),
        is_big_endian_(bytes.starts_with(kBigEndianMark)) {}

  size_t units() const { return bytes_.size() / 2; }

  // The code point at `unit`, which goes behind it.
  uint32_t Take(size_t& unit) const {
    const uint32_t first = At(unit++);
    if (first >> 10 != 0xd800 >> 10 || unit == units()) return first;
    const uint32_t second = At(unit);
    if (second >> 10 != 0xdc00 >> 10) return first;
    ++unit;
    return 0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff));
  }

 private:
  uint32_t At(size_t unit) const {
    const auto byte = [&](size_t i) {
      return uint32_t{static_cast<uint8_t>(bytes_[2 * unit + i])};
    };
    return is_big_endian_ ? byte(0) << 8 | byte(1) : byte(1) << 8 | byte(0);
  }

  std::string_view bytes_;
  bool is_big_endian_;
};

// Gives where it ends.
char* WriteUtf8(char* out, uint32_t c) {
  const auto rest = [&](int shift) {
    return static_cast<char>(0x80 | (c >> shift & 0x3f));
  };
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = static_cast<char>(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xe0 | c >> 12);
    *out++ = rest(6);
  } else {
    *out++ = static_cast<char>(0xf0 | c >> 18);
    *out++ = rest(12);
    *out++ = rest(6);
  }
  *out++ = rest(0);
  return out;
}

}  // namespace

bool IsUtf16(std::string_view bytes) {
  return bytes.starts_with(kLittleEndianMark) ||
         bytes.starts_with(kBigEndianMark);
}

Pages Utf16ToUtf8(std::string_view bytes) {
  const Utf16 text(bytes);
  Pages pages;
  if (text.units() == 0) return pages;
  char* const begin = pages.Reserve(kMostBytes * text.units());
  char* end = begin;
  for (size_t unit = 0; unit < text.units();) {
    end = WriteUtf8(end, text.Take(unit));
  }
  pages.Advance(static_cast<size_t>(end - begin));
  return pages;
}

}  // namespace prof2cg
