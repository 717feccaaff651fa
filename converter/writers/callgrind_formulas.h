// Events that KCachegrind makes of others, where that helps: by sums and
// differences, for more it does not know.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_FORMULAS_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_FORMULAS_H_

#include <string_view>
#include <vector>

#include "converter/writers/callgrind_plan.h"

namespace prof2cg {

struct CallgrindFormula {
  std::string_view name;
  std::string_view formula;  // "ns - cpu_ns"
  std::string_view long_name;
};

// Those whose events the profile has. KCachegrind has no numbers below zero: a
// difference is left out where any row of the file would have one. With
// `of_threads` these are also the rows of each thread on its own, of a profile
// with contexts. O(functions + calls), or O(contexts).
std::vector<CallgrindFormula> FindFormulas(const CallgrindPlan& plan,
                                           bool of_threads);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_FORMULAS_H_
