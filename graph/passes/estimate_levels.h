// Levels of direct recursion that a call graph tells of.
#ifndef PROF2CG_GRAPH_PASSES_ESTIMATE_LEVELS_H_
#define PROF2CG_GRAPH_PASSES_ESTIMATE_LEVELS_H_

#include <cstdint>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Which functions have two levels that can be told, a bit per row: they call
// themselves, but not through others, in a cycle, and are asked for as many.
std::vector<bool> FindLevels(const CallGraph& graph,
                             const std::vector<bool>& is_in_cycle,
                             const std::vector<uint32_t>& asked);

// Parts each row of such a base from its calls of itself, f from f'2, in a
// profile that is separated:
//
//   f'2         has the figures of f's calls of f, f the rest
//   f -> f'2    are the primitive ones of these calls, with all of their
//               inclusive cost
//   f'2 -> f'2  are the others, with a part of it: as many calls as they are
//   others      of f are shared out by what f and f'2 cost below themselves
//               and, for f, outside of f'2
//
// A source that does not tell what callees cost themselves has that of f'2 by
// its calls. Rows that never call themselves stay. O(functions + calls).
void EstimateLevels(Profile& profile, const std::vector<bool>& has_levels);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_ESTIMATE_LEVELS_H_
