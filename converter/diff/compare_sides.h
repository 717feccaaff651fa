// Two sides in the rows of one graph.
#ifndef PROF2CG_CONVERTER_DIFF_COMPARE_SIDES_H_
#define PROF2CG_CONVERTER_DIFF_COMPARE_SIDES_H_

#include "converter/diff/sides.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// The graph has the mean of each side's profiles.
struct ComparedSides {
  JoinedGraph graph;
  Repeats repeats;
};

// Throws Error if the sides have no function or no event in common.
ComparedSides CompareSides(const Side& base, const Side& current);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_COMPARE_SIDES_H_
