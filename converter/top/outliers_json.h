// The report of odd profiles as JSON, for programs.
//
// One object. Costs are in the unit of the event. New members may appear in a
// version; a change of what stands here makes a new version.
//
//   {
//     "schema": "prof2cg.outliers",
//     "version": 1,
//     "event": {"name": …, "long_name": …, "unit": "ns" | "bytes" | "count"},
//     "profiles": 20,
//     "median_total": …,        of the profiles' self costs
//     "median_moved": 0.02,     see "moved"
//     "outlier_count": 1,
//     "outliers": [             the oddest first
//       {"profile": "worker-17.pstats",
//        "reasons": ["total", "functions"],     one or both
//        "total": …, "times_median": 3.1,
//        "moved": 0.66,         share of its cost that is in other functions
//                               than with the others on average
//        "function": PLACE,     whose self cost differs most from the others'
//        "self": …, "self_of_others": …}, …     mean
//     ],
//     "function_count": 2000,
//     "functions": [            by the deviation of their self cost, falling
//       {PLACE…, "self": SPREAD, "inclusive": SPREAD}, …
//     ]
//   }
//
//   PLACE:  "name": …, "file": …, "line": 88, "object": …
//   SPREAD: {"mean": …, "deviation": …, "variation": 3.45,  deviation / mean
//            "least": …, "least_profile": …,    the first that has it
//            "greatest": …, "greatest_profile": …}
//
// Profiles are the names of the inputs. Text is as in the other report.
#ifndef PROF2CG_CONVERTER_TOP_OUTLIERS_JSON_H_
#define PROF2CG_CONVERTER_TOP_OUTLIERS_JSON_H_

#include <string>

#include "converter/top/outliers.h"

namespace prof2cg {

std::string OutliersJson(const OutlierReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_OUTLIERS_JSON_H_
