#include "converter/io/csv_cursor.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"

namespace prof2cg {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows Read(std::string_view text) {
  CsvCursor cursor(text);
  std::vector<std::vector<std::string_view>> rows;
  while (cursor.Next()) rows.push_back(cursor.fields());
  BOOST_TEST(!cursor.Next());
  // Only now, since fields stay where they are.
  Rows copies;
  for (const auto& row : rows) copies.emplace_back(row.begin(), row.end());
  return copies;
}

// A row in brackets, a bar between fields.
std::string Show(std::string_view text) {
  std::string shown;
  for (const auto& row : Read(text)) {
    shown += '[';
    for (size_t i = 0; i < row.size(); ++i) shown += (i ? "|" : "") + row[i];
    shown += ']';
  }
  return shown;
}

std::string Quoted(const std::string& field) {
  std::string text = "\"";
  for (const char c : field) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

std::string RefusalOf(std::string_view text) {
  try {
    Read(text);
    return "accepted";
  } catch (const Error& error) {
    return error.Line();
  }
}

BOOST_AUTO_TEST_SUITE(CommaSeparatedValues)

BOOST_AUTO_TEST_CASE(WhatIsWrittenInQuotesComesBack) {
  constexpr std::string_view kLetters = "ab,\"\n\r \t";
  for (uint32_t seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    Rows rows(random() % 5);
    std::string text;
    for (auto& row : rows) {
      for (size_t n = 1 + random() % 4; n > 0; --n) {
        std::string& field = row.emplace_back();
        for (size_t size = random() % 8; size > 0; --size) {
          field += kLetters[random() % kLetters.size()];
        }
        text += Quoted(field) + (n == 1 ? "\r\n" : random() % 2 ? "," : " , ");
      }
    }
    BOOST_CHECK(Read(text) == rows);
  }
}

BOOST_AUTO_TEST_CASE(FieldsEndAtCommasAndRowsAtEndsOfLines) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""},
      {"a", "[a]"},
      {"a,b\nc,d\r\n", "[a|b][c|d]"},
      {"a, b ,\tc\n", "[a|b |c]"},
      {"\xef\xbb\xbf"
       "a\n",
       "[a]"},
      {"\n\r\na\n\n\nb\n\n", "[a][b]"},
      {",\n", "[|]"},
      {"a,", "[a|]"},
      {"a\rb\r\n", "[a\rb]"},
      {"a\"b\",\"\"\n", "[a\"b\"|]"},
      {" \"a\" ,\"b\"\t\r\n", "[a|b]"},
      {"\"\"\"\"", "[\"]"},
  };
  for (const auto& [text, shown] : rows) BOOST_TEST(Show(text) == shown);
}

BOOST_AUTO_TEST_CASE(QuotesThatEndElsewhereAreRefusedWhereTheyStand) {
  BOOST_TEST(RefusalOf("a,\"b\nc") ==
             "line 2: expected quotes that close a field, found the end, at "
             "byte 6");
  BOOST_TEST(
      RefusalOf("a\n\"b\"c,d\n") ==
      "line 2: expected a comma behind quotes, found \"c,d\", at byte 5");
}

BOOST_AUTO_TEST_CASE(AMistakeQuotesTheRow) {
  CsvCursor cursor("a,b\r\n\"c\",d\r\n");
  cursor.Next();
  cursor.Next();
  BOOST_CHECK_EXCEPTION(cursor.Fail("a name"), Error, [](const Error& error) {
    return error.Line() ==
           "line 2: expected a name, found \"\"c\",d\", at byte 5";
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
