// How weights become colours, fonts and pens: gprof2dot's colour maps, and one
// of ours.
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
  // How bright it is, from 0 to 1 (WCAG 2: relative luminance).
  double Luminance() const;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

// Each of hue, saturation and lightness from 0 to 1.
struct Hsl {
  double hue = 0;
  double saturation = 0;
  double lightness = 0;
};

// What a picture is drawn on.
enum class Ground { kLight, kDark };

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
  // Ours, "heat": even steps to the eye, told apart by lightness alone too.
  // Hues above mean nothing.
  bool is_even = false;
  // As "heat" from a weight of one half upwards, and as far downwards in blue:
  // orange and blue are told apart whatever colours an eye lacks.
  bool is_diverging = false;

  // gprof2dot's maps know a light ground only: there all but a node's text has
  // Color(). On a dark one, what is not filled is made light enough to be seen.
  //
  // What nodes are filled with.
  Rgb Color(double weight, Ground ground = Ground::kLight) const;
  // Of frames, edges and arrows.
  Rgb LineColor(double weight, Ground ground = Ground::kLight) const;
  // Of an edge's text.
  Rgb LabelColor(double weight, Ground ground = Ground::kLight) const;
  // Of a node's text.
  Rgb FontColor(double weight, Ground ground = Ground::kLight) const;
  double FontSize(double weight) const;
  double PenWidth(double weight) const;
  double ArrowSize(double weight) const;
};

// All themes; the first is gprof2dot's default.
std::span<const Theme> Themes();

// The theme of that name, or null.
const Theme* FindTheme(std::string_view name);

// Of pictures of differences: less, as before, more.
const Theme& DifferenceTheme();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_THEME_H_
