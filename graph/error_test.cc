#include "graph/error.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(LineNamesWhatIsKnown) {
  BOOST_TEST(Error("no dict").Line() == "no dict");
  BOOST_TEST(Error("no dict", 26).Line() == "no dict, at byte 26");
  BOOST_TEST(Error("no dict", {}, "a.prof").Line() == "a.prof: no dict");
  BOOST_TEST(Error("no dict", 26, "a.prof").Line() ==
             "a.prof: no dict, at byte 26");
}

BOOST_AUTO_TEST_CASE(TheFirstAndTheLastByteAreOffsetsToo) {
  BOOST_TEST(Error("no dict", 0).Line() == "no dict, at byte 0");
  BOOST_TEST(Error("no dict", UINT64_MAX).Line() ==
             "no dict, at byte 18446744073709551615");
}

BOOST_AUTO_TEST_CASE(PathIsAddedOnceAndNeverReplaced) {
  const Error error("no dict", 26);
  BOOST_TEST(error.In("a.prof").Line() == "a.prof: no dict, at byte 26");
  BOOST_TEST(error.In("a.prof").In("b.prof").Line() ==
             "a.prof: no dict, at byte 26");
  BOOST_TEST(error.Line() == "no dict, at byte 26");
}

BOOST_AUTO_TEST_CASE(MessageIsWhatIsWrongAlone) {
  BOOST_TEST(Error("no dict", 26, "a.prof").what() == std::string("no dict"));
}

}  // namespace
}  // namespace prof2cg
