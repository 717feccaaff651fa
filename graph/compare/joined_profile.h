// Both sides of a comparison as one profile: for what takes a profile, as
// pictures do.
#ifndef PROF2CG_GRAPH_COMPARE_JOINED_PROFILE_H_
#define PROF2CG_GRAPH_COMPARE_JOINED_PROFILE_H_

#include "graph/compare/joined_graph.h"
#include "graph/profile.h"

namespace prof2cg {

// The functions and calls of `graph`, in its rows, with the greater of both
// figures each: what counts on either side counts here. Functions are called as
// the current side has it, if it has them. Events are those of `graph`.
//
// As figures are of two programs they need not fit together: of functions and
// calls, not of the sums. Two functions are equal where one is gone and another
// is now on its line. O(n).
Profile JoinedProfile(const JoinedGraph& graph, const Profile& base,
                      const Profile& current);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JOINED_PROFILE_H_
