#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>

#include "converter/writers/test_support.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

std::string WriteMallocstk(const Profile& profile) {
  return WriteAs("mallocstk", profile).text;
}

// main calls parse on its line 30 and that a built-in on its line 14; both of
// these allocated.
Profile SizesOfTwo() {
  ProfileBuilder builder(Nanoseconds());
  const FunctionId main = Add(builder, {.name = "main", .line = 3});
  const FunctionId parse = Add(builder, {.name = "parse", .line = 12});
  const FunctionId join =
      Add(builder, {.name = "<method 'join' of 'str' objects>",
                    .file = "~",
                    .object = "<built-in>",
                    .line = 0});
  ContextTreeBuilder tree(1);
  const ContextId in_main = tree.Enter(ContextId(), main, 0);
  const ContextId in_parse = tree.Enter(in_main, parse, 30);
  const ContextId in_join = tree.Enter(in_parse, join, 14);
  tree.AddSizes({in_parse, 64, 25});
  tree.AddSizes({in_parse, 16, 75});
  tree.AddSizes({in_join, 0, 1});
  tree.AddSizes({in_main, 32, 0});
  Profile profile = std::move(builder).Build();
  profile.contexts = std::move(tree).Build();
  return profile;
}

BOOST_AUTO_TEST_SUITE(MallocstkWriter)

BOOST_AUTO_TEST_CASE(StacksStandByBlocksWithWhatTheyAllocatedOfEachSize) {
  BOOST_TEST(WriteMallocstk(SizesOfTwo()) ==
             R"(Python malloc byte distributions by stack trace,

              built-in`<method 'join' of 'str' objects>
              python`_PyEval_EvalFrameDefault
                [ x.py:14 (parse) ]
              python`_PyEval_EvalFrameDefault
                [ x.py:30 (main) ]

           value  ------------- Distribution ------------- count
               0 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 1
               1 |                                         0

              python`_PyEval_EvalFrameDefault
                [ x.py:12 (parse) ]
              python`_PyEval_EvalFrameDefault
                [ x.py:30 (main) ]

           value  ------------- Distribution ------------- count
               8 |                                         0
              16 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           75
              32 |                                         0
              64 |@@@@@@@@@@                               25
             128 |                                         0
)");
}

BOOST_AUTO_TEST_CASE(NamesStayOnTheirLine) {
  Profile profile = SizesOfTwo();
  profile.functions[0].name = profile.strings.Intern("ma\nin");
  profile.functions[2].name = profile.strings.Intern("jo\nin");
  const std::string text = WriteMallocstk(profile);
  BOOST_TEST(text.find("\nin") == text.npos);
}

BOOST_AUTO_TEST_CASE(ProfilesWithoutSizesAreRefused) {
  Profile profile = SizesOfTwo();
  profile.contexts->sizes.clear();
  BOOST_CHECK_THROW(WriteMallocstk(profile), Error);
  profile.contexts.reset();
  BOOST_CHECK_THROW(WriteMallocstk(profile), Error);
}

// Figures of hostile files.
BOOST_AUTO_TEST_CASE(SizesOfAnyNumberAreWritten) {
  Profile profile = SizesOfTwo();
  profile.contexts->sizes = {{ContextId(0), INT64_MAX / 2 + 1, INT64_MAX},
                             {ContextId(0), 0, -1},
                             {ContextId(1), 8, INT64_MIN}};
  BOOST_TEST(!WriteMallocstk(profile).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
