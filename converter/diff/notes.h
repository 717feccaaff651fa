// What a comparison tells besides its findings, a sentence each. Names stand
// between backquotes (words.h).
#ifndef PROF2CG_CONVERTER_DIFF_NOTES_H_
#define PROF2CG_CONVERTER_DIFF_NOTES_H_

#include <string>
#include <vector>

#include "converter/diff/report.h"

namespace prof2cg {

// "`old1.pstats`, `old2.pstats` and 8 more"
std::string FilesText(const DiffSide& side);

// "`main` → `Loader.refresh` → `parse_row`": how the cause was found, "" if it
// is where the finding is.
std::string PathText(const DiffBlame& blame);

// "and 2 more by the same cause: ns of `main`, …"; "" if there are none.
std::string OthersText(const DiffFinding& finding);

// "broken: `calls f <= 2`; `f` is called 3 times: the budget is 2"
std::string BudgetLine(const DiffBudget& budget);

// "`read_row` (app/loader.py:60) → `load_row` (app/loader.py:61), renamed"
std::string PairText(const DiffPair& pair);

// What cannot be told apart, what has no counterpart, what was left out of
// files, what is odd, how much is the same.
std::vector<std::string> NotesOf(const DiffReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_NOTES_H_
