#include "converter/names/plain_name.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(PlainNameTest)

BOOST_AUTO_TEST_CASE(BuiltInsLoseTheirDescription) {
  const struct {
    std::string_view name;
    std::string_view expected;
  } rows[] = {
      {"<method 'append' of 'list' objects>", "list.append"},
      {"<method 'sub' of 're.Pattern' objects>", "re.Pattern.sub"},
      {"<built-in method time.sleep>", "time.sleep"},
      {"<built-in method __new__ of type object at 0x7f>",
       "__new__ of type object at 0x7f"},
  };
  for (const auto& [name, expected] : rows) {
    BOOST_TEST(PlainName(name) == expected);
  }
}

BOOST_AUTO_TEST_CASE(OtherNamesStay) {
  for (const std::string_view name :
       {"", "f", "<listcomp>", "<module>", "<method '", "<method '' objects>",
        "<method 'x' objects>", "<built-in method x", "<len>"}) {
    BOOST_TEST(PlainName(name) == name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
