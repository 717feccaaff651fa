#include "converter/io/utf8.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

namespace prof2cg {
namespace {

using std::string_view_literals::operator""sv;

BOOST_AUTO_TEST_SUITE(Utf8)

BOOST_AUTO_TEST_CASE(AsciiEndsBefore0x80) {
  BOOST_TEST(IsAscii(""));
  BOOST_TEST(IsAscii("\0a\x7f"sv));
  BOOST_TEST(!IsAscii("a\x80"));
}

BOOST_AUTO_TEST_CASE(FirstAndLastCodePointOfEachLengthAreWtf8) {
  for (const std::string_view text :
       {""sv, "\0"sv, "\x7f"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv,
        "\xef\xbf\xbf"sv, "\xf0\x90\x80\x80"sv, "\xf4\x8f\xbf\xbf"sv}) {
    BOOST_TEST(IsWtf8(text), "refused: " << Printable(Latin1ToUtf8(text)));
  }
}

BOOST_AUTO_TEST_CASE(SurrogatesAreWtf8) {
  BOOST_TEST(IsWtf8("\xed\xa0\x80"));
  BOOST_TEST(IsWtf8("\xed\xbf\xbf"));
}

BOOST_AUTO_TEST_CASE(MalformedSequencesAreNotWtf8) {
  const struct {
    std::string_view why;
    std::string_view bytes;
  } kRows[] = {
      {"continuation without a lead", "a\x80"},
      {"two bytes for ASCII", "\xc0\x80"},
      {"two bytes for ASCII", "\xc1\xbf"},
      {"three bytes where two do", "\xe0\x9f\xbf"},
      {"four bytes where three do", "\xf0\x8f\xbf\xbf"},
      {"beyond U+10FFFF", "\xf4\x90\x80\x80"},
      {"no such lead", "\xf5\x80\x80\x80"},
      {"no such lead", "\xff"},
      {"cut after one byte", "a\xc3"},
      {"cut after two bytes", "\xe2\x82"},
      {"cut after three bytes", "\xf0\x9f\x92"},
      {"lead where a continuation belongs", "\xe2\x82\xc3\xa9"},
  };
  for (const auto& row : kRows) BOOST_TEST(!IsWtf8(row.bytes), row.why);
}

BOOST_AUTO_TEST_CASE(DecodingTellsTheValueAndTheLength) {
  const struct {
    std::string_view text;
    uint32_t value;
    size_t bytes;
  } kRows[] = {
      {"xA", 0x41, 1},
      {"x\xc3\xa9", 0xe9, 2},
      {"x\xe2\x82\xac", 0x20ac, 3},
      {"x\xed\xb3\xa9", 0xdce9, 3},
      {"x\xf0\x9f\x90\x8d", 0x1f40d, 4},
  };
  for (const auto& row : kRows) {
    const CodePoint decoded = DecodeWtf8(row.text, 1);
    BOOST_TEST(decoded.value == row.value);
    BOOST_TEST(decoded.bytes == row.bytes);
  }
}

BOOST_AUTO_TEST_CASE(AByteThatIsNotWtf8DecodesAsTheSurrogateForIt) {
  for (const std::string_view text :
       {"\xe2\x82", "\xe2(\xa1", "\xe0\x9f\xbf", "\xe2"}) {
    const CodePoint decoded = DecodeWtf8(text, 0);
    BOOST_TEST(decoded.value == 0xdc00u + static_cast<uint8_t>(text[0]));
    BOOST_TEST(decoded.bytes == 1u);
  }
}

BOOST_AUTO_TEST_CASE(Latin1BecomesTwoBytesFrom0x80On) {
  BOOST_TEST(Latin1ToUtf8("\0a\x7f"sv) == "\0a\x7f"sv);
  BOOST_TEST(Latin1ToUtf8("\x80\xe9\xff") == "\xc2\x80\xc3\xa9\xc3\xbf");
}

BOOST_AUTO_TEST_CASE(PrintableEscapesWhatHarmsALineOrATerminal) {
  const struct {
    std::string_view text;
    std::string_view printable;
  } kRows[] = {
      {"two\nlines\r\tand a tab", "two\\nlines\\r\\tand a tab"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"\0\x7f"sv, "\\x00\\x7f"},
      {"\xc2\x9b", "\\x9b"},                           // a terminal's CSI
      {"\xed\xb3\xa9", "\\xe9"},                       // an undecodable byte
      {"caf\xe9 \xe2\x82", "caf\\xe9 \\xe2\\x82"},     // Latin-1, and cut UTF-8
      {"\xed\xa0\x80", "\\ud800"},                     // a lone surrogate
      {"a\xe2\x80\xaetxt", "a\\u202etxt"},             // right to left
      {"\xe2\x80\x8b\xef\xbb\xbf", "\\u200b\\ufeff"},  // of no width
      {"\xf3\xa0\x81\x81", "\\U000e0041"},             // a tag
  };
  for (const auto& row : kRows) {
    BOOST_TEST(Printable(row.text) == row.printable);
    BOOST_TEST(!IsPrintable(row.text));
  }
}

BOOST_AUTO_TEST_CASE(PrintableLeavesReadableTextAlone) {
  for (const std::string_view text :
       {"", "f(a, b) ~!\\", "na\xc3\xafve", "\xe5\x87\xbd\xe6\x95\xb0",
        "\xf0\x9f\x90\x8d"}) {
    BOOST_TEST(Printable(text) == text);
    BOOST_TEST(IsPrintable(text));
  }
}

BOOST_AUTO_TEST_CASE(PrintableTextIsWtf8WithoutSurrogates) {
  for (const std::string_view text : {"\xed\xb3\xa9\xc3\xa9", "\xed\xbf\xbf"}) {
    const std::string printable = Printable(text);
    BOOST_TEST(IsWtf8(printable));
    BOOST_TEST(IsPrintable(printable));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(EveryByteCountsAtEveryPlaceOfAText) {
  for (size_t size = 1; size <= 19; ++size) {
    for (size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 0x100; ++byte) {
        std::string text(size, '~');
        text[place] = static_cast<char>(byte);
        BOOST_REQUIRE_EQUAL(IsAscii(text), byte < 0x80);
        // Alone, a byte above is not decodable.
        BOOST_REQUIRE_EQUAL(IsPrintable(text), byte >= ' ' && byte <= '~');
      }
    }
  }
}

}  // namespace
}  // namespace prof2cg
