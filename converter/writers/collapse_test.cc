#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>

#include "converter/writers/sample_contexts.h"
#include "converter/writers/test_support.h"

namespace prof2cg {
namespace {

// A profile of one function, which cost 5.
Profile OfOne(const Text& text) {
  ProfileBuilder builder(Nanoseconds());
  const int64_t cost = 5;
  ContextTreeBuilder tree(1);
  tree.AddSelf(tree.Enter(ContextId(), Add(builder, text), 0), {&cost, 1});
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  return profile;
}

BOOST_AUTO_TEST_SUITE(CollapseWriter)

BOOST_AUTO_TEST_CASE(StacksThatCostSomethingStandWithTheLinesOfTheirCalls) {
  BOOST_TEST(WriteAs("collapse", ParserAndItsContexts()).text ==
             "main (x.py:30);parse (x.py:12) 100\n"
             "main (x.py:30);parse (x.py:12);<method 'join' of 'str' objects> "
             "20\n");
}

BOOST_AUTO_TEST_CASE(OfACallGraphTheyAreAnEstimateThatIsTold) {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId f = Add(builder, {.name = "f", .line = 4});
  const int64_t cost = 5;
  builder.AddCounts(f, {1, 1});
  builder.AddSelf(f, {&cost, 1});
  builder.AddInclusive(f, {&cost, 1});
  const WrittenProfile written =
      WriteAs("collapse", std::move(builder).Build());
  BOOST_TEST(written.text == "f (x.py:4) 5\n");
  BOOST_TEST_REQUIRE(written.oddities.size() == 1);
  BOOST_TEST(written.oddities[0].Text() ==
             "1 stack is estimated: the input tells only who called whom");
}

BOOST_AUTO_TEST_CASE(NoNameEndsAFrameOrALine) {
  const auto frame = [](const std::string& name) {
    return WriteAs("collapse", OfOne({.name = name, .file = ""})).text;
  };
  BOOST_TEST(frame("f;g\nh") == "f:g\\nh 5\n");
  BOOST_TEST(frame("") == " 5\n");
}

BOOST_AUTO_TEST_CASE(AFileThatTheFormatCannotHoldIsCounted) {
  const WrittenProfile written =
      WriteAs("collapse", OfOne({.name = "operator new"}));
  BOOST_TEST(written.text == "operator new 5\n");
  BOOST_TEST_REQUIRE(written.oddities.size() == 1);
  BOOST_TEST(written.oddities[0].Text() ==
             "1 function has a blank in its name: its file is left out");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
