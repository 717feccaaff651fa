// Functions told apart by who called them: what their names stand for.
#ifndef PROF2CG_GRAPH_SEPARATION_H_
#define PROF2CG_GRAPH_SEPARATION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "graph/function_table.h"
#include "graph/ids.h"

namespace prof2cg {

// What a name tells of callers beyond theirs, so that no two functions are
// equal; each has what is before it, too.
enum class CallerDetail : uint8_t { kName, kLine, kFile, kRow };

// A function in calling contexts that have the same last callers, as Callgrind
// names it: f'2'caller'caller2, the nearest caller first.
struct SeparatedFunction {
  FunctionId base;       // the function itself, a row of Separation::bases
  uint32_t level = 1;    // how often it is active; the last level: or more
  uint32_t callers = 0;  // where they begin in Separation::callers
  uint32_t callers_end = 0;
  CallerDetail detail = CallerDetail::kName;

  friend bool operator==(const SeparatedFunction&,
                         const SeparatedFunction&) = default;
};

// What the functions of a profile are. A function that calls itself directly
// is no caller of its own. Names are made from this table
// (passes/name_separated.h); they cannot be taken apart again, since functions
// may have an apostrophe in theirs.
struct Separation {
  FunctionTable bases;                       // as the source had them
  std::vector<SeparatedFunction> functions;  // a row per function, by base
  std::vector<FunctionId> callers;           // rows of `bases`

  const SeparatedFunction& operator[](FunctionId f) const {
    return functions[f.row()];
  }
  // Of the function, the nearest first.
  std::span<const FunctionId> CallersOf(FunctionId f) const {
    const SeparatedFunction& row = functions[f.row()];
    return {callers.data() + row.callers, row.callers_end - row.callers};
  }
  friend bool operator==(const Separation&, const Separation&) = default;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_SEPARATION_H_
