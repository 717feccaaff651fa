#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "converter/writers/sample_contexts.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

using nlohmann::json;

BOOST_AUTO_TEST_SUITE(JsonWriter)

BOOST_AUTO_TEST_CASE(ContextsThatCostSomethingAreEventsOfAllCosts) {
  const json written =
      json::parse(WriteAs("json", ParserAndItsContexts()).text);
  const json expected = {
      {"version", 0},
      {"costs",
       {{{"description", "ns"}, {"unit", "ns"}},
        {{"description", "bytes"}, {"unit", "bytes"}}}},
      {"functions",
       {{{"name", "main"}, {"module", "x.py"}, {"process", "x"}},
        {{"name", "parse"}, {"module", "x.py"}, {"process", "x"}},
        {{"name", "<method 'join' of 'str' objects>"},
         {"module", "~"},
         {"process", "<built-in>"}}}},
      {"events",
       {{{"callchain", {1, 0}}, {"cost", {100, 7}}},
        {{"callchain", {2, 1, 0}}, {"cost", {20, 0}}},
        {{"callchain", {1, 1, 0}}, {"cost", {0, 5}}}}}};
  BOOST_TEST(written == expected);
}

BOOST_AUTO_TEST_CASE(TextOfAnyKindIsAsciiInStrings) {
  ProfileBuilder builder(Nanoseconds());
  Add(builder, {.name = "caf\xc3\xa9 \"\\\n", .file = "\xff"});
  const std::string written = WriteAs("json", std::move(builder).Build()).text;
  BOOST_TEST(json::parse(written)["functions"][0]["name"] ==
             "caf\xc3\xa9 \"\\\n");
  for (const char c : written)
    BOOST_TEST((c == '\n' || (c >= ' ' && c <= '~')));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
