#include "converter/io/xml_events.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "graph/error.h"

namespace prof2cg {
namespace {

// Shows elements; throws where one is named so.
class Shower : public XmlVisitor {
 public:
  void Begin(std::string_view name, const char** attributes) override {
    if (name == "error") throw Error("an error");
    if (name == "other") throw std::logic_error("other");
    shown += "<" + std::string(name);
    for (; *attributes != nullptr; attributes += 2) {
      shown += " " + std::string(attributes[0]) + "=" + attributes[1];
    }
    shown += ">";
  }
  void Text(std::string_view text) override { shown += text; }
  void End(std::string_view name) override {
    shown += "</" + std::string(name) + ">";
  }

  std::string shown;
};

std::string Show(std::string_view text) {
  Shower shower;
  try {
    VisitXml(text, shower);
    return shower.shown;
  } catch (const Error& error) {
    return error.Line();
  }
}

BOOST_AUTO_TEST_SUITE(XmlEvents)

BOOST_AUTO_TEST_CASE(ElementsComeInTheirOrder) {
  BOOST_TEST(Show("\xef\xbb\xbf<?xml version='1.0'?><a b='1' c='&lt;'>x &amp; "
                  "<d/>\xc3\xa4</a>\n") ==
             "<a b=1 c=<>x & <d></d>\xc3\xa4</a>");
}

BOOST_AUTO_TEST_CASE(MistakesAreToldWithTheirPlace) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "line 1: no element found, at byte 0"},
      {"<a>\n</b>", "line 2: mismatched tag, at byte 6"},
      {"<a>\n<error/>", "line 2: an error, at byte 4"},
      {"<a>&b;</a>", "line 1: undefined entity, at byte 3"},
      {"<a>\xff</a>", "line 1: not well-formed (invalid token), at byte 3"},
      {"<!DOCTYPE a><a/>", "line 1: a document type: refused, at byte 11"},
  };
  for (const auto& [text, message] : rows) BOOST_TEST(Show(text) == message);
}

// Three gigabytes.
BOOST_AUTO_TEST_CASE(EntitiesAreNeverExpanded) {
  std::string text = "<!DOCTYPE a [<!ENTITY e0 \"lol\">";
  for (int i = 1; i < 10; ++i) {
    text += "<!ENTITY e" + std::to_string(i) + " \"";
    for (int n = 0; n < 10; ++n) text += "&e" + std::to_string(i - 1) + ";";
    text += "\">";
  }
  BOOST_TEST(Show(text + "]><a>&e9;</a>") ==
             "line 1: a document type: refused, at byte 12");
}

BOOST_AUTO_TEST_CASE(WhatElseAVisitorThrowsIsThrown) {
  Shower shower;
  BOOST_CHECK_THROW(VisitXml("<a><other/><error/></a>", shower),
                    std::logic_error);
  BOOST_TEST(shower.shown == "<a>");
}

// Larger than what Expat is given at once; the depth would end a recursion.
BOOST_AUTO_TEST_CASE(DocumentsMayBeLargeAndDeep) {
  std::string text;
  std::string ends;
  for (int i = 0; i < 1'000'000; ++i) {
    text += "<a>";
    ends += "</a>";
  }
  BOOST_TEST((Show(text + ends) == text + ends));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
