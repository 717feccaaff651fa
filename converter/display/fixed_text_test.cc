#include "converter/display/fixed_text.h"

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

namespace prof2cg {
namespace {

std::string Printf(double number, int decimals) {
  char text[400];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return text;
}

BOOST_AUTO_TEST_CASE(FixedTextIsWhatPrintfPrints) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> percent(0, 100);
  for (int i = 0; i < 100'000; ++i) {
    const double number = percent(random);
    BOOST_REQUIRE_EQUAL(FixedText(number, 2), Printf(number, 2));
  }
  // Ties and what lies next to them.
  for (int i = 0; i < 10'000; ++i) {
    const double number = i / 1000.;
    BOOST_REQUIRE_EQUAL(FixedText(number, 2), Printf(number, 2));
  }
  for (const double number :
       {0., -0., -1.005, 1e300, 5e-324, std::numeric_limits<double>::max(),
        std::numeric_limits<double>::lowest()}) {
    for (const int decimals : {0, 1, 9}) {
      BOOST_TEST(FixedText(number, decimals) == Printf(number, decimals));
    }
  }
}

}  // namespace
}  // namespace prof2cg
