// Functions that may have moved or have another name.
#ifndef PROF2CG_GRAPH_COMPARE_PROBABLE_PAIRS_H_
#define PROF2CG_GRAPH_COMPARE_PROBABLE_PAIRS_H_

#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// Functions without a counterpart that may be one: for people, not for
// verdicts.
struct ProbablePair {
  enum class Change {
    kMoved,    // the same name in another file
    kRenamed,  // another name in the same file, called by or calling the same
  };
  FunctionId base;
  FunctionId current;
  Change change = Change::kMoved;

  friend bool operator==(const ProbablePair&, const ProbablePair&) = default;
};

// Each function in one pair at most, in order of the base's rows. Only where
// one candidate is clearly the likeliest, for either of the two.
//
// It is the likelier the greater a part of all callers and callees of the two
// they share, and the more: those that are the same by `pairs`, or else by
// name. What speaks for moved is also a name that no other function of either
// profile has (but not <lambda> and the like), the same file name in another
// folder, or as many calls; for renamed, that it stands where the other is
// expected (line_shifts.h), which is not enough alone.
//
// O(n log n): of hubs, a hundred callers and callees count; where two files or
// a name have more than 2500 possible pairs, nothing is clear.
std::vector<ProbablePair> FindProbablePairs(
    const Profile& base, const Profile& current,
    const std::vector<FunctionPair>& pairs);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_PROBABLE_PAIRS_H_
