// The report of odd profiles for a terminal.
//
//   10 profiles, median 1.02 s; 1 is odd
//
//   worker-7.pstats: 3.21 s
//     3.1 × the median, and 55.2% of it is in other functions than with the
//       others.
//     The greatest difference is in execute (db.py:88): 2.40 s, 74.8% of it;
//       with the others on average 200 ms.
//
//      deviation    mean   least  greatest  function
//    696 ms 166%  420 ms  200 ms    2.40 s  execute   …/app/db.py:88
//
//   1 of 225 functions by the standard deviation of self cost …
//
// All text is safe to print, and fits the width but for names of inputs.
#ifndef PROF2CG_CONVERTER_TOP_OUTLIERS_TEXT_H_
#define PROF2CG_CONVERTER_TOP_OUTLIERS_TEXT_H_

#include <string>

#include "converter/display/text_table.h"
#include "converter/top/outliers.h"

namespace prof2cg {

std::string OutliersText(const OutlierReport& report,
                         const TextOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_OUTLIERS_TEXT_H_
