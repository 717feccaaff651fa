// Why a path costs more than before, or less, or is taken more often.
#ifndef PROF2CG_GRAPH_COMPARE_PATH_BLAME_H_
#define PROF2CG_GRAPH_COMPARE_PATH_BLAME_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "graph/compare/blame.h"
#include "graph/compare/change_terms.h"
#include "graph/compare/joined_graph.h"
#include "graph/ids.h"

namespace prof2cg {

// Traces the difference of a path's inclusive cost, or without an event of its
// calls, as BlameFinder does that of a function, but over paths: each has one
// parent, so that it is exact.
//
// Causes are those of functions and calls, so that what one change did to
// functions and to paths has one cause. Blame::path tells on which path it is.
// Where contexts have no counts, only calls that are new or gone altogether are
// made more often; all else is what a call costs.
//
// What recurs has its recursion within (joined_paths.h). Where it recurs more,
// the cause is `cause_of(function)`, and Blame::path is none.
Blame FindPathBlame(const JoinedGraph& graph, std::optional<EventId> event,
                    uint32_t path,
                    const std::function<Cause(uint32_t)>& cause_of);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_PATH_BLAME_H_
