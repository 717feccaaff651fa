#include "converter/picture/theme.h"

#include <algorithm>
#include <cmath>

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
    {"heat", {}, {}, 1, true, {10, 10}, {1, 5}, 1, true},
};

// A colour of OKLCh: lightness and chroma from 0 to 1, hue in degrees.
struct Oklch {
  double lightness;
  double chroma;
  double hue;
};

struct Ramp {
  Oklch coldest;
  Oklch hottest;
};

// The parts of a picture in "heat", by ground. Text has a contrast of at least
// 4.5 to what it stands on, all along.
struct Heat {
  Ramp fill;
  Ramp line;
  Ramp label;
  Ramp font;
};
using HeatByGround = Heat[2];
constexpr HeatByGround kHeat = {
    {{{.975, .008, 80}, {.69, .185, 39}},
     {{.74, .012, 70}, {.58, .19, 36}},
     {{.47, .012, 60}, {.47, .155, 36}},
     {{.25, .01, 60}, {.18, .03, 40}}},
    {{{.275, .008, 70}, {.53, .185, 36}},
     {{.53, .012, 70}, {.69, .19, 40}},
     {{.76, .012, 70}, {.80, .11, 50}},
     {{.93, .005, 80}, {.99, .005, 80}}},
};

// The other way, from nearly the same greys on.
constexpr HeatByGround kCold = {
    {{{.975, .008, 245}, {.69, .13, 245}},
     {{.74, .012, 250}, {.55, .15, 250}},
     {{.47, .012, 250}, {.47, .13, 250}},
     {{.25, .01, 250}, {.18, .03, 250}}},
    {{{.275, .008, 252}, {.53, .14, 252}},
     {{.53, .012, 245}, {.69, .13, 245}},
     {{.76, .012, 240}, {.80, .09, 240}},
     {{.93, .005, 240}, {.99, .005, 240}}},
};

// Most functions weigh little: this tells 1 % from 5 % and 20 %.
constexpr double kHeatGamma = .6;

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
  channel = std::clamp(channel, 0., 1.);
  const double value = 255 * (gamma == 1 ? channel : std::pow(channel, gamma));
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

double FromLinear(double channel) {
  return channel <= .0031308 ? 12.92 * channel
                             : 1.055 * std::pow(channel, 1 / 2.4) - .055;
}

double ToLinear(uint8_t byte) {
  const double channel = byte / 255.;
  return channel <= .04045 ? channel / 12.92
                           : std::pow((channel + .055) / 1.055, 2.4);
}

// Björn Ottosson, "A perceptual color space for image processing".
Rgb ToRgb(const Oklch& c) {
  const double radians = c.hue * std::acos(-1.) / 180;
  const double a = c.chroma * std::cos(radians);
  const double b = c.chroma * std::sin(radians);
  const auto cube = [](double x) { return x * x * x; };
  const double l = cube(c.lightness + .3963377774 * a + .2158037573 * b);
  const double m = cube(c.lightness - .1055613458 * a - .0638541728 * b);
  const double s = cube(c.lightness - .0894841775 * a - 1.291485548 * b);
  const auto byte = [](double linear) {
    return ToByte(FromLinear(std::clamp(linear, 0., 1.)), 1);
  };
  return {byte(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s),
          byte(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s),
          byte(-.0041960863 * l - .7034186147 * m + 1.707614701 * s)};
}

const Heat& HeatOf(const Theme& theme, double weight, Ground ground) {
  const bool is_cold = theme.is_diverging && Clamped(weight) < .5;
  return (is_cold ? kCold : kHeat)[static_cast<size_t>(ground)];
}

Rgb Mixed(const Ramp& ramp, double along) {
  const auto mix = [&](double Oklch::*part) {
    return ramp.coldest.*part +
           along * (ramp.hottest.*part - ramp.coldest.*part);
  };
  return ToRgb(
      Oklch{mix(&Oklch::lightness), mix(&Oklch::chroma), mix(&Oklch::hue)});
}

// How far from the coldest to the hottest.
double Along(const Theme& theme, double weight) {
  double straight = Clamped(weight);
  if (theme.is_diverging) straight = std::abs(2 * straight - 1);
  return Curve(theme.is_even ? std::pow(straight, kHeatGamma) : straight,
               theme.skew);
}

Rgb EvenColor(const Theme& theme, Ramp Heat::*part, double weight,
              Ground ground) {
  return Mixed(HeatOf(theme, weight, ground).*part, Along(theme, weight));
}

// As much white as a colour needs to be seen on a dark ground.
Rgb Lightened(Rgb color) {
  constexpr double kLeast = .37;  // 7 to 1 on a ground of .01
  for (int step = 0; step < 16 && color.Luminance() < kLeast; ++step) {
    for (uint8_t* c : {&color.red, &color.green, &color.blue}) {
      *c = static_cast<uint8_t>(*c + (255 - *c) / 8);
    }
  }
  return color;
}

constexpr Theme kDifference = {"difference", {},     {}, 1,    true,
                               {10, 10},     {1, 5}, 1,  true, true};

}  // namespace

double Rgb::Luminance() const {
  return .2126 * ToLinear(red) + .7152 * ToLinear(green) +
         .0722 * ToLinear(blue);
}

std::string Rgb::Text() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "#";
  for (const uint8_t channel : {red, green, blue}) {
    text += kDigits[channel >> 4];
    text += kDigits[channel & 0xf];
  }
  return text;
}

Rgb Theme::Color(double weight, Ground ground) const {
  if (is_even) return EvenColor(*this, &Heat::fill, weight, ground);
  const double along = Along(*this, weight);
  const auto mix = [&](double Hsl::*part) {
    return coldest.*part + along * (hottest.*part - coldest.*part);
  };
  return ToRgb(Hsl{mix(&Hsl::hue), mix(&Hsl::saturation), mix(&Hsl::lightness)},
               gamma);
}

Rgb Theme::LineColor(double weight, Ground ground) const {
  if (is_even) return EvenColor(*this, &Heat::line, weight, ground);
  const Rgb color = Color(weight);
  return ground == Ground::kDark ? Lightened(color) : color;
}

Rgb Theme::LabelColor(double weight, Ground ground) const {
  if (is_even) return EvenColor(*this, &Heat::label, weight, ground);
  return LineColor(weight, ground);
}

Rgb Theme::FontColor(double weight, Ground ground) const {
  if (is_even) return EvenColor(*this, &Heat::font, weight, ground);
  return is_filled ? kWhite : LineColor(weight, ground);
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

const Theme& DifferenceTheme() { return kDifference; }

}  // namespace prof2cg
