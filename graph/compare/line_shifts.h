// Where the lines of files have gone since.
#ifndef PROF2CG_GRAPH_COMPARE_LINE_SHIFTS_H_
#define PROF2CG_GRAPH_COMPARE_LINE_SHIFTS_H_

#include <compare>
#include <cstdint>
#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// Code above moves what is below it: the lines of functions that are known on
// both sides tell how far.
class LineShifts {
 public:
  // By the matched ones of `pairs`. O(n log n).
  LineShifts(const Profile& base, const Profile& current,
             const std::vector<FunctionPair>& pairs);

  // Whether any function of base's file `file` (of its strings) is known.
  bool Know(StringId file) const;

  // Where line `line` of that file stands in the current one, if it has moved
  // with the nearest known function, that above if two are as near; may be
  // below zero. O(log n).
  int64_t Expected(StringId file, uint32_t line) const;

 private:
  struct Known {
    StringId file;
    uint32_t line = 0;  // in the base
    int64_t shift = 0;

    friend auto operator<=>(const Known&, const Known&) = default;
  };

  std::vector<Known> known_;  // sorted
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_LINE_SHIFTS_H_
