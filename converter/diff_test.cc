// End to end: comparisons by the real program, and the statuses that scripts
// rely on.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {
namespace {

// main calls refresh, which calls parse_row so often at so many instructions.
std::string Program(int64_t rows, int64_t cost,
                    const std::string& file = "app.py") {
  const std::string all = std::to_string(rows * cost);
  return "events: Ir\nfl=" + file +
         "\nfn=main\n1 100\ncfn=refresh\ncalls=1 10\n2 " +
         std::to_string(10 + rows * cost) +
         "\nfn=refresh\n10 10\ncfn=parse_row\ncalls=" + std::to_string(rows) +
         " 20\n11 " + all + "\nfn=parse_row\n20 " + all + "\n";
}

// With base.cg of 100 rows at 7 instructions, and more.cg of 300.
class Programs : public Folder {
 public:
  Programs() {
    WriteFile(*this / "base.cg", Program(100, 7));
    WriteFile(*this / "more.cg", Program(300, 7));
    WriteFile(*this / "dearer.cg", Program(100, 14));
    WriteFile(*this / "samples.txt", "main;parse_row 70\nmain 30\n");
    WriteFile(*this / "more_samples.txt", "main;parse_row 140\nmain 30\n");
    WriteFile(*this / "other.cg", "events: Dr\nfl=app.py\nfn=main\n1 5\n");
    WriteFile(*this / "strange.cg", "events: Ir\nfl=x.c\nfn=f\n1 5\n");
    WriteFile(*this / "empty.cg", "events: Ir\n");
    WriteFile(*this / "zero.cg", "events: Ir\nfn=main\n1 0\n");
  }
};

void CheckSays(const Result& result, int status, const std::string& words) {
  BOOST_TEST(result.status == status, result.err);
  BOOST_TEST(result.out.find(words) != std::string::npos,
             words + " is not in " + result.out);
}

BOOST_AUTO_TEST_CASE(MoreCallsAreARegressionOfWhoMakesThem) {
  const Programs folder;
  const Result result = folder.Run("$P diff base.cg more.cg");
  CheckSays(result, 1,
            "`parse_row` is called 3.0 × as often from `refresh` (100 → 300 "
            "calls");
  BOOST_TEST(result.out.find("costs as much as before") == std::string::npos);
  CheckSays(result, 1, "base     `base.cg`\ncurrent  `more.cg`\n");
  BOOST_TEST(result.err == "");
}

BOOST_AUTO_TEST_CASE(DearerCallsAreARegressionOfTheFunction) {
  const Programs folder;
  CheckSays(folder.Run("$P diff base.cg dearer.cg"), 1,
            "A call of `parse_row` itself costs 2.0 × as much");
}

BOOST_AUTO_TEST_CASE(WhatIsEqualOrLessIsNotWorse) {
  const Programs folder;
  CheckSays(folder.Run("$P diff base.cg base.cg"), 0, "not worse");
  CheckSays(folder.Run("$P diff more.cg base.cg"), 0, "not worse");
}

BOOST_AUTO_TEST_CASE(APictureShowsBothSidesBesideTheText) {
  const Programs folder;
  WriteFile(folder / "slower.cg", Program(300, 7) +
                                      "cfn=check\ncalls=300 30\n20 30\n" +
                                      "fn=check\n30 30\n");
  CheckSays(folder.Run("$P diff base.cg slower.cg -o x.svg"), 1,
            "`parse_row` is called 3.0 × as often from `refresh`");
  const std::string svg = ReadFile(folder / "x.svg");
  const auto has = [&](std::string_view text) {
    BOOST_TEST(svg.find(text) != std::string::npos,
               std::string(text) + " is not in the picture");
  };
  has("worse: base &#39;base.cg&#39; → current "
      "&#39;slower.cg&#39;</title>");
  has("700 → 2 100");         // of parse_row, as its caller has it
  has("100 → 300 calls");     // the same
  has("new: 30");             // check
  has("data-trend=\"new\"");  // the same
  has("stroke-dasharray");    // around it
  BOOST_TEST(folder.Run("$P diff slower.cg base.cg -o x.dot").status == 0);
  const std::string dot = ReadFile(folder / "x.dot");
  BOOST_TEST(dot.find("gone: 30") != std::string::npos, dot);
  BOOST_TEST(dot.find("// not worse: base 'slower.cg'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(WhatIsForPicturesNeedsOne) {
  const Programs folder;
  const std::string diff = "$P diff base.cg more.cg ";
  CheckTrouble(folder.Run(diff + "--event Ir"), "--event is for pictures");
  CheckTrouble(folder.Run(diff + "-n 1 -o x.txt"), "for pictures");
  CheckTrouble(folder.Run(diff + "-t svg"), "-t needs -o FILE");
  CheckTrouble(folder.Run(diff + "-t pstats -o x"), "no picture");
  CheckTrouble(folder.Run(diff + "-o x.svg --event Dr"), "Dr");
}

BOOST_AUTO_TEST_CASE(ThresholdsMustBothBeExceeded) {
  const Programs folder;
  const std::string diff = "$P diff base.cg more.cg --gate Ir ";
  CheckSays(folder.Run(diff + "--threshold 190%"), 1, "worse");
  CheckSays(folder.Run(diff + "--threshold 201%"), 0, "not worse");
  CheckSays(folder.Run(diff + "--threshold Ir:+1399"), 1, "worse");
  CheckSays(folder.Run(diff + "--threshold Ir:+1400"), 0, "not worse");
  CheckSays(folder.Run(diff + "--threshold 5% --threshold +1400"), 0,
            "not worse");
  CheckSays(folder.Run("$P diff base.cg more.cg --threshold Ir:500%"), 1,
            "calls");
}

BOOST_AUTO_TEST_CASE(EverythingThatIsNoAnswerIsTrouble) {
  const Programs folder;
  CheckTrouble(folder.Run("$P diff base.cg nothing.cg"), "nothing.cg: ");
  CheckTrouble(folder.Run("$P diff nothing.cg base.cg"), "nothing.cg: ");
  CheckTrouble(folder.Run("$P diff base.cg empty.cg"), "empty.cg: ");
  CheckTrouble(folder.Run("$P diff base.cg other.cg"),
               "no event is on both sides");
  CheckTrouble(folder.Run("$P diff base.cg strange.cg"),
               "no function is in both");
  CheckTrouble(folder.Run("$P diff zero.cg zero.cg"), "nothing was measured");
  CheckTrouble(folder.Run("$P diff samples.txt more_samples.txt"),
               "nothing was measured that is the same in every run");
  CheckTrouble(folder.Run("$P diff base.cg more.cg --gate ns"), "no event ns");
  CheckTrouble(folder.Run("$P diff base.cg more.cg --threshold nonsense"),
               "threshold nonsense");
  CheckTrouble(folder.Run("$P diff base.cg more.cg --report nonsense"),
               "there are: json");
  CheckTrouble(folder.Run("$P diff base.cg"), "takes BASE NEW");
  CheckTrouble(folder.Run("$P diff base.cg base.cg more.cg"), "takes BASE NEW");
  CheckTrouble(folder.Run("$P diff base.cg --"), "takes BASE NEW");
  CheckTrouble(folder.Run("$P diff --base base.cg"), "takes BASE NEW");
  CheckTrouble(folder.Run("$P diff base.cg base.cg -- --new more.cg"), "");
}

BOOST_AUTO_TEST_CASE(WhatCannotBeToldHasAStatusOnRequest) {
  const Programs folder;
  const std::string diff = "$P diff samples.txt more_samples.txt --gate ";
  const std::string event = "samples ";
  CheckSays(folder.Run(diff + event), 0, "cannot tell");
  CheckSays(folder.Run(diff + event + "--fail-inconclusive"), 3, "cannot tell");
  CheckSays(folder.Run(diff + event + "--bisect"), 125, "cannot tell");
}

BOOST_AUTO_TEST_CASE(BisectingTellsGoodBadAndNeither) {
  const Programs folder;
  BOOST_TEST(folder.Run("$P diff --bisect base.cg base.cg").status == 0);
  BOOST_TEST(folder.Run("$P diff --bisect base.cg more.cg").status == 1);
  const Result result = folder.Run("$P diff --bisect base.cg nothing.cg");
  BOOST_TEST(result.status == 125);
  BOOST_TEST(result.err.starts_with("prof2cg: nothing.cg: "));
}

BOOST_AUTO_TEST_CASE(GateShowsThatItCanFail) {
  const Programs folder;
  const Result result = folder.Run("$P diff --self-test base.cg more.cg");
  CheckSays(result, 0, "self-test: the base against itself: not worse\n");
  CheckSays(result, 0, "self-test: calls of `parse_row` +2.3 %: found\n");
  CheckSays(result, 0, "self-test: Ir of `parse_row` +2.2 %: found\n");
  CheckSays(result, 0, "the gate works: ");
  CheckSays(folder.Run("$P diff --self-test base.cg more.cg "
                       "--threshold Ir:50% --gate Ir"),
            0, "self-test: Ir of `parse_row` +55.0 %: found\n");
}

BOOST_AUTO_TEST_CASE(GateThatCannotFailDoesNotWork) {
  const Programs folder;
  const Result result = folder.Run(
      "$P diff --self-test samples.txt more_samples.txt --gate samples");
  CheckSays(result, 2, "samples of `parse_row` +2.9 %: not found");
  CheckSays(result, 2, "the gate does not work as it should\n");
}

BOOST_AUTO_TEST_CASE(SidesAreNamedInThreeWays) {
  const Programs folder;
  const std::string expected =
      folder.Run("$P diff base.cg base.cg -- more.cg more.cg").out;
  CheckSays({0, expected, ""}, 0, "base     `base.cg`, `base.cg`\n");
  BOOST_TEST(
      folder.Run("$P diff --base base.cg base.cg --new more.cg more.cg").out ==
      expected);
  BOOST_TEST(
      folder.Run("$P diff --new more.cg more.cg --base base.cg base.cg").out ==
      expected);
  CheckSays(folder.Run("$P diff base.cg base.cg -- more.cg"), 1, "worse");
}

// Others of several files are read twice.
BOOST_AUTO_TEST_CASE(PipesAreReadOnce) {
  const Programs folder;
  CheckSays(folder.Run("mkfifo a b; cat base.cg >a & cat more.cg >b & "
                       "$P diff base.cg a -- more.cg b"),
            1, "(100 → 300 calls");
  CheckSays(folder.Run("$P diff base.cg - -- more.cg <base.cg"), 1,
            "(100 → 300 calls");
}

BOOST_AUTO_TEST_CASE(CheckoutsInDifferentFoldersMatch) {
  const Programs folder;
  WriteFile(folder / "here.cg", Program(100, 7, "/home/me/work/app/a.py"));
  WriteFile(folder / "there.cg", Program(300, 7, "/builds/17/app/a.py"));
  WriteFile(folder / "moved.cg", Program(300, 7, "/builds/17/lib/b.py"));
  CheckSays(folder.Run("$P diff here.cg there.cg"), 1, "from `refresh`");
  CheckTrouble(folder.Run("$P diff here.cg moved.cg"),
               "no function is in both");
  CheckSays(folder.Run("$P diff here.cg moved.cg --path-map "
                       "'s,/builds/17/lib/b,/home/me/work/app/a,'"),
            1, "from `refresh`");
}

BOOST_AUTO_TEST_CASE(SnapshotIsABase) {
  const Programs folder;
  BOOST_TEST(folder.Run("$P snapshot base.cg -o base.snapshot").status == 0);
  CheckSays(folder.Run("$P diff base.snapshot more.cg"), 1, "from `refresh`");
  CheckSays(folder.Run("$P diff base.snapshot base.cg"), 0, "not worse");
}

// main calls big 5000 times and the small ones so often; one of these calls big
// as well. Below 0.1 % is what costs less than 50 or is called less than 5
// times.
std::string ProgramOfSmall(const std::map<std::string, int64_t>& small,
                           const std::string& caller_of_big) {
  std::string main =
      "events: Ir\nfl=app.py\nfn=main\n1 100\n"
      "cfn=big\ncalls=5000 50\n2 50000\n";
  std::string others = "fn=big\n50 50010\n";
  int line = 60;
  for (const auto& [name, calls] : small) {
    const bool calls_big = name == caller_of_big;
    const std::string place = std::to_string(++line);
    main += "cfn=" + name + "\ncalls=" + std::to_string(calls) + ' ' + place +
            "\n3 " + std::to_string(calls + (calls_big ? 10 : 0)) + '\n';
    others += "fn=" + name + '\n' + place + ' ' + std::to_string(calls) + '\n';
    if (calls_big) others += "cfn=big\ncalls=1 50\n" + place + " 10\n";
  }
  return main + others;
}

// With base.snapshot, which lists main and big, and all.snapshot.
class SmallFunctions : public Folder {
 public:
  SmallFunctions() {
    const auto write = [&](const std::string& file,
                           const std::map<std::string, int64_t>& small,
                           const std::string& caller_of_big) {
      WriteFile(*this / file, ProgramOfSmall(small, caller_of_big));
    };
    write("base.cg", {{"a", 1}, {"b", 2}}, "a");
    write("same.cg", {{"b", 3}, {"c", 1}}, "b");
    write("more.cg", {{"a", 1}, {"b", 200}}, "a");
    BOOST_TEST(Run("$P snapshot base.cg -o base.snapshot").status == 0);
    BOOST_TEST(Run("$P snapshot base.cg -o all.snapshot --least 0").status ==
               0);
  }
};

nlohmann::json JsonOf(const Result& result) {
  return nlohmann::json::parse(result.out);
}

BOOST_AUTO_TEST_CASE(WhatASnapshotDoesNotListIsNotUnmatched) {
  const SmallFunctions folder;
  BOOST_TEST(ReadFile(folder / "base.snapshot").find("\nleast 0.1\n") !=
             std::string::npos);
  for (const std::string current : {"base.cg", "same.cg"}) {
    const std::string diff = "$P diff base.snapshot " + current;
    CheckSays(folder.Run(diff), 0,
              "everything; 2 functions of current that may be such");
    const auto json = JsonOf(folder.Run(diff + " --report json"));
    BOOST_TEST(json["base"]["least"] == .001);
    BOOST_TEST(json["base"]["unmatched_functions"] == 0);
    BOOST_TEST(json["current"]["unmatched_functions"] == 0);
    BOOST_TEST(json["current"]["folded_functions"] == 2);
    if (current == "base.cg") BOOST_TEST(json["findings"].empty());
  }
  BOOST_TEST(folder.Run("$P diff all.snapshot same.cg").out.find("<others>") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(WhatIsMoreThanASnapshotLeavesOutIsFound) {
  const SmallFunctions folder;
  CheckSays(folder.Run("$P diff base.snapshot more.cg"), 1, "`b`");
  CheckSays(folder.Run("$P diff base.snapshot more.cg --threshold 10000%"), 0,
            "not worse");
  CheckSays(folder.Run("$P diff more.cg base.snapshot"), 0, "not worse");
}

BOOST_AUTO_TEST_CASE(RulesOfWhatASnapshotDoesNotListCannotBeTold) {
  const SmallFunctions folder;
  WriteFile(folder / "prof2cg.toml",
            "[gate]\nrules = [\"no new callers of big\"]\n");
  const std::string diff = "$P diff --threshold +9 ";
  CheckSays(folder.Run(diff + "all.snapshot base.cg"), 0, "kept: ");
  CheckSays(folder.Run(diff + "all.snapshot same.cg"), 1,
            "`b` (`app.py`) is a new caller of `big`");
  const std::string unknown = diff + "base.snapshot same.cg";
  CheckSays(folder.Run(unknown), 0,
            "`b` (`app.py`) may be a new caller of `big`: the snapshot");
  CheckSays(folder.Run(unknown), 0, "cannot tell: 1 of 1 budget cannot be");
  BOOST_TEST(folder.Run(unknown + " --fail-inconclusive").status == 3);
  BOOST_TEST(folder
                 .Run(diff + "base.snapshot more.cg --fail-inconclusive "
                             "--threshold 10000%")
                 .status == 3);
}

BOOST_AUTO_TEST_CASE(BudgetsHoldForWhatASnapshotDoesNotList) {
  const SmallFunctions folder;
  WriteFile(folder / "prof2cg.toml",
            "[gate]\nbudgets = [\"calls b <= 2\", \"Ir a <= 11\"]\n");
  CheckSays(folder.Run("$P diff base.snapshot base.cg"), 0, "kept: `calls b");
  WriteFile(folder / "prof2cg.toml", "[gate]\nbudgets = [\"calls b <= 1\"]\n");
  CheckSays(folder.Run("$P diff base.snapshot base.cg"), 1,
            "`b` is called 2 times: the budget is 1");
}

BOOST_AUTO_TEST_CASE(CallsAloneHaveNoPicture) {
  const Programs folder;
  WriteFile(folder / "calls.snapshot",
            "snapshot 1\nnaming file\ntotal 5\n\napp.py\n  main 1\n"
            "    parse_row 4\n  parse_row 4\n");
  CheckSays(folder.Run("$P diff calls.snapshot base.cg"), 1, "`parse_row`");
  CheckTrouble(folder.Run("$P diff calls.snapshot base.cg -o x.svg"),
               "a snapshot of calls alone has no costs to draw");
  BOOST_TEST(!std::filesystem::exists(folder / "x.svg"));
}

BOOST_AUTO_TEST_CASE(SnapshotsRenameFilesAsComparisonsDo) {
  const Programs folder;
  WriteFile(folder / "here.cg", Program(100, 7, "/home/me/work/app/a.py"));
  WriteFile(folder / "there.cg", Program(100, 7, "/builds/17/lib/b.py"));
  const std::string rule = " --path-map 's,^/builds/17/lib/b,app/a,'";
  BOOST_TEST(folder.Run("$P snapshot there.cg -o x.snapshot" + rule).status ==
             0);
  BOOST_TEST(ReadFile(folder / "x.snapshot").find("\napp/a.py\n") !=
             std::string::npos);
  CheckSays(folder.Run("$P diff x.snapshot here.cg --path-map "
                       "'s,^/home/me/work/,,'"),
            0, "not worse");
  CheckTrouble(folder.Run("$P snapshot here.cg --path-map s,a"), "s,a");
}

BOOST_AUTO_TEST_CASE(BrokenBudgetsAreRegressions) {
  const Programs folder;
  const auto budgets = [&](const std::string& lines) {
    WriteFile(folder / "prof2cg.toml", "[gate]\ngate = [\"calls\"]\n" + lines);
  };
  const std::string diff = "$P diff base.cg dearer.cg";
  budgets("budgets = [\"calls parse_row <= 100 per call of refresh\"]\n");
  CheckSays(folder.Run(diff), 0, "are those of `prof2cg.toml`");
  CheckSays(folder.Run("$P diff base.cg more.cg --threshold 900%"), 1,
            "`parse_row` is called 300.0 times per call of `refresh`: ");
  budgets("budgets = [\"calls app.refresh <= 0\", \"calls pars* <= 50\"]\n");
  CheckSays(folder.Run(diff), 1, "`app.refresh` is called 1 time: the budget");
  CheckSays(folder.Run(diff), 1, "`parse_row` is called 100 times: the budget");
  budgets("budgets = [\"Ir parse_row <= 1.9 x base\", \"Ir main <= 2000\"]\n");
  CheckSays(folder.Run(diff), 1, "worse: 1 of 2 budgets is broken\n");
  CheckSays(folder.Run(diff), 1,
            "`parse_row` costs 1 400 Ir, in the base 700 Ir: the budget is "
            "1.9 x base");
  budgets("budgets = [\"Ir parse_row <= 2 x base\"]\n");
  CheckSays(folder.Run(diff + " --bisect"), 0, "not worse");
  budgets("budgets = [\"Ir parse <= 2 x base\"]\n");
  CheckTrouble(folder.Run(diff), "prof2cg.toml: budget 'Ir parse <= 2 x base'");
  BOOST_TEST(folder.Run(diff + " --bisect").status == 125);
  budgets("budget = []\n");
  CheckTrouble(folder.Run(diff), "prof2cg.toml: line 3: budget is not known");
  CheckTrouble(folder.Run(diff + " --config none.toml"), "none.toml: ");
}

BOOST_AUTO_TEST_CASE(NewCallersBreakRules) {
  const Programs folder;
  const std::string rule = "[gate]\nrules = [\"no new callers of app.refresh";
  WriteFile(folder / "any.toml", rule + "\"]\n");
  WriteFile(folder / "web.toml", rule + " under web/**\"]\n");
  WriteFile(folder / "lib.toml", rule + " under lib/\"]\n");
  WriteFile(folder / "old.cg",
            Program(100, 7, "web/app.py") + "fl=lib/x.py\nfn=other\n1 1\n");
  WriteFile(folder / "new.cg", Program(100, 7, "web/app.py") +
                                   "fl=lib/x.py\nfn=other\n1 1\n"
                                   "cfi=web/app.py\ncfn=refresh\n"
                                   "calls=1 10\n2 0\n");
  const std::string diff =
      "$P diff --threshold 900% --threshold +9 old.cg new.cg --config ";
  const std::string words = "`other` (`lib/x.py`) is a new caller of `refresh`";
  CheckSays(folder.Run(diff + "any.toml"), 1, words);
  CheckSays(folder.Run(diff + "lib.toml"), 1, words);
  CheckSays(folder.Run(diff + "web.toml"), 0,
            "no caller of `app.refresh` is new");
  WriteFile(folder / "none.toml", rule + " under none/**\"]\n");
  CheckTrouble(folder.Run(diff + "none.toml"), "no function is in such a file");
}

BOOST_AUTO_TEST_CASE(ReportsGoWhereTheyAreAskedFor) {
  const Programs folder;
  const Result result = folder.Run(
      "$P diff base.cg more.cg --report json=x.json --report md=x.md "
      "--report junit=x.xml --report sarif=x.sarif --report github=x.txt");
  BOOST_TEST(result.status == 1);
  const auto json = nlohmann::json::parse(ReadFile(folder / "x.json"));
  BOOST_TEST(json["schema"] == "prof2cg.diff");
  BOOST_TEST(json["verdict"] == "worse");
  const auto& worst = json["findings"][0];
  BOOST_TEST(worst["blame"]["kind"] == "more_calls");
  BOOST_TEST(worst["others"].size() == 7u);
  BOOST_TEST(ReadFile(folder / "x.md").starts_with("### prof2cg diff: worse"));
  BOOST_TEST(ReadFile(folder / "x.xml").starts_with("<?xml"));
  BOOST_TEST(nlohmann::json::parse(ReadFile(folder / "x.sarif"))["version"] ==
             "2.1.0");
  BOOST_TEST(ReadFile(folder / "x.txt").starts_with("::error "));

  const Result alone = folder.Run("$P diff base.cg more.cg --report json");
  BOOST_TEST(alone.out == ReadFile(folder / "x.json"));
  CheckTrouble(folder.Run("$P diff base.cg more.cg --report json=base.cg"),
               "base.cg");
  BOOST_TEST(ReadFile(folder / "base.cg") == Program(100, 7));
}

BOOST_AUTO_TEST_CASE(LaterStepsOfAWorkflowCanAskForTheVerdict) {
  const Programs folder;
  WriteFile(folder / "outputs", "before=1\n");
  folder.Run(
      "GITHUB_OUTPUT=outputs $P diff base.cg more.cg --report github "
      "--report md=x.md");
  const std::string outputs = ReadFile(folder / "outputs");
  BOOST_TEST(outputs.starts_with("before=1\nverdict=worse\n"), outputs);
  BOOST_TEST(outputs.find("report=x.md\n") != std::string::npos, outputs);
  CheckTrouble(folder.Run("GITHUB_OUTPUT=no/such $P diff base.cg more.cg "
                          "--report github"),
               "no/such: cannot write");
}

// Stacks of web and batch, which render rows and cells in so many samples.
std::string Rendering(int web_row, int web_cell, int batch_row,
                      int batch_cell) {
  const auto line = [](const std::string& by, const std::string& what, int n) {
    return "main;" + by + ";render;" + what + ' ' + std::to_string(n) + '\n';
  };
  return line("web", "row", web_row) + line("web", "cell", web_cell) +
         line("batch", "row", batch_row) + line("batch", "cell", batch_cell);
}

// A comparison of ten repeats of each.
Result CompareStacks(const Folder& folder, const std::string& base,
                     const std::string& current, const std::string& options) {
  WriteFile(folder / "base.txt", base);
  WriteFile(folder / "new.txt", current);
  std::string command = "$P diff --gate samples " + options;
  for (const char* file : {" base.txt", " new.txt"}) {
    for (int i = 0; i < 10; ++i) command += file;
    if (command.ends_with(" base.txt")) command += " --";
  }
  return folder.Run(command);
}

BOOST_AUTO_TEST_CASE(PathsAreWorseWhereFunctionsAndCallsCostTheSame) {
  const Folder folder;
  const std::string base = Rendering(100, 200, 200, 100);
  const std::string swapped = Rendering(200, 100, 100, 200);
  const Result result = CompareStacks(folder, base, swapped, "");
  CheckSays(result, 1,
            "worse: 2 findings, most of all samples of `main > web > render > "
            "row`: 2.0 × (100 → 200 samples)\n");
  CheckSays(result, 1,
            "On the path `main > web > render > row`, `row` itself costs 2.0 × "
            "as much");
  CheckSays(result, 1, "200 → 100  samples  main > web > render > cell\n");
  const auto json = nlohmann::json::parse(
      CompareStacks(folder, base, swapped, "--report json").out);
  BOOST_TEST(json["findings"].size() == 4u);
  for (const auto& finding : json["findings"]) {
    BOOST_TEST(finding["subject"] == "path");
    BOOST_TEST(finding["path"].size() == 4u);
  }
  BOOST_TEST(CompareStacks(folder, base, base, "").status == 0);
}

BOOST_AUTO_TEST_CASE(PathsOfOneChangeAreOneFindingWithItsFunction) {
  const Folder folder;
  const std::string others = "main 400\nmain;web 300\nmain;batch 300\n";
  const auto json = nlohmann::json::parse(
      CompareStacks(folder, Rendering(100, 200, 100, 600) + others,
                    Rendering(200, 200, 200, 600) + others, "--report json")
          .out);
  BOOST_TEST(json["findings"].size() == 2u);
  BOOST_TEST(json["findings"][1]["subject"] == "total");
  const auto& finding = json["findings"][0];
  BOOST_TEST(finding["subject"] == "self");
  BOOST_TEST(finding["function"]["name"] == "row");
  size_t paths = 0;
  for (const auto& other : finding["others"]) {
    paths += other["subject"] == "path";
  }
  BOOST_TEST(paths == 2u);  // render's are its calls by web and by batch
}

BOOST_AUTO_TEST_CASE(TheSameInputsGiveTheSameBytes) {
  const Programs folder;
  const std::string once = folder.Run("$P diff --all base.cg more.cg").out;
  BOOST_TEST(folder.Run("$P diff --all base.cg more.cg").out == once);
}

}  // namespace
}  // namespace prof2cg
