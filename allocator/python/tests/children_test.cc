// Child processes of a program that is recorded.
#include <boost/test/unit_test.hpp>
#include <string>

#include "allocator/python/tests/recording_folder.h"

namespace prof2cg {
namespace {

// That of the child, where there is one.
std::string ChildFile(const RecordingFolder& folder, const std::string& name) {
  const std::set<std::string> files = folder.Files(name + ".");
  BOOST_REQUIRE(files.size() == 1);
  return *files.begin();
}

// Calls of a function in all files of that name.
int SumCalls(const RecordingFolder& folder, const std::string& name,
             const std::string& function) {
  int sum = 0;
  for (const std::string& file : folder.Files(name)) {
    sum += std::stoi(folder.Look(file, "print(calls['" + function + "'])"));
  }
  return sum;
}

BOOST_AUTO_TEST_SUITE(ChildProcesses)

BOOST_AUTO_TEST_CASE(AForkedChildWritesWhatItDidItself) {
  const RecordingFolder folder;
  const Result result = folder.Run("$P record --python $Y ends.py exit");
  BOOST_TEST(result.err ==
             "prof2cg: wrote ends.pstats and, of a child process, "
             "ends.pstats.PID\n");
  const std::string count =
      "print(calls['before'], calls['of_child'], calls['of_parent'])";
  BOOST_TEST(folder.Look("ends.pstats", count) == "1 0 1\n");
  BOOST_TEST(folder.Look(ChildFile(folder, "ends.pstats"), count) == "0 1 0\n");
}

BOOST_AUTO_TEST_CASE(AChildThatLeavesAtOnceWritesNothing) {
  const RecordingFolder folder;
  BOOST_TEST(folder.Recorded("ends.py leave").status == 0);
  BOOST_TEST(folder.Files("ends.pstats").size() == 1U);
}

BOOST_AUTO_TEST_CASE(AForkBesidePythonLeavesTheParentsFileAlone) {
  const RecordingFolder folder;
  BOOST_TEST(folder.Recorded("native_fork.py").status == 0);
  BOOST_TEST(folder.Look("native_fork.pstats", "print(calls['of_parent'])") ==
             "1\n");
}

BOOST_AUTO_TEST_CASE(AllOfAPoolAreRecordedHoweverTheyStart) {
  const RecordingFolder folder;
  for (const std::string way : {"fork", "spawn", "forkserver"}) {
    BOOST_TEST_CONTEXT(way) {
      const Result result =
          folder.Recorded("-o " + way + ".out pool.py " + way);
      BOOST_TEST(result.out == "28\n");
      BOOST_TEST(result.err == "");
      // One may end before it had any work to do.
      BOOST_TEST(folder.Files(way + ".out").size() >= 2U);
      BOOST_TEST(SumCalls(folder, way + ".out", "work") == 8);
    }
  }
}

BOOST_AUTO_TEST_CASE(ATerminatedProcessHasItsFileAndEndsBySigterm) {
  const RecordingFolder folder;
  for (const std::string what : {"waits", "works"}) {
    BOOST_TEST_CONTEXT(what) {
      const Result result = folder.Recorded("terminated.py " + what);
      BOOST_TEST(result.out == "True\n-15\n");
      BOOST_TEST(result.err == "");
      const std::string file = ChildFile(folder, "terminated.pstats");
      BOOST_TEST(folder.Look(file, "print(calls['started'])") == "1\n");
      fs::remove(folder / file);
    }
  }
}

BOOST_AUTO_TEST_CASE(AForkedChildIsSavedAtSigtermAsItsParentIs) {
  const RecordingFolder folder;
  const Result result = folder.Run(
      "$R --snapshot=1000 -c 'import os, signal\n"
      "def of_child(): pass\n"
      "ready, to_parent = os.pipe()\n"
      "child = os.fork()\n"
      "if child == 0:\n"
      "    of_child()\n"
      "    os.write(to_parent, b\"x\")\n"
      "    while True: signal.pause()\n"
      "os.read(ready, 1)\n"
      "os.kill(child, signal.SIGTERM)\n"
      "print(os.waitpid(child, 0)[1])'");
  BOOST_TEST(result.out == "15\n");
  const std::string file = ChildFile(folder, "command.pstats");
  BOOST_TEST(folder.Look(file, "print(calls['of_child'])") == "1\n");
}

BOOST_AUTO_TEST_CASE(ARecordingThatBeginsAfterAChildHasItsNextOne) {
  const RecordingFolder folder;
  for (const std::string way : {"spawn", "forkserver"}) {
    BOOST_TEST_CONTEXT(way) {
      const Result result = folder.Run(kWithPackage + "$Y later.py " + way);
      BOOST_TEST(result.err == "");
      const std::string file = ChildFile(folder, way + ".pstats");
      BOOST_TEST(folder.Look(file, "print(calls['work'])") == "1\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(ChildrenAreLeftAloneIfSoAsked) {
  const RecordingFolder folder;
  for (const std::string way : {"fork", "spawn", "forkserver"}) {
    BOOST_TEST(folder.Recorded("--children=no pool.py " + way).out == "28\n");
    BOOST_TEST(folder.Files("pool.pstats").size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(AllProcessesAreAddedUpIfSoAsked) {
  const RecordingFolder folder;
  const std::string record =
      "PATH=$(dirname $P):$PATH $P record --python $Y --children=merge ";
  const Result result = folder.Run(record + "pool.py spawn");
  BOOST_TEST(result.out == "28\n");
  BOOST_TEST(result.err == "prof2cg: wrote pool.pstats, of 3 processes\n");
  BOOST_TEST(folder.Files("pool.pstats").size() == 1U);
  BOOST_TEST(folder.Look("pool.pstats", "print(calls['work'])") == "8\n");
  BOOST_TEST(folder.Run(record + "exit_zero.py").err ==
             "prof2cg: wrote exit_zero.pstats\n");
  BOOST_TEST(folder.Files("exit_zero.pstats").size() == 1U);
}

BOOST_AUTO_TEST_CASE(WhatCannotBeAddedUpIsKept) {
  const RecordingFolder folder;
  WriteProgram(folder / "bin/prof2cg", "echo no >&2; exit 2");
  const Result result = folder.Run(
      "PATH=$PWD/bin:$PATH $P record --python $Y --children=merge pool.py "
      "fork");
  BOOST_TEST(result.err.find("cannot add up the profiles in ") !=
             result.err.npos);
  const std::set<std::string> kept = folder.Files("pool.pstats");
  BOOST_REQUIRE(kept.size() == 1);
  BOOST_TEST(
      std::distance(fs::directory_iterator(folder / *kept.begin()), {}) == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
