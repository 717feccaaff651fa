#include "converter/display/text_width.h"

#include <cstddef>
#include <cstdint>

#include "converter/display/display_width.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// Thousandths of an em, from ' ' to '~'; regular and bold.
constexpr uint16_t kAscii[][95] = {
    {278, 278, 355, 556, 556,  889, 667, 191, 333, 333, 389, 584, 278, 333,
     278, 278, 556, 556, 556,  556, 556, 556, 556, 556, 556, 556, 278, 278,
     584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
     500, 667, 556, 833, 722,  778, 667, 778, 722, 667, 611, 722, 667, 944,
     667, 667, 611, 278, 278,  278, 469, 556, 333, 556, 556, 500, 556, 556,
     278, 556, 556, 222, 222,  500, 222, 833, 556, 556, 556, 556, 333, 500,
     278, 556, 500, 722, 500,  500, 500, 334, 260, 334, 584},
    {278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333,
     278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333,
     584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
     556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
     667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556,
     333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
     333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584},
};

// Letters of other scripts; East Asian characters are as wide as high, and
// emoji a little wider.
constexpr double kLetter = .7;
constexpr double kWide = 1;
constexpr double kEmoji = 1.35;

double WidthOf(uint32_t c) {
  if (CharacterWidth(c) < 2) return CharacterWidth(c) == 0 ? 0 : kLetter;
  return c >= 0x1f000 && c < 0x20000 ? kEmoji : kWide;
}

}  // namespace

double TextWidth(std::string_view text, Weight weight) {
  const auto& ascii = kAscii[weight == Weight::kBold];
  double width = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    width += c.value >= ' ' && c.value <= '~' ? ascii[c.value - ' '] / 1000.
                                              : WidthOf(c.value);
    i += c.bytes;
  }
  return width;
}

}  // namespace prof2cg
