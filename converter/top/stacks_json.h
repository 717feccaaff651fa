// The report by stacks as JSON, for programs.
//
// One object, as exact as the profile. New members may appear in a version; a
// change of what stands here makes a new version.
//
//   {
//     "schema": "prof2cg.stacks",
//     "version": 1,
//     "event": {"name": "live_bytes", "long_name": …, "unit": "bytes"},
//     "total": 9000,
//     "total_blocks": 150,          only of events that have blocks
//     "functions_with_cost": 12,
//     "functions": [STACK, …],      by cost, falling
//     "oddities": [{"count": 3, "text": "3 callers …"}, …]
//   }
//
//   STACK: {"name": …, "file": …, "object": …,
//           "line": 12,             the function's; of callers, the call's
//           "cost": 5000, "blocks": 50,
//           "callers": [STACK, …],  whose costs are parts of this one
//           "cut": true}            where callers are too deep to be shown
//
// Text is as in the report of functions (json.h).
#ifndef PROF2CG_CONVERTER_TOP_STACKS_JSON_H_
#define PROF2CG_CONVERTER_TOP_STACKS_JSON_H_

#include <string>

#include "converter/top/stacks.h"

namespace prof2cg {

std::string StacksJson(const StackReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_STACKS_JSON_H_
