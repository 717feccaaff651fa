// prof2cg control: a program that runs is switched from outside.
#include <boost/test/unit_test.hpp>
#include <string>

#include "allocator/python/tests/recording_folder.h"

namespace prof2cg {
namespace {

// Runs the lines while served.py is recorded, whose process is $N.
Result WhileRecording(const RecordingFolder& folder, const std::string& options,
                      const std::string& lines) {
  return folder.Run("rm -f stop pid; $R " + options +
                    " served.py & while [ ! -e pid ]; do sleep .01; done; "
                    "N=$(cat pid); " +
                    lines + "; touch stop; wait");
}

std::string Calls(const RecordingFolder& folder) {
  return folder.Look("served.pstats", "print(calls['work'] > 0)");
}

// Until work() was called and has returned.
const std::string kWork =
    "for once in begun whole; do rm -f worked; "
    "while [ ! -e worked ]; do sleep .01; done; done";

// What `prof2cg control` says, without the number of the process.
std::string Said(const Result& result) {
  return result.err.substr(result.err.rfind(": ") + 2);
}

BOOST_AUTO_TEST_SUITE(ControlCommand)

BOOST_AUTO_TEST_CASE(SwitchesAProgramWhoseMainThreadWaits) {
  const RecordingFolder folder;
  const std::string options = "--instr-atstart=no";
  WhileRecording(folder, options, kWork);
  BOOST_TEST(Calls(folder) == "False\n");
  const Result on =
      WhileRecording(folder, options, "$P control -i on $N; " + kWork);
  BOOST_TEST(Said(on) == "recording\n");
  BOOST_TEST(Calls(folder) == "True\n");
  // The one that switched it is none of the program's.
  BOOST_TEST(folder.Look("served.pstats",
                         "print(len(recording['threads']) <= 2)") == "True\n");
}

BOOST_AUTO_TEST_CASE(SwitchesOffWhatIsToBeControlled) {
  const RecordingFolder folder;
  const Result off =
      WhileRecording(folder, "--control",
                     kWork + "; $P control -i off $N; touch off; " + kWork);
  BOOST_TEST(Said(off) == "paused\n");
  BOOST_TEST(Calls(folder) == "True\n");
  BOOST_TEST(folder.Look("served.pstats", "print(calls['late'])") == "0\n");
}

BOOST_AUTO_TEST_CASE(ItsChildIsSwitchedByItself) {
  const RecordingFolder folder;
  const Result result = folder.Run(
      "$R --instr-atstart=no -c 'import os, sys, time\n"
      "def work(): pass\n"
      "child = os.fork()\n"
      "if child == 0:\n"
      "    os.system(\"'$P' control -i on %d\" % os.getpid())\n"
      "    work()\n"
      "    sys.exit(0)\n"
      "os.waitpid(child, 0)\n"
      "work()'");
  BOOST_TEST(Said(result) == "recording\n");
  BOOST_TEST(folder.Look("command.pstats", "print(calls['work'])") == "0\n");
  const std::set<std::string> files = folder.Files("command.pstats.");
  BOOST_REQUIRE(files.size() == 1);
  BOOST_TEST(folder.Look(*files.begin(), "print(calls['work'])") == "1\n");
}

BOOST_AUTO_TEST_CASE(SaysWhatIsWrong) {
  const RecordingFolder folder;
  const Result silent = WhileRecording(folder, "",
                                       "$P control -i on $N; "
                                       "echo $? >status");
  CheckTrouble({std::stoi(ReadFile(folder / "status")), "", silent.err},
               "does not listen: is it recorded, with --instr-atstart=no");
  CheckTrouble(folder.Run("$P control -i on 4194305"),
               "4194305: there is no such process");
  CheckTrouble(folder.Run("$P control -i on x"), "x: a process has a number");
  CheckTrouble(folder.Run("$P control 1"), "-i on or -i off");
  CheckTrouble(folder.Run("$P control -i maybe 1"), "-i takes on, off");
  CheckTrouble(folder.Run("$P control -i on"), "the number of one process");
  CheckTrouble(folder.Run("$P control -i on 1 2"), "the number of one process");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
