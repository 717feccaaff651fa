// The top report for a terminal.
//
//   15 300 function calls (15 066 primitive) in 20.996 ms, 225 functions
//
//            self      inclusive  calls    function
//   7.31 ms 34.8%  7.38 ms 35.1%      2    re.Pattern.sub  built-in
//    495 µs  2.4%  1.28 ms  6.1%     44/9  _parse          …/re/_parser.py:516
//
//   2 of 225 functions by self, together 37.2% of total
//
// Notes below the totals say what is not the profiler's own figure, and what is
// odd. A section says whence a function is called, and what it calls:
//
//   loads  /usr/lib/python3.11/json/__init__.py:299
//     self 4.97 µs (0.0% of total), inclusive 55.0 µs (0.3% of total), 3 calls
//
//     calls, with shares of its inclusive cost:
//         inclusive     self  calls  callee
//     4.97 µs  9.0%  4.97 µs      3  (self)
//     48.8 µs 88.8%  9.40 µs      3  decode  …/json/decoder.py:332
//
// All text is safe to print: names are as PlainName() and Printable() have
// them. Lines fit the width if that is 24 or more (a list) or 40 (sections),
// but for a section's name, which is never cut. Columns for which there is no
// room are left out; calls are total/primitive where these differ, as pstats
// has them.
#ifndef PROF2CG_CONVERTER_TOP_TEXT_H_
#define PROF2CG_CONVERTER_TOP_TEXT_H_

#include <string>

#include "converter/top/report.h"
#include "converter/display/text_table.h"

namespace prof2cg {

// With sections instead of the list, where the report has such.
std::string TopText(const TopReport& report, const TextOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_TEXT_H_
