// Runs what the extension module promises (checks.py and others) with an
// interpreter that it was built for: PYTHON, and MODULE_FOLDER.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "allocator/python/tests/sanitized.h"

namespace prof2cg {
namespace {

BOOST_TEST_GLOBAL_FIXTURE(SanitizedPython);

void Run(const std::string& script, const std::string& argument = "",
         const std::string& settings = "") {
  // What scripts leave behind is Bazel's to take away.
  const std::string command = "TMPDIR=\"$TEST_TMPDIR\" PYTHONHASHSEED=0 " +
                              settings +
                              " '" PYTHON "' allocator/python/tests/" + script +
                              " " MODULE_FOLDER " " + argument + " 2>&1";
  BOOST_TEST(std::system(command.c_str()) == 0, command);
}

void Check(const std::string& name, const std::string& settings = "") {
  Run("checks.py", name, settings);
}

BOOST_AUTO_TEST_SUITE(TheModule)

BOOST_AUTO_TEST_CASE(CountsCallsAsCProfileDoes) { Run("same_counts.py"); }
BOOST_AUTO_TEST_CASE(AddsNothingToTheProgramsBlocks) { Run("observer.py"); }

BOOST_AUTO_TEST_CASE(TellsTimesToTheNanosecond) { Check("times"); }
BOOST_AUTO_TEST_CASE(TellsWaitingFromWorking) { Check("cpu_time"); }

BOOST_AUTO_TEST_CASE(KeepsTheLawsOfMemory) { Check("laws"); }
BOOST_AUTO_TEST_CASE(AgreesWithTracemalloc) {
  Check("agrees_with_tracemalloc");
}
BOOST_AUTO_TEST_CASE(LeavesTracemallocAlone) {
  Check("leaves_tracemalloc_alone");
}
BOOST_AUTO_TEST_CASE(CountsSizes) { Check("sizes"); }
BOOST_AUTO_TEST_CASE(CountsMallocsBlocks) {
  for (const char* check : {"laws", "agrees_with_tracemalloc", "threads"}) {
    Check(check, "PYTHONMALLOC=malloc");
  }
}
BOOST_AUTO_TEST_CASE(StandsBelowDebugHooks) {
  for (const char* check :
       {"laws", "leaves_tracemalloc_alone", "threads", "overrun_is_noticed"}) {
    Check(check, "PYTHONMALLOC=debug");
  }
  Run("observer.py", "", "PYTHONMALLOC=debug");
}

BOOST_AUTO_TEST_CASE(RecordsThreads) { Check("threads"); }
BOOST_AUTO_TEST_CASE(SeesThreadsThatAreThere) { Check("thread_that_is_there"); }
BOOST_AUTO_TEST_CASE(AsksNoObjectOfTheProgramForItsName) {
  Check("plain_thread");
}
BOOST_AUTO_TEST_CASE(ForgetsThreadsThatEnd) { Check("many_threads"); }

BOOST_AUTO_TEST_CASE(KnowsLinesOfCalls) { Check("lines"); }
BOOST_AUTO_TEST_CASE(KnowsNoLinesInBuiltInFunctions) { Check("callbacks"); }
BOOST_AUTO_TEST_CASE(BeginsWithCallsThatHaveNotReturned) { Check("seeding"); }
BOOST_AUTO_TEST_CASE(BeginsAmidAConstructor) { Check("constructor"); }
BOOST_AUTO_TEST_CASE(CanBeSwitchedAmidCalls) { Check("switching"); }
BOOST_AUTO_TEST_CASE(RunsCodeAsARoot) { Check("root"); }
BOOST_AUTO_TEST_CASE(FollowsGeneratorsAndExceptions) {
  Check("generators_and_exceptions");
}
BOOST_AUTO_TEST_CASE(FollowsDeepRecursion) { Check("depth"); }
BOOST_AUTO_TEST_CASE(FoldsWhatHasNoRoom) { Check("folding"); }

BOOST_AUTO_TEST_CASE(DoesTheSameEachTime) { Check("determinism"); }
BOOST_AUTO_TEST_CASE(SavesWhatThereIs) { Check("snapshots"); }
BOOST_AUTO_TEST_CASE(BeginsAnew) { Check("again"); }
BOOST_AUTO_TEST_CASE(BeginsAnewInAForkedChild) { Check("forked_child"); }
BOOST_AUTO_TEST_CASE(RefusesWhatMakesNoSense) { Check("refusals"); }
BOOST_AUTO_TEST_CASE(NoticesOtherProfilers) { Check("other_profilers"); }
BOOST_AUTO_TEST_CASE(CountsNoMemoryBesideOtherInterpreters) {
  Check("other_interpreters");
}
BOOST_AUTO_TEST_CASE(WritesNamesOfAnyEncoding) { Check("names"); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
