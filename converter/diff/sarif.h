// The comparison as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
// Format), as GitHub's code scanning takes it: a result for each finding that
// is worse (error), cannot be told (warning) or, where something is to be said
// of it, costs less (note); a rule for each kind of cause. The same for each
// budget and rule of the project that is broken or cannot be told.
//
// Every result has a place, which GitHub asks for: the line that places.h
// tells, else the current profile. Fingerprints depend on what a
// finding is of, not on figures or lines, so that alerts are the same over
// runs.
#ifndef PROF2CG_CONVERTER_DIFF_SARIF_H_
#define PROF2CG_CONVERTER_DIFF_SARIF_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "converter/diff/report.h"

namespace prof2cg {

// GitHub shows no more; those that are left out are counted in a notification.
inline constexpr size_t kSarifResults = 5000;

// `root` is left out of files within it: the top of the repository.
std::string DiffSarif(const DiffReport& report, std::string_view root = "");

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_SARIF_H_
