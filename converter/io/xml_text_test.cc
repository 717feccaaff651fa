#include "converter/io/xml_text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "converter/io/text_buffer.h"
#include "converter/io/utf8.h"
#include "converter/io/xml_tree.h"

namespace prof2cg {
namespace {

std::string Xml(std::string_view text) {
  TextBuffer out;
  WriteXml(out, text);
  return std::string(out.text());
}

XmlElement ReadBack(std::string_view text) {
  const std::string xml = Xml(text);
  return ParseXml("<a b=\"" + xml + "\" c='" + xml + "'>" + xml + "</a>");
}

BOOST_AUTO_TEST_SUITE(XmlText)

BOOST_AUTO_TEST_CASE(NamesComeOutAsTheyPrint) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view name :
       {"f"sv, ""sv, " f "sv, "f\0g"sv, "\x1b[31m\x7f"sv, "a\tb\rc"sv,
        "f\xc2\x85g"sv, "f\xe2\x80\xaeg"sv, "caf\xe9"sv, "f\xed\xa0\x80"sv,
        "café \xf0\x9f\x90\x8d"sv}) {
    const XmlElement read = ReadBack(name);
    BOOST_TEST(read.text == Printable(name));
    BOOST_TEST(read.Get("b") == Printable(name));
    BOOST_TEST(read.Get("c") == Printable(name));
  }
}

BOOST_AUTO_TEST_CASE(LinesStayLines) {
  const XmlElement read = ReadBack("\na\x01\n\nb\n");
  BOOST_TEST(read.text == "\na\\x01\n\nb\n");
  BOOST_TEST(read.Get("b") == "\na\\x01\n\nb\n");
}

BOOST_AUTO_TEST_CASE(MarkupIsText) {
  for (const std::string_view text :
       {"</a>", "]]>", "<![CDATA[", "<!--", "&lt;", "&#60;", "<?php", "\"'>",
        "</script>", "%x;"}) {
    const XmlElement read = ReadBack(text);
    BOOST_TEST(read.text == text);
    BOOST_TEST(read.Get("b") == text);
    BOOST_TEST(read.children.empty());
  }
}

BOOST_AUTO_TEST_CASE(WhatXmlHasNoPlaceForIsShownAsAnEscape) {
  BOOST_TEST(Xml("\xef\xbf\xbe") == "\\ufffe");
  BOOST_TEST(Xml("a\xef\xbf\xbfz") == "a\\uffffz");
  BOOST_TEST(Xml("\xef\xbf\xbd") == "\xef\xbf\xbd");  // U+FFFD is one
  BOOST_TEST(Xml("\x01") == "\\x01");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
