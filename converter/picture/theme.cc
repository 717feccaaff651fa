#include "converter/picture/theme.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace prof2cg {
namespace {

constexpr Rgb kWhite = {255, 255, 255};

// name, coldest and hottest, gamma, filled, font sizes, pen widths
constexpr Theme kThemes[] = {
    {"color", {2. / 3, .8, .25}, {0, 1, .5}, 1, true, {10, 10}, {.5, 4}},
    {"pink", {0, 1, .9}, {0, 1, .5}, 2.2, true, {10, 10}, {.5, 4}},
    {"gray", {0, 0, .85}, {0, 0, 0}, 2.2, true, {10, 10}, {.5, 4}},
    {"bw", {0, 0, 0}, {0, 0, 0}, 2.2, true, {8, 24}, {.1, 8}},
    {"print", {0, 0, 0}, {0, 0, 0}, 2.2, false, {18, 30}, {.1, 8}},
};

double Clamped(double weight) {
  // Also where it is not a number.
  return weight > 0 ? std::min(weight, 1.) : 0;
}

// How far from the coldest to the hottest.
double Curve(double weight, double skew) {
  return skew == 1 ? weight : (std::pow(skew, weight) - 1) / (skew - 1);
}

// One channel of CSS3's conversion, from the two ends of its ramp.
double Channel(double low, double high, double hue) {
  hue -= std::floor(hue);
  if (hue * 6 < 1) return low + (high - low) * hue * 6;
  if (hue * 2 < 1) return high;
  if (hue * 3 < 2) return low + (high - low) * (2. / 3 - hue) * 6;
  return low;
}

uint8_t ToByte(double channel, double gamma) {
  const double value = 255 * std::pow(std::clamp(channel, 0., 1.), gamma);
  return static_cast<uint8_t>(std::floor(value + .5));
}

// CSS Color Module Level 3, §4.2.4.
Rgb ToRgb(const Hsl& c, double gamma) {
  const double high = c.lightness <= .5 ? c.lightness * (c.saturation + 1)
                                        : c.lightness + c.saturation -
                                              c.lightness * c.saturation;
  const double low = c.lightness * 2 - high;
  return {ToByte(Channel(low, high, c.hue + 1. / 3), gamma),
          ToByte(Channel(low, high, c.hue), gamma),
          ToByte(Channel(low, high, c.hue - 1. / 3), gamma)};
}

}  // namespace

std::string Rgb::Text() const {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", red, green, blue);
  return text;
}

Rgb Theme::Color(double weight) const {
  const double along = Curve(Clamped(weight), skew);
  const auto mix = [&](double from, double to) {
    return from + along * (to - from);
  };
  return ToRgb({mix(coldest.hue, hottest.hue),
                mix(coldest.saturation, hottest.saturation),
                mix(coldest.lightness, hottest.lightness)},
               gamma);
}

Rgb Theme::FontColor(double weight) const {
  return is_filled ? kWhite : Color(weight);
}

double Theme::FontSize(double weight) const {
  return std::max(weight * weight * font_size.max, font_size.min);
}

double Theme::PenWidth(double weight) const {
  return std::max(weight * pen_width.max, pen_width.min);
}

double Theme::ArrowSize(double weight) const {
  return std::sqrt(PenWidth(weight)) / 2;
}

std::span<const Theme> Themes() { return kThemes; }

const Theme* FindTheme(std::string_view name) {
  for (const Theme& theme : kThemes) {
    if (theme.name == name) return &theme;
  }
  return nullptr;
}

}  // namespace prof2cg
