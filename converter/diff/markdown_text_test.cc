#include "converter/diff/markdown_text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(MarkdownTextTest)

void Replace(std::string& text, std::string_view from, std::string_view to) {
  for (size_t i = 0; (i = text.find(from, i)) != text.npos; i += to.size()) {
    text.replace(i, from.size(), to);
  }
}

// What a renderer makes of text without markup: backslashes before punctuation
// and entities are taken away, and comments dropped (CommonMark 0.31, 2.4, 2.5
// and 6.6).
std::string Rendered(std::string text) {
  Replace(text, "<!-- -->", "");
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && ispunct(text[i + 1])) ++i;
    out += text[i];
  }
  Replace(out, "&lt;", "<");
  Replace(out, "&gt;", ">");
  Replace(out, "&amp;", "&");
  return out;
}

// Whether any of `characters` stands in `text` without a backslash before it.
bool HasBare(std::string_view text, std::string_view characters) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (characters.find(text[i]) != characters.npos) {
      return true;
    }
  }
  return false;
}

BOOST_AUTO_TEST_CASE(CodeIsReadBackAsItPrints) {
  for (const std::string& name : HostileNames()) {
    const std::string code = MarkdownCode(name);
    BOOST_REQUIRE(code.starts_with("<code>"));
    BOOST_REQUIRE(code.ends_with("</code>"));
    BOOST_TEST(Rendered(code.substr(6, code.size() - 13)) == Printable(name));
  }
}

BOOST_AUTO_TEST_CASE(NoMarkupIsLeft) {
  for (const std::string& name : HostileNames()) {
    std::string code = MarkdownCode(name);
    code = code.substr(6, code.size() - 13);
    Replace(code, "<!-- -->", "");
    BOOST_TEST(!HasBare(code, "`*_[]|<>~$@#\n\r"));
    BOOST_TEST(code.find("https://") == code.npos);
    BOOST_TEST(code.find("www.") == code.npos);
    const std::string text = MarkdownText(name);
    BOOST_TEST(!HasBare(text, "`*_[]|<>~$@#\n\r"));
  }
}

BOOST_AUTO_TEST_CASE(CodeIsEscapedByHand) {
  BOOST_TEST(MarkdownCode("parse_row") == "<code>parse\\_row</code>");
  BOOST_TEST(MarkdownCode("a|b<c>&d") == "<code>a\\|b&lt;c&gt;&amp;d</code>");
  BOOST_TEST(MarkdownCode("app/loader.py:88") ==
             "<code>app/loader.py:88</code>");
  BOOST_TEST(MarkdownCode("https://www.x") == "<code>https\\://www\\.x</code>");
  BOOST_TEST(MarkdownCode("f@plt") == "<code>f<!-- -->\\@plt</code>");
}

BOOST_AUTO_TEST_CASE(MentionsAndReferencesOutsideOfCodeAreCutInTwo) {
  BOOST_TEST(MarkdownText("@all #12") == "\\@\u200ball \\#\u200b12");
}

BOOST_AUTO_TEST_CASE(ALineCannotBecomeAListOrAHeading) {
  BOOST_TEST(MarkdownText("- a - b") == "\\- a - b");
  BOOST_TEST(MarkdownText("===") == "\\===");
  BOOST_TEST(MarkdownText("# a").starts_with("\\#"));
}

BOOST_AUTO_TEST_CASE(NamesOfASentenceAreCode) {
  BOOST_TEST(MarkdownSentence("a `b_c` *d*") == "a <code>b\\_c</code> \\*d\\*");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
