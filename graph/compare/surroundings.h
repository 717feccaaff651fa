// What tells functions that have no name of their own.
#ifndef PROF2CG_GRAPH_COMPARE_SURROUNDINGS_H_
#define PROF2CG_GRAPH_COMPARE_SURROUNDINGS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/ids.h"
#include "graph/passes/call_index.h"
#include "graph/profile.h"

namespace prof2cg {

// "<lambda>" and the like, of which each function of Python may have several.
bool IsNameless(std::string_view name);

// The functions around others, by pairs of those that have a name.
class Surroundings {
 public:
  // The profiles outlive it. O(n log n).
  Surroundings(const Profile& base, const Profile& current,
               const std::vector<FunctionPair>& pairs);

  // A number for the nearest function above that has a name, in the same file,
  // or on the same line: that which has it in its body, mostly. The same on
  // both sides where the two are a pair; 0 where there is none. O(1).
  uint32_t AboveBase(FunctionId f) const { return base_.above[f.row()]; }
  uint32_t AboveCurrent(FunctionId f) const { return current_.above[f.row()]; }

  // Callers and callees, but for built-ins, which everyone calls: whether both
  // have some, and whether they share one. O(n log n) of theirs.
  bool HaveNeighbours(FunctionId base, FunctionId current) const;
  bool ShareNeighbours(FunctionId base, FunctionId current) const;

 private:
  struct Side {
    Side(const Profile& its_profile, std::vector<uint32_t> its_numbers);

    std::vector<uint32_t> NeighboursOf(FunctionId f) const;  // sorted

    const Profile& profile;
    std::vector<uint32_t> numbers;  // from 1 on; per function
    std::vector<uint32_t> above;    // per function
    CallIndex by_caller;
    CallIndex by_callee;
  };

  Side base_;
  Side current_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SURROUNDINGS_H_
