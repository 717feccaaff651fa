#include "converter/io/utf16.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

std::string Unit(uint32_t unit, bool is_big_endian) {
  const char high = static_cast<char>(unit >> 8);
  const char low = static_cast<char>(unit & 0xff);
  return is_big_endian ? std::string{high, low} : std::string{low, high};
}

std::string Utf16Of(const std::vector<uint32_t>& text, bool is_big_endian) {
  std::string bytes = Unit(0xfeff, is_big_endian);
  for (uint32_t c : text) {
    if (c >= 0x10000) {
      c -= 0x10000;
      bytes += Unit(0xd800 + c / 0x400, is_big_endian);
      c = 0xdc00 + c % 0x400;
    }
    bytes += Unit(c, is_big_endian);
  }
  return bytes;
}

BOOST_AUTO_TEST_SUITE(Utf16Suite)

BOOST_AUTO_TEST_CASE(EveryTextIsTheSameCodePointsInUtf8) {
  std::mt19937 random(1);
  constexpr uint32_t kLimits[] = {0x80, 0x800, 0xd800, 0x110000};
  for (int round = 0; round < 1000; ++round) {
    std::vector<uint32_t> text(random() % 20);
    for (uint32_t& c : text) {
      c = static_cast<uint32_t>(random() % kLimits[random() % 4]);
      if (IsSurrogate(c)) c = 0xffff;
    }
    const bool is_big_endian = round % 2 == 0;
    const std::string bytes = Utf16Of(text, is_big_endian);
    BOOST_TEST(IsUtf16(bytes));
    const Pages pages = Utf16ToUtf8(bytes + (round % 3 == 0 ? "x" : ""));
    BOOST_TEST(IsWtf8(pages.bytes()));
    std::vector<uint32_t> found;
    for (size_t i = 0; i < pages.bytes().size();) {
      const CodePoint c = DecodeWtf8(pages.bytes(), i);
      found.push_back(c.value);
      i += c.bytes;
    }
    BOOST_TEST(found == text, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(HalfPairsStay) {
  const std::vector<uint32_t> text = {0xd800, 'a', 0xdfff, 0xdbff};
  BOOST_TEST(Utf16ToUtf8(Utf16Of(text, false)).bytes() ==
             "\xed\xa0\x80"
             "a\xed\xbf\xbf\xed\xaf\xbf");
}

BOOST_AUTO_TEST_CASE(TextWithoutAMarkIsNone) {
  for (const std::string text :
       {"", "\xff", "a\0", "\xfe\xfe", "\xef\xbb\xbf"}) {
    BOOST_TEST(!IsUtf16(text));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
