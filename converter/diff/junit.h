// The comparison as JUnit's XML, which most of CI shows: a test for the
// verdict, one for each budget and rule, and one for each finding. What is
// worse has failed, what cannot be told was skipped.
#ifndef PROF2CG_CONVERTER_DIFF_JUNIT_H_
#define PROF2CG_CONVERTER_DIFF_JUNIT_H_

#include <string>

#include "converter/diff/report.h"

namespace prof2cg {

std::string DiffJunit(const DiffReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_JUNIT_H_
