// The program under Valgrind's memcheck: no error, and it runs there at all.
#include <boost/test/unit_test.hpp>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

const std::string kMemcheck = "valgrind -q --error-exitcode=9 $P ";

void CheckRun(const Folder& folder, const std::string& arguments) {
  const Result result = folder.Run(kMemcheck + arguments);
  BOOST_TEST(result.status == 0, arguments + ": " + result.err);
}

BOOST_AUTO_TEST_SUITE(UnderMemcheck)

BOOST_AUTO_TEST_CASE(DumpsAreConverted) {
  const Folder folder;
  CheckRun(folder, "$D -o a.cg");
  CheckRun(folder, "$D --separate-callers=2 -o a.cg");
  for (const char* file : {"a.json", "a.pb.gz", "a.speedscope.json", "a.dot"}) {
    CheckRun(folder, std::string("a.cg -o ") + file);
  }
}

BOOST_AUTO_TEST_CASE(DumpsAreCompared) {
  const Folder folder;
  CheckRun(folder, "diff $D $D");
  CheckRun(folder, "diff --gate ns $D $D $D -- $D $D $D");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
