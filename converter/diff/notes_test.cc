#include "converter/diff/notes.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "converter/diff/sample_report.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffNotes)

BOOST_AUTO_TEST_CASE(FilesAreListedUpToThree) {
  DiffSide side{.files = {"a"}};
  BOOST_TEST(FilesText(side) == "`a`");
  side.files = {"a", "b", "c", "d", "e"};
  BOOST_TEST(FilesText(side) == "`a`, `b`, `c` and 2 more");
}

BOOST_AUTO_TEST_CASE(PathsOfOneStepAreNotTold) {
  DiffBlame blame{.steps = {{.function = kMain}}};
  BOOST_TEST(PathText(blame) == "");
  blame.steps.push_back({.function = kRender});
  BOOST_TEST(PathText(blame) == "`main` → `render`");
}

BOOST_AUTO_TEST_CASE(LongPathsKeepTheirEnds) {
  DiffBlame blame;
  for (int i = 0; i < 9; ++i) {
    blame.steps.push_back({.function = {std::to_string(i)}});
  }
  BOOST_TEST(PathText(blame) ==
             "`0` → `1` → `2` → `3` → `4` → `5` → `6` → `7` → `8`");
  blame.steps.push_back({.function = {"9"}});
  BOOST_TEST(PathText(blame) ==
             "`0` → `1` → `2` → `3` → (2 more) → `6` → `7` → `8` → `9`");
}

BOOST_AUTO_TEST_CASE(OthersOfOneCauseAreListedUpToThree) {
  DiffFinding f = MoreBytesOfMain();
  BOOST_TEST(OthersText(f) ==
             "and 1 more by the same cause: alloc_bytes of `Loader.refresh`");
  f.others.resize(12, f.others[0]);
  BOOST_TEST(OthersText(f) ==
             "and 12 more by the same cause: alloc_bytes of `Loader.refresh`, "
             "alloc_bytes of `Loader.refresh`, alloc_bytes of `Loader.refresh` "
             "and 9 more");
  f.others.resize(1);
  DiffFinding path = f.others[0];
  path.kind = Subject::Kind::kPath;
  path.path = {kMain, kRefresh};
  f.others.resize(3, path);
  BOOST_TEST(OthersText(f) ==
             "and 3 more by the same cause, 2 of paths: alloc_bytes of "
             "`Loader.refresh`");
  f.others.erase(f.others.begin());
  BOOST_TEST(OthersText(f) == "and 2 more by the same cause, all of paths");
  f.others.clear();
  BOOST_TEST(OthersText(f) == "");
}

BOOST_AUTO_TEST_CASE(PairsHaveTheirPlaces) {
  DiffPair pair = SampleReport().probable_pairs[0];
  BOOST_TEST(PairText(pair) ==
             "`read_row` (`app/loader.py:60`) → `load_row` "
             "(`app/loader.py:61`), renamed");
  pair.base = kSort;
  pair.change = ProbablePair::Change::kMoved;
  BOOST_TEST(PairText(pair) ==
             "`list.sort` → `load_row` (`app/loader.py:61`), moved");
}

BOOST_AUTO_TEST_CASE(NotesTellWhatWasLeftOutAndWhatCannotBeToldApart) {
  const std::vector<std::string> expected = {
      "alloc_bytes: 2.0 % of current is in functions without a counterpart",
      "ns: all functions alike cost 25.0 % more; whether the machine or the "
      "program is the cause cannot be told",
      "1 of 41 functions of current has no counterpart",
      "files of current are without `/builds/17/`",
      "3 callers have no entry of their own",
      "117 figures are the same",
  };
  BOOST_TEST(NotesOf(SampleReport()) == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(TheFileOfTheSettingsIsTold) {
  const std::vector<std::string> notes = NotesOf(ReportOfBudgets());
  BOOST_TEST(std::ranges::count(
                 notes, "settings and budgets are those of `prof2cg.toml`") ==
             1);
}

BOOST_AUTO_TEST_CASE(WhatIsEqualNeedsNoNote) {
  BOOST_TEST(NotesOf(EqualReport()).empty());
  DiffReport report = EqualReport();
  report.totals[0].base_unmatched = .5;
  report.totals[0].current_unmatched = .25;
  report.base.functions = report.base.unmatched_functions = 1;
  const std::vector<std::string> expected = {
      "calls: 50.0 % of base and 25.0 % of current are in functions without a "
      "counterpart",
      "1 of 1 function of base has no counterpart"};
  BOOST_TEST(NotesOf(report) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(NoNameEndsItsQuotes) {
  for (const std::string& name : HostileNames()) {
    for (const std::string& note : NotesOf(HostileReport(name))) {
      BOOST_TEST(std::ranges::count(note, '`') % 2 == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(WhatASnapshotDoesNotListIsTold) {
  DiffReport report = SampleReport();
  report.base.least_told = .001;
  report.current.folded_functions = 1234;
  const std::vector<std::string> notes = NotesOf(report);
  BOOST_TEST(std::ranges::count(
                 notes,
                 "base does not list functions with less than 0.1 % of "
                 "everything; 1 234 functions of current that may be such are "
                 "compared with these as one, `<others>`") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
