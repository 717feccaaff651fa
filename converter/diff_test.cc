// End to end: comparisons by the real program, and the statuses that scripts
// rely on.
#include <boost/test/unit_test.hpp>
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

BOOST_AUTO_TEST_CASE(TheSameInputsGiveTheSameBytes) {
  const Programs folder;
  const std::string once = folder.Run("$P diff --all base.cg more.cg").out;
  BOOST_TEST(folder.Run("$P diff --all base.cg more.cg").out == once);
}

}  // namespace
}  // namespace prof2cg
