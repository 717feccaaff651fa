#include "converter/io/decimal.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

namespace prof2cg {
namespace {

std::string Decimal(uint64_t number) {
  char text[kMostDecimals];
  return {text, WriteDecimal(text, number)};
}

BOOST_AUTO_TEST_CASE(NumbersAtEveryChangeOfLengthAreWrittenWhole) {
  BOOST_TEST(Decimal(0) == "0");
  BOOST_TEST(Decimal(UINT64_MAX) == "18446744073709551615");
  for (uint64_t power = 1; power <= UINT64_MAX / 10; power *= 10) {
    for (const uint64_t number :
         {power - 1, power, power + 1, power * 10 - 1}) {
      BOOST_TEST(Decimal(number) == std::to_string(number));
    }
  }
}

BOOST_AUTO_TEST_CASE(RandomNumbersOfAllLengthsAgreeWithTheStandardLibrary) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t number = random() >> (random() % 64);
    BOOST_REQUIRE_EQUAL(Decimal(number), std::to_string(number));
  }
}

BOOST_AUTO_TEST_CASE(DecimalsThatAreKeptAreWrittenAsOthers) {
  for (const uint32_t number :
       {0u, 7u, 12'345'678u, 123'456'789u, UINT32_MAX}) {
    const DecimalText kept(number);
    for (int time = 0; time < 2; ++time) {
      char text[kMostDecimals];
      BOOST_TEST(std::string(text, kept.Write(text)) == std::to_string(number));
    }
  }
}

}  // namespace
}  // namespace prof2cg
