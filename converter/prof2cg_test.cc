// End to end: the real program on real and on bad input.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(ADumpGoesToItsNameWithLogAsWithPyprof2calltree) {
  const Folder folder;
  const Result result = folder.Run("$P -i $D");
  BOOST_TEST(result.status == 0);
  BOOST_TEST(result.err == "prof2cg: wrote json-py3.11.pstats.log\n");
  BOOST_TEST(ReadFile(folder / "json-py3.11.pstats.log")
                 .starts_with("# callgrind format\n"));
}

BOOST_AUTO_TEST_CASE(StandardInputGoesToStandardOutput) {
  const Folder folder;
  const std::string expected = folder.Run("$P $D -o -").out;
  BOOST_TEST(folder.Run("$P - <$D").out == expected);
  BOOST_TEST(folder.Run("gzip -c $D | $P -").out == expected);
  BOOST_TEST(folder.Run("cat $D | $P /dev/stdin -o -").out == expected);
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(StacksOfAnyFormatAreFoundByContentAndAddedUp) {
  const Folder folder;
  WriteFile(folder / "a", "main;f;g 1\nmain;f 10\n");
  WriteFile(folder / "b", "  0x1\n  0x2\n  100\n  0x1\n  1000\n");
  WriteFile(folder / "c",
            R"({"version": 0, "costs": [{"description": "Samples"}],
                "functions": [{"name": "main"}, {"name": "f"}],
                "events": [{"callchain": [1, 0], "cost": [7]}]})");
  const auto top = [&](const std::string& line) {
    const Result result = folder.Run("$P top -n 1 --sort inclusive " + line);
    BOOST_TEST(result.status == 0, result.err);
    return result.out.substr(0, result.out.find('\n'));
  };
  BOOST_TEST(top("a") == "11 samples, 3 functions");
  BOOST_TEST(top("a a") == "22 samples, 3 functions");
  BOOST_TEST(top("-f dtrace b") == "1.1000 k samples, 2 functions");
  BOOST_TEST(top("a -f collapse a") == "22 samples, 3 functions");
  BOOST_TEST(top("c") == "1 function call, 7 samples, 2 functions");
  BOOST_TEST(folder.Run("gzip a && $P a.gz -o - 2>err | grep -c calls=").out ==
             "3\n");
  // No word on absent counts.
  BOOST_TEST(ReadFile(folder / "err") ==
             "prof2cg: -: left out, as callgrind has no place for it: stacks "
             "(--separate-callers keeps callers)\n");
}

BOOST_AUTO_TEST_CASE(WhatAFormatCannotHoldIsToldInALine) {
  const Folder folder;
  WriteFile(folder / "a.json",
            R"({"version": 0, "costs": [{"description": "a"},
                                        {"description": "b"}],
                "functions": [{"name": "main"}, {"name": "f"}],
                "events": [{"callchain": [1, 0], "cost": [7, 5]}]})");
  const Result first = folder.Run("$P a.json -t collapse");
  BOOST_TEST(first.out == "main;f 7\n");
  BOOST_TEST(first.err ==
             "prof2cg: -: left out, as collapse has no place for it: 1 event "
             "(--event chooses)\n");
  BOOST_TEST(folder.Run("$P a.json -t collapse --event b").out == "main;f 5\n");
  CheckTrouble(folder.Run("$P a.json -t collapse --event c"), "no event \"c\"");
  BOOST_TEST(folder.Run("$P a.json -o b.json").err == "");
}

BOOST_AUTO_TEST_CASE(TextTellsAllFunctionsWithCallersAndCallees) {
  const Folder folder;
  WriteFile(folder / "a", "main;f;g 1\nmain;f 10\n");
  const std::string text = folder.Run("$P a -o b.txt && cat b.txt").out;
  BOOST_TEST(text.starts_with("11 samples, 3 functions\n"));
  const std::string same = folder
                               .Run(
                                   "$P top --sort inclusive --callers '*' "
                                   "--callees '*' a")
                               .out;
  BOOST_TEST(text == same);
  for (const char* name : {"\nmain\n", "\nf\n", "\ng\n"}) {
    BOOST_TEST(text.find(name) != std::string::npos, name << text);
  }
}

BOOST_AUTO_TEST_CASE(SizesOfBlocksAreReadBackAsTheyWereWritten) {
  const Folder folder;
  WriteFile(folder / "a",
            R"(malloc byte distributions
   python`eval
     [ a.py:7 (f) ]
   python`eval
     [ a.py:30 (main) ]

 value  ------------- Distribution ------------- count
    16 |                                         0
    32 |@@@@@@@@@@                               50
    64 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           150
   128 |                                         0
)");
  const auto rows = [&](const std::string& file) {
    return folder.Run("$P -t mallocstk " + file + " | grep -E '\\|@|\\['").out;
  };
  const std::string once = rows("a a");
  BOOST_TEST(
      once ==
      "                [ a.py:0 (f) ]\n"
      "                [ a.py:30 (main) ]\n"
      "              32 |@@@@@@@@@@                               100\n"
      "              64 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           300\n");
  folder.Run("$P -t mallocstk a a -o b");
  BOOST_TEST(rows("b") == once);
  BOOST_TEST(
      folder.Run("$P top --event alloc_blocks --json b | grep self").out ==
      folder.Run("$P top --event alloc_blocks --json a a | grep self").out);
}

BOOST_AUTO_TEST_CASE(SeveralInputsAreAddedUp) {
  const Folder folder;
  const auto summary = [&](const std::string& line) {
    const std::string out = folder.Run(line).out;
    const size_t place = out.find("\nsummary: ");
    return std::atoll(out.c_str() + place + 10);
  };
  const long long once = summary("$P $D -o -");
  BOOST_TEST(once == 20996452);  // pstats: 0.020996452 s
  BOOST_TEST(summary("$P -i $D $D -i $D -o -") == 3 * once);
}

BOOST_AUTO_TEST_CASE(WhatIsWrittenIsReadAgainAsTheDumpThatItIsFrom) {
  const Folder folder;
  folder.Run("$P $D -o a.cg");
  BOOST_TEST(folder.Run("$P a.cg -o b.cg").err == "");
  BOOST_TEST((ReadFile(folder / "b.cg") == ReadFile(folder / "a.cg")));
  const std::string top = " -n 20 --sort inclusive";
  BOOST_TEST(folder.Run("$P top a.cg" + top).out ==
             folder.Run("$P top $D" + top).out);
  // Both can be added up.
  BOOST_TEST(folder.Run("$P a.cg $D -o -").out.find("\nsummary: 41992904\n") !=
             std::string::npos);
  BOOST_TEST(folder.Run("gzip -c a.cg | $P top -").out ==
             folder.Run("$P top $D").out);
}

BOOST_AUTO_TEST_CASE(ARecordingIsReadAgainAsTheProfileThatItIsFrom) {
  const Folder folder;
  const fs::path stacks = kRoot / "testdata/collapse/pyspy.txt";
  const fs::path threads = kRoot / "testdata/pstats/threads-py3.13.pstats";
  for (const std::string& input :
       {kDump, stacks.string(), threads.string(), kDump + " " + kDump}) {
    folder.Run("$P " + input + " -o a.prof; $P " + input + " -o a.cg");
    BOOST_TEST(folder.Run("$P a.prof -o b.cg").status == 0);
    BOOST_TEST((ReadFile(folder / "b.cg") == ReadFile(folder / "a.cg")), input);
    folder.Run("$P a.prof -o b.prof");
    BOOST_TEST((ReadFile(folder / "b.prof") == ReadFile(folder / "a.prof")));
  }
  BOOST_TEST(folder.Run("$P $D -o a.prof && $P a.prof a.prof -o -").out ==
             folder.Run("$P $D $D -o -").out);
}

BOOST_AUTO_TEST_CASE(ThreadsAreKeptApartWhereTheyAreTold) {
  const Folder folder;
  CheckTrouble(folder.Run("$P --separate-threads=yes $D -o a.cg"),
               "--separate-threads=yes: the input does not tell threads");
  CheckTrouble(folder.Run("$P --separate-threads=yes $D -o a.svg"),
               "--separate-threads=yes is for callgrind, not svg");
  CheckTrouble(folder.Run("$P --separate-threads=maybe $D -o a.cg"),
               "--separate-threads takes yes, no, not maybe");
  BOOST_TEST(folder.IsEmpty());
  BOOST_TEST(folder.Run("$P --separate-threads=no $D -o -").out ==
             folder.Run("$P $D -o -").out);
}

BOOST_AUTO_TEST_CASE(PstatsGoesWhereItIsTold) {
  const Folder folder;
  const Result result = folder.Run("$P -t pstats $D");
  BOOST_TEST(result.err == "");
  for (const std::string name : {"a.pstats", "a.prof", "a.pyprof"}) {
    folder.Run("$P $D -o " + name);
    BOOST_TEST((ReadFile(folder / name) == result.out), name);
  }
  CheckTrouble(folder.Run("$P -t pstats $D -k -o b.prof"),
               "-k opens callgrind files, not pstats");
  CheckTrouble(folder.Run("$P -t pstats a.prof -o a.prof"),
               "would overwrite the input");
}

BOOST_AUTO_TEST_CASE(ADamagedRecordingServesAsThePlainDump) {
  const Folder folder;
  folder.Run("$P $D -o a.prof");
  std::string bytes = ReadFile(folder / "a.prof");
  bytes[bytes.size() - 100] ^= 1;
  WriteFile(folder / "bad.prof", bytes);
  const Result result = folder.Run("$P bad.prof -o bad.cg");
  BOOST_TEST(result.status == 0);
  BOOST_TEST(result.err ==
             "prof2cg: warning: bad.prof: 1 recording behind the dump is left "
             "out: its checksum is another, at byte " +
                 std::to_string(bytes.size() - 4) + "\n");
  BOOST_TEST(folder.Run("$P top -n 0 bad.cg | sort").out ==
             folder.Run("$P top -n 0 $D | sort").out);
  bytes.resize(bytes.size() / 10);
  WriteFile(folder / "bad.prof", bytes);
  CheckTrouble(folder.Run("$P bad.prof -o c.cg"), "bad.prof: truncated");
}

BOOST_AUTO_TEST_CASE(BothReadersGiveTheSameBytes) {
  const Folder folder;
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "testdata/pstats")) {
    const std::string path = entry.path();
    const bool is_own =
        path.find("py3.") != path.npos &&
        (path.find("command") == path.npos || path.find("py3.11") != path.npos);
    if (!path.ends_with(".pstats") || !is_own) continue;
    // The interpreter is left running: no leaks to look for.
    const Result python = folder.Run(
        "ASAN_OPTIONS=detect_leaks=0 $P --reader=python " + path + " -o -");
    // Code objects are loaded by the Python that wrote them only.
    if (python.status != 0 && path.find("command") != path.npos) continue;
    BOOST_TEST(python.status == 0, python.err);
    BOOST_TEST((python.out == folder.Run("$P " + path + " -o -").out), path);
    ++compared;
  }
  BOOST_TEST(compared >= 40);
  // Python reads the dump of a recording, and we say what that leaves.
  folder.Run("$P $D -o a.prof; $P top -n 0 $D | sort >expected");
  const Result python = folder.Run(
      "ASAN_OPTIONS=detect_leaks=0 $P --reader=python a.prof -o a.cg && "
      "$P top -n 0 a.cg | sort");
  BOOST_TEST(python.out == ReadFile(folder / "expected"));
  BOOST_TEST(python.err ==
             "prof2cg: warning: a.prof: 1 recording behind the dump is left "
             "out: Python reads only dumps\n");
}

BOOST_AUTO_TEST_CASE(BadInputIsOneLineAndLeavesNothing) {
  const Folder inputs;
  WriteFile(inputs / "text", "Hello there,\nthis is no profile.\n");
  WriteFile(inputs / "json", "{\"a\": 1}");
  WriteFile(inputs / "empty", "");
  WriteFile(inputs / "none", "{0");
  WriteFile(inputs / "short", ReadFile(kDump).substr(0, 1000));
  fs::create_directory(inputs / "folder");
  const auto run = [&](const std::string& name) {
    const Folder folder;
    const Result result =
        folder.Run("$P " + (inputs / name).string() + " -o out.cg");
    BOOST_TEST(folder.IsEmpty());
    return result;
  };
  CheckTrouble(run("text"),
               "not a profile that I know: it starts with \"Hello there,\\n");
  CheckTrouble(run("json"), "not a profile that I know: it starts with \"{");
  CheckTrouble(run("empty"), "is empty");
  CheckTrouble(run("none"), "the profile is empty");
  CheckTrouble(run("short"), "at byte ");
  CheckTrouble(run("folder"), "irectory");
  CheckTrouble(run("missing"), "No such file or directory");
}

BOOST_AUTO_TEST_CASE(EveryTruncationOfARealDumpIsOneLine) {
  const Folder folder;
  const std::string dump =
      ReadFile(kRoot / "testdata/pstats/tiny-py3.11.pstats");
  for (size_t size = 0; size < dump.size(); size += 7) {
    WriteFile(folder / "cut", dump.substr(0, size));
    CheckTrouble(folder.Run("$P cut -o out.cg"), "cut");
    BOOST_TEST(!fs::exists(folder / "out.cg"));
  }
}

BOOST_AUTO_TEST_CASE(AFullDiskIsOneLine) {
  CheckTrouble(Folder().Run("$P $D -o /dev/full"), "No space left on device");
}

BOOST_AUTO_TEST_CASE(AFileIsSaidToBeWrittenOnlyOnceItIs) {
  const Folder folder;
  fs::create_directory(folder / "json-py3.11.pstats.log");
  CheckTrouble(folder.Run("$P $D"), "json-py3.11.pstats.log: cannot write");
}

BOOST_AUTO_TEST_CASE(AClosedPipeEndsQuietly) {
  const Result result =
      Folder().Run("{ sleep 0.5; $P $D -o -; echo $? >&2; } | true");
  BOOST_TEST(result.err == "2\n");
}

BOOST_AUTO_TEST_CASE(AnInputIsNeverOverwritten) {
  const Folder folder;
  fs::copy_file(kDump, folder / "dump");
  fs::create_symlink("dump", folder / "link");
  CheckTrouble(folder.Run("$P dump -o ./link"), "overwrite");
  BOOST_TEST((ReadFile(folder / "dump") == ReadFile(kDump)));
}

BOOST_AUTO_TEST_CASE(WrongUsageIsOneLineThatSaysWhereToLook) {
  const Folder folder;
  CheckTrouble(folder.Run("$P"), "prof2cg -h");
  CheckTrouble(folder.Run("$P --no-such $D"), "--no-such");
  CheckTrouble(folder.Run("$P $D -o"), "-o needs an argument");
  CheckTrouble(folder.Run("$P -f nonsense $D"), "nonsense");
  CheckTrouble(folder.Run("$P -t nonsense $D"), "nonsense");
  CheckTrouble(folder.Run("$P --reader=perl $D"), "perl");
  CheckTrouble(folder.Run("$P top -n many $D"), "many");
  CheckTrouble(folder.Run("$P ''"), "'': No such file or directory");
  CheckTrouble(folder.Run("$P $D -o ''"), "-o ''");
}

BOOST_AUTO_TEST_CASE(AnOptionIsNeverIgnoredInSilence) {
  const Folder folder;
  CheckTrouble(folder.Run("$P -o o1 $D -o o2"), "-o is given twice");
  CheckTrouble(folder.Run("$P -o o1 $D --output o2"), "-o is given twice");
  CheckTrouble(folder.Run("$P top $D --callers a --callers b"),
               "--callers is given twice");
  for (const std::string flag :
       {"--sort=name", "--json", "--filter a", "--callees a", "--color auto"}) {
    CheckTrouble(
        folder.Run("$P -o x.cg " + flag + " $D"),
        flag.substr(0, flag.find_first_of(" =")) + " belongs to `prof2cg top`");
  }
  for (const std::string flag : {"-k", "-t callgrind", "-r app.py"}) {
    CheckTrouble(folder.Run("$P top $D " + flag),
                 flag.substr(0, 2) + " is not for `prof2cg top`");
  }
  for (const std::string flag :
       {"--sort=name", "--columns=self", "--filter=a", "--callers=a"}) {
    CheckTrouble(folder.Run("$P top --leaks $D " + flag),
                 flag.substr(0, flag.find('=')) + " is for the list");
  }
  for (const std::string flag : {"--least", "--num-callers"}) {
    CheckTrouble(folder.Run("$P top $D " + flag + " 3"),
                 flag + " goes with --stacks, --leaks or --peak");
  }
  CheckTrouble(folder.Run("$P top $D --leaks --peak"), "show one event");
  CheckTrouble(folder.Run("$P top $D --event ns --leaks"), "show one event");
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(OptionsMayBeShortenedAndStandAnywhere) {
  const Folder folder;
  const std::string expected = folder.Run("$P $D -o -").out;
  BOOST_TEST(folder.Run("$P --out=- $D --to callgrind").out == expected);
  BOOST_TEST(folder.Run("$P -o- -fpstats -- $D").out == expected);
}

BOOST_AUTO_TEST_CASE(HelpAndVersionComeFromTheTables) {
  const Folder folder;
  BOOST_TEST(folder.Run("$P -h").out.find("prof2cg -k") != std::string::npos);
  const Result help = folder.Run("$P --help");
  BOOST_TEST(help.status == 0);
  for (const char* word : {"--outfile FILE", "pstats ", "callgrind "}) {
    BOOST_TEST(help.out.find(word) != std::string::npos);
  }
  BOOST_TEST(folder.Run("$P --version").out.starts_with("prof2cg "));
}

BOOST_AUTO_TEST_CASE(AScriptIsProfiledAndItsStatusPassedThrough) {
  const Folder folder;
  WriteFile(folder / "app.py",
            "import sys, pickle\n"
            "class Thing: pass\n"
            "def work(n): return sum(range(n))\n"
            "pickle.loads(pickle.dumps(Thing()))\n"
            "work(1000)\n"
            "print('args', sys.argv[1:], __name__)\n"
            "sys.exit(3)\n");
  const Result result = folder.Run("PATH=/usr/bin:$PATH $P -r app.py -o x -k");
  BOOST_TEST(result.status == 3);
  BOOST_TEST(result.out == "args ['-o', 'x', '-k'] __main__\n");
  const std::string written = ReadFile(folder / "app.py.log");
  BOOST_TEST(written.find(" work\n") != std::string::npos);
  BOOST_TEST(written.find("\ncmd: python3 app.py -o x -k\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(AScriptThatRaisesIsConvertedToo) {
  const Folder folder;
  WriteFile(folder / "app.py", "def work(): raise ValueError('so')\nwork()\n");
  const Result result = folder.Run("PATH=/usr/bin:$PATH $P -o x.cg -r app.py");
  BOOST_TEST(result.status == 1);
  BOOST_TEST(result.err.find("ValueError: so") != std::string::npos);
  BOOST_TEST(ReadFile(folder / "x.cg").find(" work\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(AScriptThatLeavesNoProfileIsOneLineAndItsStatus) {
  const Folder folder;
  const auto run = [&](const std::string& script) {
    WriteFile(folder / "app.py", script);
    return folder.Run("PATH=/usr/bin:$PATH $P -r app.py");
  };
  const auto check = [&](const Result& result, int status, int told) {
    BOOST_TEST(result.status == status);
    BOOST_TEST(result.err == "prof2cg: app.py: ended with status " +
                                 std::to_string(told) +
                                 " and left no profile\n");
  };
  check(run("import os\nos._exit(5)\n"), 5, 5);
  check(run("import os\nos.kill(os.getpid(), 15)\n"), 143, 143);
  check(run("import os\nos._exit(0)\n"), 2, 0);
  const Result syntax = run("def\n");
  BOOST_TEST(syntax.status == 1);
  BOOST_TEST(syntax.err.starts_with("  File \"app.py\", line 1\n"));
  BOOST_TEST(syntax.err.ends_with(
      "SyntaxError: invalid syntax\n"
      "prof2cg: app.py: ended with status 1 and left no profile\n"));
}

BOOST_AUTO_TEST_CASE(WithoutAScriptNothingIsRun) {
  const Folder folder;
  CheckTrouble(folder.Run("$P -r missing.py"),
               "missing.py: No such file or directory");
  CheckTrouble(folder.Run("$P -r ."), ".: is a folder, not a script");
  CheckTrouble(folder.Run("$P -r ''"), "'': No such file");
}

BOOST_AUTO_TEST_CASE(WhatIsOddAboutAScriptsProfileIsToldInItsName) {
  const Folder folder;
  WriteFile(folder / "app.py", "pass\n");
  // A dump of another program, instead of the script's own.
  WriteProgram(folder / "bin/python3",
               "cp " + (kRoot / "testdata/pstats").string() +
                   "/threads-py3.13.pstats \"$3\"");
  const Result result =
      folder.Run("PATH=$PWD/bin:/usr/bin:/bin $P -o x.cg -r app.py");
  BOOST_TEST(result.err.starts_with("prof2cg: warning: app.py: 2 functions"),
             result.err);
}

BOOST_AUTO_TEST_CASE(TheViewerGetsTheResult) {
  const Folder folder;
  WriteProgram(folder / "bin/kcachegrind", "head -n 1 \"$1\"");
  BOOST_TEST(folder.Run("PATH=$PWD/bin:/bin $P -k $D").out ==
             "# callgrind format\n");
  BOOST_TEST(!fs::exists(folder / "json-py3.11.pstats.log"));
}

// A signal while another program runs reaches it, removes the temporary folder
// and ends prof2cg, as $? tells.
void CheckSignal(const std::string& signal, int status,
                 const std::string& arguments) {
  const Folder folder;
  fs::create_directory(folder / "tmp");
  WriteProgram(folder / "bin/kcachegrind", "echo $$ >started; exec sleep 100");
  WriteFile(folder / "app.py",
            "import os, time\n"
            "print(os.getpid(), file=open('started', 'w'))\n"
            "time.sleep(100)\n");
  const Result result = folder.Run(
      "TMPDIR=$PWD/tmp PATH=$PWD/bin:/usr/bin:/bin $P " + arguments +
      " & p=$!; n=0; until [ -s started ]; do sleep 0.05; n=$((n + 1));"
      " [ $n -lt 400 ] || break; done; kill -" +
      signal +
      " $p; wait $p; echo $?; ls tmp; "
      "kill -0 $(cat started) 2>/dev/null && echo alive && "
      "kill -9 $(cat started)");
  BOOST_TEST(result.out == std::to_string(status) + "\n",
             signal + " " + arguments + ": " + result.out + result.err);
}

BOOST_AUTO_TEST_CASE(SignalsLeaveNoFolderAndNoProgramBehind) {
  for (const char* arguments : {"-k $D", "-k -o x.cg $D", "-r app.py"}) {
    CheckSignal("TERM", 143, arguments);
    CheckSignal("HUP", 129, arguments);
  }
}

BOOST_AUTO_TEST_CASE(ReadingCanBeInterrupted) {
  const Folder folder;
  WriteProgram(folder / "bin/kcachegrind", "true");
  const Result result = folder.Run(
      "mkfifo pipe; PATH=$PWD/bin:/usr/bin:/bin $P -k pipe & p=$!; sleep 0.3;"
      " kill -TERM $p; wait $p; echo $?");
  BOOST_TEST(result.out == "143\n");
}

// A terminal sends SIGINT to all of its foreground, as the script does here.
BOOST_AUTO_TEST_CASE(AKeyboardInterruptIsTheScriptsAndWhatItLeavesIsConverted) {
  const Folder folder;
  WriteFile(folder / "app.py",
            "import os, signal, time\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "def work(): os.kill(os.getppid(), signal.SIGINT)\n"
            "work()\n"
            "os.kill(os.getpid(), signal.SIGINT)\n"
            "time.sleep(100)\n");
  const Result result = folder.Run("PATH=/usr/bin:$PATH $P -o x.cg -r app.py");
  BOOST_TEST(result.status == 130, result.err);
  BOOST_TEST(ReadFile(folder / "x.cg").find(" work\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(TheViewersFileHasTheNameOfTheInput) {
  const Folder folder;
  WriteProgram(folder / "bin/kcachegrind",
               "basename $1; ls \"$(dirname $1)\" | wc -l");
  fs::create_directory(folder / "lib");
  WriteFile(folder / "lib/app.py", "pass\n");
  const auto names = [&](const std::string& arguments) {
    return folder.Run("PATH=$PWD/bin:/usr/bin:/bin $P -k " + arguments).out;
  };
  BOOST_TEST(names("$D") == "json-py3.11.pstats.log\n1\n");
  BOOST_TEST(names("-r lib/app.py") == "app.py.log\n1\n");
  BOOST_TEST(names("- <$D") == "stdin.log\n1\n");
}

BOOST_AUTO_TEST_CASE(AViewerThatFailsIsToldButTheScriptsStatusWins) {
  const Folder folder;
  WriteProgram(folder / "bin/kcachegrind", "exit 7");
  WriteFile(folder / "app.py", "import sys; sys.exit(3)");
  const std::string path = "PATH=$PWD/bin:/usr/bin:/bin ";
  const std::string told = "prof2cg: kcachegrind ended with status 7\n";
  const Result dump = folder.Run(path + "$P -k $D");
  BOOST_TEST(dump.status == 2);
  BOOST_TEST(dump.err == told);
  const Result script = folder.Run(path + "$P -k -r app.py");
  BOOST_TEST(script.status == 3);
  BOOST_TEST(script.err == told);
  WriteProgram(folder / "bin/kcachegrind", "kill -SEGV $$");
  CheckTrouble(folder.Run(path + "$P -k $D"), "ended with status 139");
}

BOOST_AUTO_TEST_CASE(WithoutAViewerOneLineSaysHowToGetOne) {
  CheckTrouble(Folder().Run("PATH=/nowhere $P -k $D"), "apt install");
}

BOOST_AUTO_TEST_CASE(CallgrindAnnotateReadsTheTotals) {
  const Folder folder;
  // From elsewhere: it cuts the working folder off the names of files.
  const Result result =
      folder.Run("$P $D -o x.cg && cd / && callgrind_annotate $OLDPWD/x.cg");
  BOOST_TEST(result.status == 0);
  BOOST_TEST(result.out.find("20,996,452 (100.0%)  PROGRAM TOTALS") !=
             std::string::npos);
  BOOST_TEST(result.err == "");
}

BOOST_AUTO_TEST_CASE(TopOfNoFunctionIsOneLine) {
  const Folder folder;
  for (const std::string flag : {"--callers", "--callees", "--filter"}) {
    const Result result = folder.Run("$P top " + flag + " nosuch -o x $D");
    CheckTrouble(result, "no function matches \"nosuch\"");
  }
  BOOST_TEST(folder.IsEmpty());
}

BOOST_AUTO_TEST_CASE(ASnapshotIsReadAsTheProfileThatItIsFrom) {
  const Folder folder;
  const Result snapshot = folder.Run("$P snapshot $D -o s --least 0");
  BOOST_TEST(snapshot.status == 0);
  BOOST_TEST(snapshot.err == "");
  BOOST_TEST(folder.Run("$P snapshot --least=0 $D").out ==
             ReadFile(folder / "s"));
  BOOST_TEST(folder.Run("$P snapshot --least=0 s").out ==
             ReadFile(folder / "s"));
  const std::string columns = " -n 0 --sort calls --columns calls | grep of_";
  BOOST_TEST(folder.Run("$P top s" + columns).out ==
             folder.Run("$P top $D" + columns).out);
  const auto calls = [&](const std::string& file) {
    return folder
        .Run("$P top --json -n 0 " + file + " | grep '_calls\"' | head -1")
        .out;
  };
  BOOST_TEST(calls("s") == calls("$D"));
  BOOST_TEST(folder.Run("$P s -o - 2>err | grep '^events:'").out ==
             "events: calls\n");
}

BOOST_AUTO_TEST_CASE(ASnapshotHasNoPathsOfTheMachine) {
  const Folder folder;
  WriteFile(folder / "app.py", "import json\njson.dumps({})\n");
  folder.Run("python3 -m cProfile -o d \"$PWD/app.py\"");
  const std::string text = folder.Run("$P snapshot d --least 0").out;
  BOOST_TEST(text.find("\napp.py\n") != std::string::npos);
  BOOST_TEST(text.find("\nlib/python/json/__init__.py\n") != std::string::npos);
  BOOST_TEST(text.find("\n/") == std::string::npos);
  BOOST_TEST(text.find(" /") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(SmallFunctionsOfASnapshotAreOneLineOfIt) {
  const Folder folder;
  const auto lines = [&](const std::string& flags) {
    return std::stoi(folder.Run("$P snapshot $D " + flags + " | wc -l").out);
  };
  BOOST_TEST(lines("") < lines("--least 0"));
  BOOST_TEST(lines("--least 0.1") == lines(""));
  BOOST_TEST(lines("--least 200") == 10);
  CheckTrouble(folder.Run("$P snapshot --event ns $D"), "has no --event");
  CheckTrouble(folder.Run("$P snapshot -t dot $D"), "-t is not for");
  CheckTrouble(folder.Run("echo 'a;b 1' | $P snapshot -"), "samples");
}

BOOST_AUTO_TEST_CASE(WhatIsOddIsSaidOnceByTop) {
  const Folder folder;
  const std::string dump = kRoot / "testdata/pstats/threads-py3.13.pstats";
  const Result result = folder.Run("COLUMNS=120 $P top -n 1 " + dump);
  BOOST_TEST(result.err == "");
  const std::string note =
      "\nnote: 2 functions have less inclusive than self cost: kept as they "
      "are\n";
  const size_t place = result.out.find(note);
  BOOST_TEST(place != std::string::npos, result.out);
  BOOST_TEST(result.out.find(note, place + 1) == std::string::npos);
  BOOST_TEST(result.out.find("contradict") == std::string::npos);
  BOOST_TEST(result.out.find("note: 1523 microseconds") != std::string::npos);
  BOOST_TEST(folder.Run("$P top --json " + dump).err == "");
}

BOOST_AUTO_TEST_CASE(TopReportsWhatPstatsReports) {
  const Folder folder;
  const Result text = folder.Run("$P top -n 3 $D");
  BOOST_TEST(text.out.starts_with("15 300 function calls"), text.out);
  const Result json = folder.Run("$P top --json $D");
  BOOST_TEST(json.out.find("\"self\": 20996452") != std::string::npos);
}

}  // namespace
}  // namespace prof2cg
