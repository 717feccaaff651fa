#include "converter/io/line_cursor.h"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "graph/error.h"

namespace prof2cg {
namespace {

// Each line in brackets.
std::string Lines(std::string_view text) {
  LineCursor cursor(text);
  std::string lines;
  while (cursor.Next()) lines += "[" + std::string(cursor.line()) + "]";
  BOOST_TEST(!cursor.Next());
  return lines;
}

std::string LineOf(const std::function<void()>& fail) {
  try {
    fail();
  } catch (const Error& error) {
    return error.Line();
  }
  return "";
}

BOOST_AUTO_TEST_SUITE(LinesOfText)

BOOST_AUTO_TEST_CASE(LinesEndWithLfOrCrLfOrTheText) {
  const struct {
    std::string_view text;
    std::string_view lines;
  } rows[] = {
      {"", ""},
      {"a", "[a]"},
      {"a\n", "[a]"},
      {"a\nb", "[a][b]"},
      {"a\r\nb\r\n", "[a][b]"},
      {"\n\n", "[][]"},
      {"\r\n \n", "[][ ]"},
      {"a\rb\n", "[a\rb]"},
      {"a\r\r\n", "[a\r]"},
      {"a\r", "[a]"},
      {"\xef\xbb\xbf", ""},
      {"\xef\xbb\xbf"
       "a\n\xef\xbb\xbf",
       "[a][\xef\xbb\xbf]"},
      {std::string_view("a\0b\n", 4), std::string_view("[a\0b]", 5)},
  };
  for (const auto& [text, lines] : rows) BOOST_TEST(Lines(text) == lines);
}

BOOST_AUTO_TEST_CASE(TrimmedTextHasNoBlanksAround) {
  BOOST_TEST(Trim("") == "");
  BOOST_TEST(Trim(" \t ") == "");
  BOOST_TEST(Trim("\t a b  ") == "a b");
  BOOST_TEST(TrimEnd(" a \t") == " a");
  BOOST_TEST(TrimEnd(" ") == "");
}

BOOST_AUTO_TEST_CASE(OnlyWholeNumbersAreParsed) {
  BOOST_TEST(ParseInt("0").value() == 0);
  BOOST_TEST(ParseInt("-12").value() == -12);
  BOOST_TEST(ParseInt("007").value() == 7);
  BOOST_TEST(ParseInt("9223372036854775807").value() == INT64_MAX);
  for (const char* text :
       {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "x", "9223372036854775808"}) {
    BOOST_TEST(!ParseInt(text), text);
  }
}

BOOST_AUTO_TEST_CASE(AnErrorTellsItsLineItsByteAndWhatStandsThere) {
  LineCursor cursor("ab\ncd ef\n");
  cursor.Next();
  cursor.Next();
  BOOST_TEST(LineOf([&] { cursor.Fail("a count", cursor.line().substr(3)); }) ==
             "line 2: expected a count, found \"ef\", at byte 6");
  BOOST_TEST(LineOf([&] { cursor.FailAtEnd("a count"); }) ==
             "line 3: expected a count, found the end, at byte 9");
}

BOOST_AUTO_TEST_CASE(WhatStandsThereIsShownInPlainCharactersAndNotAtLength) {
  const std::string text = "\x1b[31m" + std::string(100, 'x');
  LineCursor cursor(text);
  cursor.Next();
  BOOST_TEST(LineOf([&] { cursor.Fail("a count", cursor.line()); }) ==
             "line 1: expected a count, found \"\\x1b[31m" +
                 std::string(35, 'x') + "\"..., at byte 0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
