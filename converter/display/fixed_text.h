// Numbers with a fixed count of decimals.
#ifndef PROF2CG_CONVERTER_DISPLAY_FIXED_TEXT_H_
#define PROF2CG_CONVERTER_DISPLAY_FIXED_TEXT_H_

#include <charconv>
#include <limits>
#include <string>

namespace prof2cg {

// What printf's %.*f prints, several times as fast. At most 9 decimals.
inline std::string FixedText(double number, int decimals) {
  char text[std::numeric_limits<double>::max_exponent10 + 16];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number,
                                          std::chars_format::fixed, decimals);
  return {text, end};
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_FIXED_TEXT_H_
