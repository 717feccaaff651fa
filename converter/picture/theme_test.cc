#include "converter/picture/theme.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>

namespace prof2cg {
namespace {

std::string AtQuarters(const Theme& theme) {
  std::string text;
  for (const double weight : {0., .25, .5, .75, 1.}) {
    text += theme.Color(weight).Text() + " ";
  }
  return text;
}

Theme Skewed(double skew) {
  Theme theme = *FindTheme("color");
  theme.skew = skew;
  return theme;
}

BOOST_AUTO_TEST_SUITE(ThemeSuite)

// What gprof2dot prints at these weights.
BOOST_AUTO_TEST_CASE(ColorsAreThoseOfGprof2dot) {
  BOOST_TEST(AtQuarters(*FindTheme("color")) ==
             "#0d0d73 #0c9393 #0ab60a #dada06 #ff0000 ");
  BOOST_TEST(AtQuarters(*FindTheme("pink")) ==
             "#ff9c9c #ff5353 #ff2222 #ff0707 #ff0000 ");
  BOOST_TEST(AtQuarters(*FindTheme("gray")) ==
             "#b2b2b2 #5f5f5f #272727 #080808 #000000 ");
  for (const char* name : {"bw", "print"}) {
    BOOST_TEST(AtQuarters(*FindTheme(name)) ==
               "#000000 #000000 #000000 #000000 #000000 ");
  }
}

BOOST_AUTO_TEST_CASE(SkewBendsTheCurveAndKeepsItsEnds) {
  BOOST_TEST(AtQuarters(Skewed(.1)) ==
             "#0d0d73 #0ab413 #dbd305 #f25502 #ff0000 ");
  BOOST_TEST(AtQuarters(Skewed(10)) ==
             "#0d0d73 #0d347e #0c8d92 #13b809 #ff0000 ");
}

BOOST_AUTO_TEST_CASE(SizesGrowWithTheWeightFromTheirLeast) {
  const Theme& bw = *FindTheme("bw");
  BOOST_TEST(bw.FontSize(0) == 8);
  BOOST_TEST(bw.FontSize(.5) == 8);
  BOOST_TEST(bw.FontSize(1) == 24);
  BOOST_TEST(bw.PenWidth(0) == .1);
  BOOST_TEST(bw.PenWidth(.5) == 4);
  BOOST_TEST(bw.ArrowSize(.5) == 1);
}

BOOST_AUTO_TEST_CASE(WhatIsNoWeightCountsAsTheNearest) {
  for (const Theme& theme : Themes()) {
    for (const double weight :
         {-1., std::numeric_limits<double>::quiet_NaN()}) {
      BOOST_TEST(theme.Color(weight).Text() == theme.Color(0).Text());
    }
    BOOST_TEST(theme.Color(7).Text() == theme.Color(1).Text());
  }
}

BOOST_AUTO_TEST_CASE(TextOnFilledNodesIsWhiteAndElseHasTheirColor) {
  BOOST_TEST(FindTheme("color")->FontColor(1).Text() == "#ffffff");
  BOOST_TEST(FindTheme("print")->FontColor(1).Text() == "#000000");
}

// WCAG 2.
double Contrast(Rgb a, Rgb b) {
  const auto [dark, light] = std::minmax({a.Luminance(), b.Luminance()});
  return (light + .05) / (dark + .05);
}

constexpr Rgb kPaper[] = {{255, 255, 255}, {20, 22, 25}};
constexpr double kWeights[] = {0, .001, .01, .05, .1, .3, .5, .7, .9, 1};

BOOST_AUTO_TEST_CASE(TextInHeatIsReadableEverywhere) {
  const Theme& heat = *FindTheme("heat");
  for (const Ground ground : {Ground::kLight, Ground::kDark}) {
    for (const double weight : kWeights) {
      BOOST_TEST(Contrast(heat.FontColor(weight, ground),
                          heat.Color(weight, ground)) >= 4.5);
      BOOST_TEST(Contrast(heat.LabelColor(weight, ground),
                          kPaper[static_cast<size_t>(ground)]) >= 4.5);
    }
  }
}

// So that they are told apart without seeing colours, and in grey print.
BOOST_AUTO_TEST_CASE(HeatStandsOutMoreByLightnessAlone) {
  const Theme& heat = *FindTheme("heat");
  for (const Ground ground : {Ground::kLight, Ground::kDark}) {
    const Rgb paper = kPaper[static_cast<size_t>(ground)];
    double last = 0;
    for (const double weight : kWeights) {
      const double fill = Contrast(heat.Color(weight, ground), paper);
      BOOST_TEST(fill > last);
      last = fill;
    }
  }
}

BOOST_AUTO_TEST_CASE(DifferencesAreReadableEverywhere) {
  const Theme& theme = DifferenceTheme();
  for (const Ground ground : {Ground::kLight, Ground::kDark}) {
    const Rgb paper = kPaper[static_cast<size_t>(ground)];
    for (int step = 0; step <= 32; ++step) {
      const double weight = step / 32.;
      BOOST_TEST(Contrast(theme.FontColor(weight, ground),
                          theme.Color(weight, ground)) >= 4.5);
      BOOST_TEST(Contrast(theme.LabelColor(weight, ground), paper) >= 4.5);
    }
  }
}

// Who lacks red or green sees blue; who lacks blue sees red.
BOOST_AUTO_TEST_CASE(DifferencesAreToldApartByBlueAloneAndByRedAlone) {
  const Theme& theme = DifferenceTheme();
  for (const Ground ground : {Ground::kLight, Ground::kDark}) {
    for (const double by : {.05, .1, .25, .5}) {
      for (const auto color : {&Theme::Color, &Theme::LineColor}) {
        const Rgb less = (theme.*color)(.5 - by, ground);
        const Rgb more = (theme.*color)(.5 + by, ground);
        BOOST_TEST(less.blue > more.blue + 10);
        BOOST_TEST(more.red > less.red + 10);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(GreaterDifferencesStandOutMoreByLightnessAlone) {
  const Theme& theme = DifferenceTheme();
  for (const Ground ground : {Ground::kLight, Ground::kDark}) {
    const Rgb paper = kPaper[static_cast<size_t>(ground)];
    for (const int way : {-1, 1}) {
      double last = 0;
      for (const double by : {0., .01, .05, .1, .2, .3, .4, .5}) {
        const double fill = Contrast(theme.Color(.5 + way * by, ground), paper);
        BOOST_TEST(fill > last);
        last = fill;
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(LinesCanBeSeenOnBothGrounds) {
  for (const Theme& theme : Themes()) {
    for (const double weight : kWeights) {
      BOOST_TEST(Contrast(theme.LineColor(weight, Ground::kDark), kPaper[1]) >=
                 3);
    }
  }
}

BOOST_AUTO_TEST_CASE(OnALightGroundGprof2dotsMapsHaveOneColor) {
  for (const char* name : {"color", "pink", "gray", "bw", "print"}) {
    const Theme& theme = *FindTheme(name);
    for (const double weight : kWeights) {
      BOOST_TEST((theme.LineColor(weight) == theme.Color(weight)));
      BOOST_TEST((theme.LabelColor(weight) == theme.Color(weight)));
    }
  }
}

BOOST_AUTO_TEST_CASE(WhiteIsTheBrightest) {
  BOOST_TEST((Rgb{255, 255, 255}).Luminance() == 1.,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST((Rgb{0, 0, 0}).Luminance() == 0);
  BOOST_TEST((Rgb{0, 255, 0}).Luminance() > (Rgb{255, 0, 0}).Luminance());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
