// What made everything in a profile slower or faster alike: the machine.
#ifndef PROF2CG_GRAPH_COMPARE_COMMON_FACTORS_H_
#define PROF2CG_GRAPH_COMPARE_COMMON_FACTORS_H_

#include <cstddef>
#include <vector>

#include "graph/compare/joined_graph.h"

namespace prof2cg {

// For each profile, how many times as much its functions cost as in the base:
// the median over functions of their self cost in the profile, relative to
// what they usually cost, which is the median of both sides' profiles. As both
// sides have a part in that, chance moves neither the more. It is done twice:
// what is usual is clearer where the first factors are taken out. Only
// functions that cost something in the profile and in most profiles of both
// sides take part; 1 if none does.
//
// The median is weighted by the square root of that cost, with none above a
// 32nd of all: what is a sum of many things scatters as the root of its length,
// relative to it, and a median is the surest with weights that go against the
// scatter. So of two dozen functions one may have nearly all cost, and what
// happens to it alone does not move the factor; while functions that are too
// light to be measured well have little say for their number. What happens to
// functions of more than half the weight cannot be told from the machine.
struct CommonFactors {
  std::vector<double> base;  // a factor per profile; their median is about 1
  std::vector<double> current;
};

// O(profiles × functions + n log n) for each profile's n functions that cost
// something.
CommonFactors FindCommonFactors(const std::vector<Figures>& base,
                                const std::vector<Figures>& current,
                                EventId event);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_COMMON_FACTORS_H_
