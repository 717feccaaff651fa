// The comparison as JSON, for programs.
//
//   {
//     "schema": "prof2cg.diff",
//     "version": 1,
//     "verdict": "worse" | "not_worse" | "cannot_tell",
//     "why": TEXT,                      in a line
//     "base": SIDE, "current": SIDE,
//     "alpha": NUMBER,                  of tests of what scatters
//     "totals": [TOTAL…],               one for each event
//     "findings": [FINDING…],           worst first; all but what is equal
//     "equal": COUNT,                   figures that are
//     "config": PATH,                   the file of what follows, or ""
//     "budgets": [{"kind": "budget" | "rule", "text": TEXT,
//                  "line": LINE of config (if known),
//                  "kept": BOOL, null: cannot be told, "sentence": TEXT}…],
//     "probable_pairs": [{"base": FUNCTION, "current": FUNCTION,
//                         "change": "moved" | "renamed"}…],
//     "oddities": [{"count": COUNT, "text": TEXT}…]
//   }
//
//   SIDE      "files": [PATH…], "command", "functions": COUNT,
//             "unmatched_functions": COUNT, "prefix": what files are without,
//             "folded_functions": COUNT, as one since the other side's snapshot
//             does not list them, "least": the part of everything below which
//             a snapshot lists none, or 0
//   TOTAL     "event": {"name", "long_name", "unit": "ns" | "bytes" | "count"},
//             "judged": BOOL, "base", "current", "difference",
//             "base_unmatched", "current_unmatched": parts of each, to 1,
//             "common_factor": NUMBER
//   FUNCTION  "name", "file", "line" (if known),
//             "side": "both" | "base" | "current": who has it
//   CALL      "caller": FUNCTION, "callee": FUNCTION,
//             "new_lines": [LINE…], "gone_lines": [LINE…]
//   FINDING   "subject": "total" | "self" | "inclusive" | "calls" | "call" |
//                 "path",
//             "function": FUNCTION (not of a total), "call": CALL (of a call),
//             "path": [FUNCTION…] (of a path): from the root to the function;
//                 of more than 100 the first and the last 50,
//             "event": NAME, "verdict", "why": TEXT,
//             "reason": "equal" | "less" | "within_threshold" | "below_share" |
//                 "more" | "significant" | "may_be_chance" |
//                 "too_few_repeats" | "scatters" | "common_factor" |
//                 "unmatched",
//             "base", "current", "difference",
//             "p": NUMBER, "detectable": a part of base, null: no difference is
//             "blame": BLAME (if known),
//             "others": [FINDING…]: what the same cause explains
//   BLAME     "kind": "self" | "more_calls" | "new_call" | "entry" | "cycle" |
//                 "unexplained",
//             "function": FUNCTION, "call": CALL (if it is one),
//             "base_calls", "current_calls", "base_cost", "current_cost",
//             "explained": of the difference, "sentence": TEXT,
//             "path": [FUNCTION…] (of a path): the figures are those of it,
//             "steps": [{"function": FUNCTION, "difference",
//                        "calls", "mix", "unit"}…]: these add up to it
//
// Costs are whole numbers of the event's unit, exact: a reader must not make
// doubles of them. Within a version, members are only added.
#ifndef PROF2CG_CONVERTER_DIFF_JSON_H_
#define PROF2CG_CONVERTER_DIFF_JSON_H_

#include <string>

#include "converter/diff/report.h"

namespace prof2cg {

std::string DiffJson(const DiffReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_JSON_H_
