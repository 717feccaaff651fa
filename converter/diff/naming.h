// Functions and events of a comparison as its report has them.
#ifndef PROF2CG_CONVERTER_DIFF_NAMING_H_
#define PROF2CG_CONVERTER_DIFF_NAMING_H_

#include <cstdint>
#include <string_view>

#include "converter/diff/report.h"
#include "converter/diff/sides.h"
#include "graph/compare/joined_graph.h"
#include "graph/event_set.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

DiffFunction NameIn(const Profile& profile, FunctionId f,
                    DiffFunction::Side side);

// A row of the graph, as the current side has it, if it has it.
DiffFunction NameFunction(const Sides& sides, const JoinedGraph& graph,
                          uint32_t function);

// The graph's event of that name, or "calls".
Event EventNamed(const JoinedGraph& graph, std::string_view name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_NAMING_H_
