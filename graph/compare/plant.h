// A regression that is planted, to see whether a gate finds it.
#ifndef PROF2CG_GRAPH_COMPARE_PLANT_H_
#define PROF2CG_GRAPH_COMPARE_PLANT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/compare/gate.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

struct Plant {
  Subject subject;  // self cost of a function, or its calls
  int64_t base = 0;
  int64_t planted = 0;
};

// In the function that has most of the event in graph.current: a tenth more
// than the gate's thresholds for it, but no less than the gate looks at. None
// if no function has any.
std::optional<Plant> ChoosePlant(const JoinedGraph& graph,
                                 std::string_view event, const Gate& gate);

// Copies of a side's profiles in which that figure is greater by as much as in
// the plant, relative to each: only it, and the function's inclusive cost.
std::vector<Figures> WithPlant(std::vector<Figures> profiles,
                               const JoinedGraph& graph, std::string_view event,
                               const Plant& plant);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_PLANT_H_
