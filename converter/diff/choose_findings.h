// Which findings a report for people shows, and in which groups.
#ifndef PROF2CG_CONVERTER_DIFF_CHOOSE_FINDINGS_H_
#define PROF2CG_CONVERTER_DIFF_CHOOSE_FINDINGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/report.h"

namespace prof2cg {

enum class FindingGroup { kWorse, kCannotTell, kLess, kOther };

FindingGroup GroupOf(const DiffFinding& finding);

// "worse", "cannot tell", "costs less", "not worse"
std::string_view GroupName(FindingGroup group);

// How many findings of each group to show, in their order, but falls by the
// part of their event's total.
struct ChosenFindings {
  struct Group {
    FindingGroup group;
    std::vector<const DiffFinding*> shown = {};  // of the report
    int64_t left_out = 0;
  };
  std::vector<Group> groups;  // all, in order; some may have nothing

  size_t shown() const;

  // "13 more are worse, 2 cost less"; "" if nothing was left out.
  std::string LeftOutText() const;
};

struct FindingLimits {
  size_t all = 20;  // of worse, cannot tell and less together
  size_t less = 5;
  bool shows_all = false;  // no limits, and others too
};

ChosenFindings ChooseFindings(const DiffReport& report,
                              const FindingLimits& limits);

// Totals of what is judged, and the first, by which people know a profile; with
// all, those of other events, too.
std::vector<DiffTotal> ChooseTotals(const DiffReport& report, bool shows_all);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_CHOOSE_FINDINGS_H_
