// prof2cg record: what it writes, and what it says.
#include <boost/test/unit_test.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "allocator/python/tests/recording_folder.h"

namespace prof2cg {
namespace {

bool Holds(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

// The lines that tell of options: letters, name and meaning.
std::vector<std::string> OptionLines(const std::string& help) {
  std::vector<std::string> lines;
  std::istringstream stream(help);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("  ")) lines.push_back(line);
  }
  return lines;
}

BOOST_AUTO_TEST_SUITE(RecordCommand)

BOOST_AUTO_TEST_CASE(AFileIsNamedAfterWhatWasRun) {
  const RecordingFolder folder;
  const auto check = [&](const std::string& words, const std::string& file) {
    const Result result =
        folder.Run("$P record --python $Y " + words + " <input >ignored");
    BOOST_TEST(result.err == "prof2cg: wrote " + file + "\n");
    BOOST_TEST(fs::exists(folder / file));
  };
  check("exit_zero.py", "exit_zero.pstats");
  check("folder/../main.py", "main.pstats");
  check("folder", "folder.pstats");
  check("-m main", "main.pstats");
  check("-m json.tool --help", "json.tool.pstats");
  check("-c 'print(1)'", "command.pstats");
  check("-o a.b exit_zero.py", "a.b");
  check("-o folder/../c -c 'import os; os.chdir(\"/\")'", "folder/../c");
}

BOOST_AUTO_TEST_CASE(ItsFileHasTheCallsOfAllThreadsAndOfTheEnd) {
  const RecordingFolder folder;
  BOOST_TEST(folder.Recorded("counts.py").status == 0);
  BOOST_TEST(folder.Look("counts.pstats",
                         "print(calls['main'], calls['recursive'], "
                         "calls['in_thread'], calls['at_exit'])") ==
             "1 7 1 1\n");
  BOOST_TEST(folder.Look("counts.pstats",
                         "print([f[:2] for k, f in dump.items() if k[2] == "
                         "'recursive'], len(recording['threads']))") ==
             "[(1, 7)] 2\n");
}

BOOST_AUTO_TEST_CASE(ItsFileIsOpenedByTheInterpretersOwnPstats) {
  const RecordingFolder folder;
  folder.Recorded("counts.py");
  const std::string report =
      folder.Run("echo stats recursive | $Y -m pstats counts.pstats").out;
  BOOST_TEST(Holds(report, "      7/1    0.000"), report);
  BOOST_TEST(Holds(report, "counts.py:6(recursive)"), report);
}

BOOST_AUTO_TEST_CASE(ItsFileIsThereHoweverItEnds) {
  const RecordingFolder folder;
  for (const std::string program :
       {"raise", "exit_three", "exit_text", "interrupt", "hook", "thread_exit",
        "handler", "exit_at_exit"}) {
    folder.Recorded(program + ".py");
    BOOST_TEST(folder.Look(program + ".pstats", "print(calls['<module>'])") !=
               "0\n");
  }
}

BOOST_AUTO_TEST_CASE(PythonRunsThePackageTheSameWay) {
  const RecordingFolder folder;
  const Result result =
      folder.Run(kWithPackage + "$Y -m prof2cg_record -o a counts.py");
  BOOST_TEST(result.err == "prof2cg: wrote a\n");
  BOOST_TEST(folder.Look("a", "print(calls['recursive'])") == "7\n");
}

BOOST_AUTO_TEST_CASE(FactsTellWhatWasRun) {
  const RecordingFolder folder;
  folder.Recorded("exit_zero.py 'an argument' b");
  const std::string facts =
      folder.Look("exit_zero.pstats",
                  "facts = dict(recording['facts'])\n"
                  "print(recording['command'])\n"
                  "print(facts['Python'] == sys.version.replace('\\n', ' '), "
                  "facts['Interpreter'] == sys.executable, 'Clock' in facts, "
                  "facts['Folder'])");
  BOOST_TEST(facts == "python3 exit_zero.py 'an argument' b\nTrue True True " +
                          (folder / "").parent_path().string() + "\n");
}

BOOST_AUTO_TEST_CASE(AnonymousFactsTellNothingOfTheMachine) {
  const RecordingFolder folder;
  folder.Recorded("--anonymous -o a ./exit_zero.py secret");
  BOOST_TEST(
      folder.Look("a",
                  "import os\n"
                  "facts = dict(recording['facts'])\n"
                  "print(recording['command'], sorted(facts))\n"
                  "text = repr((facts, recording['command']))\n"
                  "print([w for w in ('secret', os.getcwd(), "
                  "os.uname().nodename, sys.executable) if w in text])") ==
      "exit_zero ['Clock', 'Memory', 'Platform', 'Python']\n[]\n");
}

BOOST_AUTO_TEST_CASE(EventsAreThoseThatWereAskedFor) {
  const RecordingFolder folder;
  const auto events = [&](const std::string& options) {
    folder.Recorded(options + " -o a exit_zero.py");
    return folder.Look("a",
                       "print(*(event[0] for event in recording['events'])"
                       ", recording['sizes']['rows'] > 0)");
  };
  BOOST_TEST(events("--events=time") == "ns False\n");
  BOOST_TEST(
      events("--events alloc,cpu") ==
      "cpu_ns alloc_blocks alloc_bytes freed_blocks freed_bytes reallocs "
      "False\n");
  BOOST_TEST(events("") ==
             "ns cpu_ns alloc_blocks alloc_bytes freed_blocks freed_bytes "
             "reallocs live_blocks live_bytes peak_blocks peak_bytes arenas "
             "False\n");
  BOOST_TEST(Holds(events("--events=time,sizes"), "True"));
  BOOST_TEST(events("--events=sizes") ==
             "alloc_blocks alloc_bytes freed_blocks freed_bytes reallocs "
             "True\n");
  BOOST_TEST(events("--events=time --clock=monotonic") == "ns False\n");
  BOOST_TEST(folder.Look("a", "print(dict(recording['facts'])['Clock'])") ==
             "CLOCK_MONOTONIC\n");
}

BOOST_AUTO_TEST_CASE(MistakesAreOneLineAndNothingRuns) {
  const RecordingFolder folder;
  const auto check = [&](const std::string& words, const std::string& line) {
    const Result result = folder.Run("$P record --python $Y " + words);
    BOOST_TEST(result.out == "");
    CheckTrouble(result, line);
  };
  check("", "nothing to run");
  check("-m", "-m needs an argument");
  check("--events time,x main.py",
        "--events takes time, cpu, alloc, live, peak, arenas, sizes, not x");
  check("--clock=sun main.py", "--clock takes tsc, monotonic, not sun");
  check("--max-contexts=1 main.py", "takes a number from 2 to 4194302, not 1");
  check("--snapshot=0 main.py", "--snapshot takes a number of seconds, not 0");
  check("--children=some main.py",
        "--children takes no, each, merge, not some");
  check("--valgrind= main.py", "--valgrind takes bypass, annotate, not");
  check("--instr-atstart=on main.py", "--instr-atstart takes yes, no, not on");
  check("--quiet=yes main.py", "--quiet");
  check("--colour main.py", "--colour: no such option");
  check("-t dot main.py", "-t is not for `prof2cg record`");
  check("-o not/there main.py", "there is no such folder");
  check("-o folder main.py", "it is a folder");
  check("--python nowhere main.py", "--python nowhere: there is none on PATH");
  check("--python ./nowhere main.py", "./nowhere: No such file or directory");
}

BOOST_AUTO_TEST_CASE(BothHelpsTellTheSame) {
  const RecordingFolder folder;
  const std::string all = folder.Run("$P --help").out;
  const size_t begin = all.find("\nprof2cg record:\n");
  const std::string ours = all.substr(begin, all.find("\n\n", begin) - begin);
  const std::string package =
      folder.Run(kWithPackage + "$Y -m prof2cg_record --help").out;
  const std::vector<std::string> lines =
      OptionLines(package.substr(package.find("\n\n")));
  BOOST_TEST(lines.size() >= 11U);
  for (const std::string& line : lines) BOOST_TEST(Holds(ours, line), line);
  // But for -m, -c and --python.
  BOOST_TEST(OptionLines(ours).size() == lines.size() + 3);
}

BOOST_AUTO_TEST_CASE(TheInterpreterIsTheEnvironments) {
  const RecordingFolder folder;
  folder.Run(
      "$Y -m venv --without-pip venv && mkdir bin && "
      "ln -s ../venv/bin/python bin/python3");
  const std::string code = " -q -c 'import sys; print(sys.prefix)'";
  const std::string prefix = (folder / "venv").string() + "\n";
  BOOST_TEST(folder.Run("VIRTUAL_ENV=$PWD/venv $P record" + code).out ==
             prefix);
  BOOST_TEST(folder
                 .Run("PATH=$PWD/venv/bin:$PATH; unset VIRTUAL_ENV; "
                      "$P record" +
                      code)
                 .out == prefix);
  BOOST_TEST(folder
                 .Run("PATH=$PWD/venv/bin:$PATH; "
                      "$P record --python python3" +
                      code)
                 .out == prefix);
  BOOST_TEST(folder.Run("$P record --python venv/bin/python" + code).out ==
             prefix);
}

BOOST_AUTO_TEST_CASE(APackageWithoutTheModuleHasItBuilt) {
  const RecordingFolder folder;
  folder.Run("mkdir -p tree/tools tree/.build here && cp -rL " +
             kPackage.string() +
             " here/ && cp -r here/prof2cg_record "
             "tree/.build/ && rm here/prof2cg_record/*.so && "
             "mv tree/.build/prof2cg_record/*.so .");
  const std::string record =
      "PROF2CG_PYTHON_PACKAGE=here/prof2cg_record $R exit_three.py";
  CheckTrouble(folder.Run(record), "nor the source tree to build it from");
  WriteFile(folder / "here/prof2cg_record/source_tree", "tree\n");
  CheckTrouble(folder.Run(record), "(tree); run `tools/setup --python");
  WriteProgram(folder / "tree/tools/setup", "exit 1");
  CheckTrouble(folder.Run(record), "building it failed");
  WriteProgram(folder / "tree/tools/setup", "exit 0");
  CheckTrouble(folder.Run(record), "tools/setup made no");
  WriteProgram(folder / "tree/tools/setup",
               "echo $1 $2 >&2; mv *.so tree/.build/prof2cg_record/");
  const Result result = folder.Run(record);
  BOOST_TEST(result.status == 3);
  BOOST_TEST(result.err.starts_with("--python /"), result.err);
  BOOST_TEST(folder.Files("exit_three.pstats").size() == 1U);
}

BOOST_AUTO_TEST_CASE(APartOfAProgramIsRecordedByItself) {
  const RecordingFolder folder;
  const Result result = folder.Run(kWithPackage + "$Y part.py");
  BOOST_TEST(result.err == "");
  BOOST_TEST(result.out ==
             "nothing is being recorded\n"
             "again.pstats is being recorded already\n"
             "events takes time, cpu, alloc, live, peak, arenas, sizes, not x\n"
             "max_contexts takes a number from 2 to 4194302, not 0\n"
             "no such option: colour\n"
             "there is no such folder\n");
  const std::string count = "print(calls['inside'], calls['outside'])";
  BOOST_TEST(folder.Look("part.pstats", count) == "2 0\n");
  BOOST_TEST(folder.Look("again.pstats", count) == "1 1\n");
  BOOST_TEST(folder.Look("left.pstats", count) == "1 0\n");
  BOOST_TEST(folder.Files("never").empty());
}

BOOST_AUTO_TEST_CASE(WhatCannotBeginOrEndLeavesNothingBehind) {
  const RecordingFolder folder;
  const Result result = folder.Run(kWithPackage + "$Y fails.py");
  BOOST_TEST(result.err == "");
  BOOST_TEST(result.out ==
             "RuntimeError\nRuntimeError\nOSError\nOSError\nFalse\n");
  BOOST_TEST(folder.Files("never").empty());
}

BOOST_AUTO_TEST_CASE(AProgramSwitchesItsRecording) {
  const RecordingFolder folder;
  const std::string count = "print(calls['inside'], calls['outside'])";
  BOOST_TEST(folder.Recorded("--instr-atstart=no switched.py").status == 0);
  BOOST_TEST(folder.Look("switched.pstats", count) == "2 0\n");
  BOOST_TEST(folder.Recorded("switched.py").status == 0);
  BOOST_TEST(folder.Look("switched.pstats", count) == "2 1\n");
}

BOOST_AUTO_TEST_CASE(SnapshotsAreThereWhereTheEndIsNot) {
  const RecordingFolder folder;
  // A snapshot is one step to the program.
  const std::string work =
      "def work(): pass\nimport os, time\nwork()\nf = \"command.pstats\"\n"
      "if os.path.exists(f): os.remove(f)\n"
      "while not os.path.exists(f): time.sleep(.01)\n";
  const auto check = [&](const std::string& end, int status) {
    BOOST_TEST_CONTEXT(end) {
      const Result result =
          folder.Run("$R --snapshot=0.05 -c '" + work + end + "'; echo $?");
      BOOST_TEST(result.out == std::to_string(status) + "\n");
      BOOST_TEST(folder.Look("command.pstats", "print(calls['work'])") ==
                 "1\n");
      fs::remove(folder / "command.pstats");
    }
  };
  check("os._exit(5)", 5);
  check("os.kill(os.getpid(), 9)", 128 + 9);
  check("os.execlp(\"true\", \"true\")", 0);
  check("while True: os.kill(os.getpid(), 15)", 128 + 15);
}

BOOST_AUTO_TEST_CASE(AModuleIsRecordedFromWhatRunsIt) {
  const RecordingFolder folder;
  fs::create_directory(folder / "greeting");
  WriteFile(folder / "greeting/__init__.py", "");
  WriteFile(folder / "greeting/__main__.py", "def greet(): pass\ngreet()\n");
  for (const std::string module : {"-m greeting", "greeting"}) {
    folder.Recorded("-o a " + module);
    BOOST_TEST(folder.Look("a",
                           "print(calls['_run_module_as_main'], "
                           "calls['greet'], 'main' in calls)") ==
               "1 1 False\n");
  }
}

BOOST_AUTO_TEST_CASE(BeyondTheMostContextsCallsAreFolded) {
  const RecordingFolder folder;
  folder.Recorded(
      "--max-contexts=8 -o a -c 'f = lambda n: n and f(n - 1); f(200)'");
  BOOST_TEST(folder.Look("a",
                         "print(recording['contexts']['rows'], "
                         "calls['<lambda>'])") == "8 201\n");
  BOOST_TEST(folder.Look("a", "print(recording['oddities'][0][2])") == "194\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
