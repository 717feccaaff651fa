// How weights become colours, fonts and pens: gprof2dot's colour maps.
#ifndef PROF2CG_CONVERTER_PICTURE_THEME_H_
#define PROF2CG_CONVERTER_PICTURE_THEME_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace prof2cg {

struct Rgb {
  uint8_t red = 0;
  uint8_t green = 0;
  uint8_t blue = 0;

  // "#0d0d73"
  std::string Text() const;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

// Each of hue, saturation and lightness from 0 to 1.
struct Hsl {
  double hue = 0;
  double saturation = 0;
  double lightness = 0;
};

// Between two figures, of which a weight chooses.
struct Range {
  double min = 0;
  double max = 0;
};

// Weights are from 0 to 1; what lies outside counts as the nearest of them.
struct Theme {
  std::string_view name;  // for -c
  Hsl coldest;            // of weight 0
  Hsl hottest;            // of weight 1
  double gamma = 1;
  bool is_filled = true;  // nodes; else they have a frame
  Range font_size;
  Range pen_width;
  // The base of the exponential curve from the coldest to the hottest: above 1
  // it keeps colours cold for longer; 1 is a straight line.
  double skew = 1;

  Rgb Color(double weight) const;
  // Of a node's text.
  Rgb FontColor(double weight) const;
  double FontSize(double weight) const;
  double PenWidth(double weight) const;
  double ArrowSize(double weight) const;
};

// All themes; the first is the default.
std::span<const Theme> Themes();

// The theme of that name, or null.
const Theme* FindTheme(std::string_view name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_THEME_H_
