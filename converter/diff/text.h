// The comparison for a terminal.
//
//   base     `old.pstats`
//   current  `new.pstats`
//
//      difference   base → current  in all
//     +1 800 2.5 ×  1 240 →  3 040  calls
//
//   worse: 1 finding, calls of `parse_row`: 3.0 × (1 000 → 3 000 calls)
//
//      difference   base → current     of  function
//   worse
//     +2 000 3.0 ×  1 000 →  3 000  calls  parse_row  app/loader.py:12
//       `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 →
//         3 000 calls; new call at `app/loader.py:88`).
//       3.0 ×, more than 5 %; calls are counted exactly
//
// Findings are those that are worse, those that cannot be told and the greatest
// falls, kListed of all; with all, everything that differs. All text is safe to
// print, and lines fit the width as those of top do (converter/top/text.h).
#ifndef PROF2CG_CONVERTER_DIFF_TEXT_H_
#define PROF2CG_CONVERTER_DIFF_TEXT_H_

#include <cstddef>
#include <string>

#include "converter/diff/report.h"
#include "converter/display/text_table.h"

namespace prof2cg {

struct DiffTextOptions {
  TextOptions text;
  bool shows_all = false;
};

inline constexpr size_t kListed = 20;
inline constexpr size_t kListedFalls = 5;

std::string DiffText(const DiffReport& report, const DiffTextOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_TEXT_H_
