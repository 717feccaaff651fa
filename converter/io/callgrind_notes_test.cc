#include "converter/io/callgrind_notes.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

namespace prof2cg::callgrind {
namespace {

BOOST_AUTO_TEST_SUITE(CallgrindNotes)

BOOST_AUTO_TEST_CASE(PlainTextIsQuotedAsItIs) {
  for (const std::string text :
       {"", "f", " a b ", "<lambda>", "C::f(int, ~x)"}) {
    BOOST_TEST(Quote(text) == text);
    BOOST_TEST(Unquote(text) == text);
  }
  BOOST_TEST(Quote("100%\n\xc3\xa9") == "100%25%0a%c3%a9");
}

BOOST_AUTO_TEST_CASE(AnyBytesAreTheSameAfterwardsAndPrintableBetween) {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    std::string bytes(random() % 20, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 256);
    const std::string quoted = Quote(bytes);
    BOOST_TEST(std::ranges::all_of(
        quoted, [](char c) { return c >= ' ' && c <= '~'; }));
    BOOST_TEST(Unquote(quoted) == bytes);
  }
}

BOOST_AUTO_TEST_CASE(WordsHaveNoBlanks) {
  BOOST_TEST(QuoteWord("a b%\n") == "a%20b%25%0a");
  BOOST_TEST(Unquote(QuoteWord(" a  b ")) == " a  b ");
}

BOOST_AUTO_TEST_CASE(DescriptionsOfOurOwnAreNoFacts) {
  for (const std::string_view text :
       {std::string_view("Fidelity: measured 100 %, lost 0"),
        std::string_view("Trigger: MainThread"), kNoCallSites, kNoCallCounts}) {
    BOOST_TEST(!IsFactText(text));
  }
  BOOST_TEST(IsFactText("Python: 3.11"));
  BOOST_TEST(IsFactText("Call sites: known"));
}

BOOST_AUTO_TEST_CASE(DigitsThatAreMissingAreText) {
  for (const std::string text : {"%", "%0", "%g0", "%0g", "a%", "%%"}) {
    BOOST_TEST(Unquote(text) == text);
  }
  BOOST_TEST(Unquote("%%41") == "%A");
  BOOST_TEST(Unquote("%4A%4a") == "JJ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg::callgrind
