#include "converter/display/display_width.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DisplayWidthTest)

BOOST_AUTO_TEST_CASE(AsciiAndLatinLettersTakeOneColumn) {
  BOOST_TEST(DisplayWidth("") == 0u);
  BOOST_TEST(DisplayWidth("raw_decode") == 10u);
  BOOST_TEST(DisplayWidth("größe µs …") == 10u);
}

BOOST_AUTO_TEST_CASE(EastAsianCharactersAndEmojiTakeTwo) {
  BOOST_TEST(DisplayWidth("計算") == 4u);
  BOOST_TEST(DisplayWidth("ひらがな") == 8u);
  BOOST_TEST(DisplayWidth("한글") == 4u);
  BOOST_TEST(DisplayWidth("ｆｕｌｌ") == 8u);
  BOOST_TEST(DisplayWidth("🐍") == 2u);
  BOOST_TEST(DisplayWidth("𠀋") == 2u);
}

BOOST_AUTO_TEST_CASE(CombiningMarksTakeNone) {
  BOOST_TEST(DisplayWidth("e\u0301te\u0301") == 3u);
  BOOST_TEST(DisplayWidth("\u1112\u1161\u11ab") == 2u);  // one syllable
}

BOOST_AUTO_TEST_CASE(NamesKeepTheirBeginningAndMoreOfTheirEnd) {
  BOOST_TEST(ShortenName("decode", 6) == "decode");
  BOOST_TEST(ShortenName("email.message.get_payload", 20) ==
             "email.m….get_payload");
  BOOST_TEST(ShortenName("decode", 1) == "…");
  BOOST_TEST(ShortenName("decode", 0) == "");
}

BOOST_AUTO_TEST_CASE(PathsKeepWholeFoldersAtTheirEnd) {
  const std::string_view path = "/usr/lib/python3.11/json/decoder.py:343";
  const struct {
    size_t width;
    std::string_view expected;
  } rows[] = {
      {39, "/usr/lib/python3.11/json/decoder.py:343"},
      {38, "…/lib/python3.11/json/decoder.py:343"},
      {35, "…/python3.11/json/decoder.py:343"},
      {21, "…/json/decoder.py:343"},
      {20, "…/decoder.py:343"},
      {16, "…/decoder.py:343"},
      {15, "…decoder.py:343"},
      {10, "…er.py:343"},
      {1, "…"},
      {0, ""},
  };
  for (const auto& [width, expected] : rows) {
    BOOST_TEST(ShortenPath(path, width) == expected);
  }
  BOOST_TEST(ShortenPath(R"(C:\Users\dev\app\main.py:7)", 18) ==
             R"(…\app\main.py:7)");
}

BOOST_AUTO_TEST_CASE(CutsNeverSplitACharacterOrExceedTheWidth) {
  const std::string_view texts[] = {"計算する関数",
                                    "e\u0301te\u0301e\u0301te\u0301", "a計b算c",
                                    "🐍🐍🐍", "/計算/する/関数.py:12"};
  for (const std::string_view text : texts) {
    for (size_t width = 0; width <= 24; ++width) {
      for (const std::string& cut :
           {ShortenName(text, width), ShortenPath(text, width)}) {
        BOOST_TEST(DisplayWidth(cut) <= width);
        const bool starts_with_mark = cut.find("…\u0301") != cut.npos;
        BOOST_TEST(!starts_with_mark);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(PiecesAreWrappedWhole) {
  BOOST_TEST(Wrap(Words("one two three"), 0) == "one two three\n");
  BOOST_TEST(Wrap(Words("one two three"), 7, 2) == "one two\n  three\n");
  const std::string pieces[] = {"1 234 calls", "in 5 ms"};
  BOOST_TEST(Wrap(pieces, 12) == "1 234 calls\nin 5 ms\n");
  BOOST_TEST(Wrap(pieces, 3) == "1 234 calls\nin 5 ms\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
