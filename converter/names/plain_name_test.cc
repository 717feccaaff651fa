#include "converter/names/plain_name.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/separate_callers.h"
#include "graph/sample_stacks.h"

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

BOOST_AUTO_TEST_CASE(EachCallerLosesItsDescription) {
  SampleStacks stacks;
  stacks.Add({{"<built-in method builtins.exec>"},
              {"<method 'sort' of 'list' objects>"},
              {"<method 'x' of 'it's' objects>"}},
             {1});
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(PlainName(profile, FunctionId(1)) == "list.sort");
  SeparateCallers(profile, {{2, 2, 2}, {1, 1, 1}});
  BOOST_TEST(PlainName(profile, FunctionId(0)) == "builtins.exec");
  BOOST_TEST(PlainName(profile, FunctionId(1)) == "list.sort'builtins.exec");
  BOOST_TEST(PlainName(profile, FunctionId(2)) ==
             "it's.x'list.sort'builtins.exec");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
