#include "converter/names/strip.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(Strip)

BOOST_AUTO_TEST_CASE(ParametersConstAndTemplateArgumentsGo) {
  const struct {
    const char* name;
    const char* stripped;
  } rows[] = {
      {"f", "f"},
      {"", ""},
      {"std::map<int, std::string>::find(int const&) const", "std::map::find"},
      {"f(g(h)(i), j)", "f"},
      {"a<b<c>, d>::e", "a::e"},
      {"(anonymous namespace)::f()", "::f"},
      {"app:1:<module>", "app:1:"},
      {"x<T>  const", "x"},
      {"x() const<int>", "x const"},
      {"isconst", "isconst"},
      {"const", "const"},
  };
  for (const auto& [name, stripped] : rows) {
    BOOST_TEST(StripParameters(name) == stripped);
  }
}

BOOST_AUTO_TEST_CASE(BracketsWithoutAPartnerStay) {
  for (const char* name :
       {"operator->", "operator<", "operator<<", "f(", "f)", ")(", "><"}) {
    BOOST_TEST(StripParameters(name) == name);
  }
  BOOST_TEST(StripParameters("operator<< <int>(int") == "operator<< (int");
}

BOOST_AUTO_TEST_CASE(DeepNestingCostsNoMoreThanLength) {
  const std::string many(1'000'000, '(');
  BOOST_TEST(StripParameters(many).size() == many.size());
  BOOST_TEST(StripParameters(many + std::string(many.size(), ')')).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
