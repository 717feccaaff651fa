#include "converter/display/text_width.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(TextWidthSuite)

// Adobe's Helvetica: H 722, e 556, l 222, o 556; bold: 722, 556, 278, 611.
BOOST_AUTO_TEST_CASE(WidthsAreThoseOfHelvetica) {
  const auto thousandths = boost::test_tools::tolerance(1e-9);
  BOOST_TEST(TextWidth("Hello") == 2.278, thousandths);
  BOOST_TEST(TextWidth("Hello", Weight::kBold) == 2.445, thousandths);
  BOOST_TEST(TextWidth("") == 0);
}

BOOST_AUTO_TEST_CASE(WidthsAddUp) {
  std::string all;
  double sum = 0;
  for (char c = ' '; c <= '~'; ++c) {
    all += c;
    BOOST_TEST(TextWidth({&c, 1}) > 0);
    sum += TextWidth({&c, 1});
  }
  BOOST_TEST(TextWidth(all) == sum, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(OtherScriptsHaveRoomAndMarksNeedNone) {
  BOOST_TEST(TextWidth("漢字") == 2);
  BOOST_TEST(TextWidth("😀") > 1);
  BOOST_TEST(TextWidth("e\u0301") == TextWidth("e"));
  BOOST_TEST(TextWidth("й") > TextWidth("a"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
