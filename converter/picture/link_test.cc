#include "converter/picture/link.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

std::string Link(std::string_view pattern, std::string_view name,
                 std::string_view file, uint32_t line) {
  SampleProfile sample;
  const FunctionId f = sample.Add(name, file, line, {1, 1}, {1}, {1});
  return SourceLink(sample.Build(), f, pattern);
}

BOOST_AUTO_TEST_SUITE(SourceLinkSuite)

BOOST_AUTO_TEST_CASE(FileLineAndNameStandInTheirPlaces) {
  BOOST_TEST(Link("vscode://file{file}:{line}", "run", "/app/main.py", 7) ==
             "vscode://file/app/main.py:7");
  BOOST_TEST(Link("https://x.org/{name}?{line}&{line}", "run", "", 7) ==
             "https://x.org/run?7&7");
  BOOST_TEST(Link("", "run", "/app/main.py", 7) == "");
  BOOST_TEST(Link("{", "run", "/app/main.py", 7) == "{");
  BOOST_TEST(Link("{fi{line}", "run", "/app/main.py", 7) == "{fi7");
}

// RFC 3986, by hand.
BOOST_AUTO_TEST_CASE(WhatIsNoPartOfAPathIsPercentEncoded) {
  BOOST_TEST(Link("{file}", "f", "/a b/ü.py", 1) == "/a%20b/%C3%BC.py");
  BOOST_TEST(Link("{name}", "<b> & \"x\"", "", 1) == "%3Cb%3E%20%26%20%22x%22");
  BOOST_TEST(Link("{name}", "a%20b", "", 1) == "a%2520b");
  BOOST_TEST(Link("{file}", "f", "C:\\app\\x.py", 1) == "C%3A%5Capp%5Cx.py");
  BOOST_TEST(Link("{name}", "\xff\n", "", 1) == "%FF%0A");
}

BOOST_AUTO_TEST_CASE(AProfileCannotChooseTheKindOfLink) {
  BOOST_TEST(Link("{file}", "f", "javascript:alert(1)", 1) ==
             "javascript%3Aalert%281%29");
}

BOOST_AUTO_TEST_CASE(AProfileCannotNameAnotherPlace) {
  BOOST_TEST(Link("{name}", "{file}{line}", "/x", 1) == "%7Bfile%7D%7Bline%7D");
}

BOOST_AUTO_TEST_CASE(WithoutAFileThereIsNoLinkToIt) {
  for (const char* file : {"", "~", "<string>", "<frozen os>"}) {
    BOOST_TEST(Link("{file}", "f", file, 1) == "");
    BOOST_TEST(Link("{name}", "f", file, 1) == "f");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
