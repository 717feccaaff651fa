// The top report for a terminal.
//
//   15 300 function calls (15 066 primitive calls) in 20.996 ms, 225 functions
//   measured 100 %, lost 0
//
//            self      inclusive   calls         function
//   5.21 ms 24.8%  9.12 ms 43.4%   3 000         _iterencode  …/encoder.py:414
//   1.02 ms  4.9%  1.02 ms  4.9%   1 973/1       fib          …/main.py:7
//
// All text is safe to print: names are escaped as Printable() does it. Lines
// fit the width if that is 40 or more. What columns there is no room for are
// left out; calls are total/primitive where these differ, as pstats has them.
#ifndef PROF2CG_CONVERTER_TOP_TEXT_H_
#define PROF2CG_CONVERTER_TOP_TEXT_H_

#include <string>

#include "converter/top/report.h"
#include "converter/top/text_table.h"

namespace prof2cg {

// With sections instead of the list, where the report has such.
std::string TopText(const TopReport& report, const TextOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_TEXT_H_
