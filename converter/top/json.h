// The top report as JSON, for programs.
//
// One object. Costs are whole numbers in the unit of the event, counts are
// exact; what the profile does not have is left out, not zero. New members may
// appear in a version; a change of what stands here makes a new version.
//
//   {
//     "schema": "prof2cg.top",
//     "version": 1,
//     "event": {"name": "ns", "long_name": "Time [ns]",
//               "unit": "ns" | "bytes" | "count"},
//     "other_events": ["alloc_bytes", …],
//     "origins": {                    each "measured" | "derived" | "estimated"
//       "self": …, "inclusive": …, "calls": …,             of functions
//       "call_inclusive": …, "call_self": …, "call_calls": …   of calls
//     },
//     "totals": {
//       "functions": 225,
//       "calls": 15300, "primitive_calls": 15066,
//       "self": 20996452              Σ self of all functions: the whole
//     },
//     "order": "self" | "inclusive" | "calls" | "name",
//     "filter": "json",               only if there was one
//     "matched": {"functions": 225, "self": 20996452},   what it left
//     "functions": [FUNCTION, …],     the first of those, in order
//     "sections": [                   only if callers or callees were asked for
//       {"function": FUNCTION, "callers": CALLS, "callees": CALLS}, …
//     ],
//     "more_sections": 0,             functions that matched beyond these
//     "part_matches": [               functions beyond those that have the
//       {"pattern": …, "functions": 3}, …        pattern in their name only
//     ],
//     "fidelity": {"measured": …, "derived": …, "estimated": …, "lost": …,
//                  "text": "measured 100 %, lost 0"},
//     "oddities": [{"count": 3, "text": "3 callers …"}, …],
//     "contradictions": {"self_above_inclusive": 0, "call_above_callee": 0,
//                        "calls_above_callee": 0, "negative": 0,
//                        "missing_self": 0}   of the first event
//   }
//
//   FUNCTION: {"name": …, "file": …, "line": 343, "object": …,
//              "calls": …, "primitive_calls": …, "self": …, "inclusive": …,
//              "estimated": true,         only if some of these figures are:
//                                         no count whose origin is "measured"
//              "base": …, "level": 1,     where functions are told apart by who
//              "callers": [               called them: the function's own name,
//                {"name": …, "file": …, "line": 12}, …    the level of
//              ],                         recursion, callers, the nearest first
//              "costs": {"alloc_bytes": …, "alloc_bytes:inclusive": …}}
//             without lines where they are unknown; with costs of other events
//             where columns of them were chosen
//   CALLS:    {"calls": [CALL, …], "others": 0,   beyond those in "calls"
//              "other_calls": 0, "other_inclusive": 0,      of the others
//              "others_estimated": true}  only if some of them are
//   CALL:     {"function": FUNCTION,      null: from outside the profile
//              "line": 12,                of the call site, where known
//              "calls": …, "primitive_calls": …, "inclusive": …,
//              "self": …,                 the callee's, where known
//              "estimated": true}         only if it is
//
// The text is ASCII: other characters, control characters too, stand as \uXXXX.
// A lone surrogate, which strict parsers refuse, becomes the text that
// Printable() gives it: a name with the undecodable byte E9 has "\\xe9" there.
#ifndef PROF2CG_CONVERTER_TOP_JSON_H_
#define PROF2CG_CONVERTER_TOP_JSON_H_

#include <string>

#include "converter/top/report.h"

namespace prof2cg {

std::string TopJson(const TopReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_JSON_H_
