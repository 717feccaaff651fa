// What a reviewer reads of a comparison, in sentences.
//
//   +12.0 %, more than 5 % and 100; calls are counted exactly
//
//   `parse_row` is called 3.0 × as often from `Loader.refresh` (100 → 300
//   calls; new call at `loader.py:88`); its cost per call is unchanged.
//
// Names stand between backquotes (words.h).
#ifndef PROF2CG_CONVERTER_DIFF_SENTENCES_H_
#define PROF2CG_CONVERTER_DIFF_SENTENCES_H_

#include <cstdint>
#include <string>

#include "converter/diff/report.h"
#include "graph/compare/gate.h"

namespace prof2cg {

// What a finding was judged by.
struct Criterion {
  Threshold threshold = {};
  double least_share = .001;
  int64_t base_profiles = 1;
  int64_t current_profiles = 1;
};

// Why its answer is what it is, in a line: for DiffFinding::why.
std::string ReasonText(const DiffFinding& finding, const Criterion& criterion);

// What its cause is: for DiffBlame::sentence (blame_sentence.cc). Uses nothing
// but the figures of finding.blame, which there must be.
std::string BlameText(const DiffFinding& finding);

// The whole in a line, without the answer itself: for DiffReport::why. Findings
// and budgets have theirs already.
//
//   3 findings, most of all calls of `parse_row`: 3.0 × (100 → 300 calls)
std::string VerdictText(const DiffReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_SENTENCES_H_
