#include "converter/writers/svg_text.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "converter/io/utf8.h"
#include "converter/io/xml_text.h"
#include "converter/io/xml_tree.h"
#include "converter/writers/sample_picture.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

template <class Write>
std::string Written(Write write) {
  StringSink sink;
  write(sink);
  return std::move(sink).Take();
}

std::string Tenths(double number) {
  return Written([&](TextSink& out) { WriteTenths(out, number); });
}

BOOST_AUTO_TEST_SUITE(SvgText)

BOOST_AUTO_TEST_CASE(JsonInAnAttributeIsReadBack) {
  for (const NastyName& nasty : NastyNames()) {
    const std::string json = JsonString(nasty.name);
    const std::string attribute =
        Written([&](TextSink& out) { WriteXmlOfJson(out, json); });
    const XmlElement read = ParseXml("<a b='" + attribute + "'/>");
    BOOST_TEST(nlohmann::json::parse(read.Get("b")).get<std::string>() ==
               Printable(nasty.name));
  }
}

BOOST_AUTO_TEST_CASE(ArraysHaveTheirValuesInOrder) {
  const std::string values[] = {"1", JsonString("a\"b\\"), "[]"};
  BOOST_TEST(JsonArray(values) == R"([1,"a\"b\\",[]])");
  BOOST_TEST(JsonArray({}) == "[]");
}

BOOST_AUTO_TEST_CASE(PointsAreRoundedToTenths) {
  BOOST_TEST(Tenths(0) == "0");
  BOOST_TEST(Tenths(-0.04) == "0");
  BOOST_TEST(Tenths(12) == "12");
  BOOST_TEST(Tenths(12.34) == "12.3");
  BOOST_TEST(Tenths(-.26) == "-0.3");
  BOOST_TEST(Tenths(99999.96) == "100000");
}

BOOST_AUTO_TEST_CASE(LinksThatRunScriptsAreNotSafe) {
  for (const char* link :
       {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:x",
        "java\nscript:x", "\x01javascript:x", "data:text/html,x",
        "vbscript:x"}) {
    BOOST_TEST(!IsSafeLink(link));
  }
  for (const char* link :
       {"https://example.org/a?b=javascript:x", "vscode://file/a.py:3",
        "file:///a/b.py#L3", "a/b.py", "/javascript:", "#javascript:"}) {
    BOOST_TEST(IsSafeLink(link));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
