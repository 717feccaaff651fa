// Functions that call each other, directly or through others.
#ifndef PROF2CG_GRAPH_PASSES_CYCLES_H_
#define PROF2CG_GRAPH_PASSES_CYCLES_H_

#include <cstdint>
#include <vector>

#include "graph/call_graph.h"

namespace prof2cg {

// Numbers each function with its strongly connected component: two functions
// have one number if and only if calls lead from each to the other. Numbers
// count from 0; calls lead from higher to lower ones. By Tarjan's algorithm
// (SIAM J. Comput. 1972) without recursion. O(functions + calls).
std::vector<uint32_t> NumberCycles(const CallGraph& graph);

// The same as if there were no calls but those between functions of `among`, a
// bit per row: all others have a number of their own.
std::vector<uint32_t> NumberCyclesAmong(const CallGraph& graph,
                                        const std::vector<bool>& among);

// A bit per function, of such numbers: it has its number with others. Direct
// recursion is none.
std::vector<bool> FindMutualRecursion(const std::vector<uint32_t>& cycles);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CYCLES_H_
