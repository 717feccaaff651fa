#include "converter/display/figures.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string_view>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(FiguresTest)

BOOST_AUTO_TEST_CASE(CostsHaveThreeDigitsAndTheirGreatestUnit) {
  const struct {
    double cost;
    Unit unit;
    std::string_view expected;
  } rows[] = {
      {0, Unit::kNanoseconds, "0"},
      {1, Unit::kNanoseconds, "1 ns"},
      {999, Unit::kNanoseconds, "999 ns"},
      {1000, Unit::kNanoseconds, "1.00 µs"},
      {1234, Unit::kNanoseconds, "1.23 µs"},
      {12345, Unit::kNanoseconds, "12.3 µs"},
      {123456, Unit::kNanoseconds, "123 µs"},
      {999499, Unit::kNanoseconds, "999 µs"},
      {999500, Unit::kNanoseconds, "1.00 ms"},
      {9994999, Unit::kNanoseconds, "9.99 ms"},
      {9995000, Unit::kNanoseconds, "10.0 ms"},
      {-12345678, Unit::kNanoseconds, "-12.3 ms"},
      {3.6e12, Unit::kNanoseconds, "3 600 s"},
      {1023, Unit::kBytes, "1 023 B"},
      {1024, Unit::kBytes, "1.00 KiB"},
      {1.5 * 1024 * 1024, Unit::kBytes, "1.50 MiB"},
      {999, Unit::kCount, "999"},
      {45678, Unit::kCount, "45.7 k"},
      {9.2e18, Unit::kCount, "9.20 E"},
      {static_cast<double>(INT64_MIN), Unit::kNanoseconds, "-9 223 372 037 s"},
  };
  for (const auto& [cost, unit, expected] : rows) {
    BOOST_TEST(ScaleCost(cost, unit).Text() == expected);
  }
}

BOOST_AUTO_TEST_CASE(AveragesBelowTheSmallestUnitKeepTheirFraction) {
  BOOST_TEST(ScaleCost(0.25, Unit::kCount).Text() == "0.25");
  BOOST_TEST(ScaleCost(12.34, Unit::kNanoseconds).Text() == "12.3 ns");
  BOOST_TEST(ScaleCost(0.001, Unit::kBytes).Text() == "<0.01 B");
  BOOST_TEST(ScaleCost(-0.001, Unit::kBytes).Text() == ">-0.01 B");
}

BOOST_AUTO_TEST_CASE(MoreDigitsMayBeAskedFor) {
  BOOST_TEST(ScaleCost(20996452, Unit::kNanoseconds, 5).Text() == "20.996 ms");
  BOOST_TEST(ScaleCost(3.661e12, Unit::kNanoseconds, 5).Text() == "3 661 s");
}

BOOST_AUTO_TEST_CASE(CountsAreGroupedByThousands) {
  BOOST_TEST(GroupDigits(0) == "0");
  BOOST_TEST(GroupDigits(999) == "999");
  BOOST_TEST(GroupDigits(1000) == "1 000");
  BOOST_TEST(GroupDigits(1234567) == "1 234 567");
  BOOST_TEST(GroupDigits(-1234) == "-1 234");
  BOOST_TEST(GroupDigits(-123) == "-123");
  BOOST_TEST(GroupDigits(INT64_MIN) == "-9 223 372 036 854 775 808");
}

BOOST_AUTO_TEST_CASE(SharesFitFiveColumns) {
  BOOST_TEST(Percent(0) == "0.0%");
  BOOST_TEST(Percent(0.2478) == "24.8%");
  BOOST_TEST(Percent(0.9994) == "99.9%");
  BOOST_TEST(Percent(0.9996) == "100%");
  BOOST_TEST(Percent(1.354) == "135%");
  BOOST_TEST(Percent(12) == ">999%");
  BOOST_TEST(Percent(-0.05) == "-5.0%");
  BOOST_TEST(Percent(-0.0) == "0.0%");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
