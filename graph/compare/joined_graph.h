// Two call graphs as one: what each function and call has cost before and now.
#ifndef PROF2CG_GRAPH_COMPARE_JOINED_GRAPH_H_
#define PROF2CG_GRAPH_COMPARE_JOINED_GRAPH_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/compare/joined_paths.h"
#include "graph/cost_table.h"
#include "graph/event_set.h"
#include "graph/profile.h"

namespace prof2cg {

// All calls of a function by another, from whatever lines.
struct JoinedCall {
  uint32_t caller = 0;  // rows of JoinedGraph::functions
  uint32_t callee = 0;

  friend auto operator<=>(const JoinedCall&, const JoinedCall&) = default;
};

// Figures of one profile, or of the mean of several, in the rows of a
// JoinedGraph: zero for what is not in that profile.
struct Figures {
  std::vector<int64_t> calls;       // a row per function: all calls of it
  CostTable self;                   // a row per function
  CostTable inclusive;              // a row per function
  std::vector<int64_t> call_calls;  // a row per call
  CostTable call_inclusive;         // a row per call
  // A row per path: all calls of its function, and those by its parent's, which
  // are fewer where it recurs.
  std::vector<int64_t> path_calls;
  std::vector<int64_t> path_entries;
  CostTable path_inclusive;  // a row per path

  friend bool operator==(const Figures&, const Figures&) = default;
};

// Rows of functions are those of the pairs that it was made of. Calls stand by
// their caller, then by their callee, and are unique.
//
// Events are those that both sides have, in the base's order; none where one is
// a snapshot of calls alone.
struct JoinedGraph {
  EventSet events;
  std::vector<FunctionPair> functions;
  std::vector<JoinedCall> calls;
  JoinedPaths paths;  // none unless both sides have contexts
  Figures base;
  Figures current;

  // Where the calls of each function begin, and behind them the end of all.
  std::vector<uint32_t> calls_begin;
  // The same of the calls into each function, whose rows are in `incoming`.
  std::vector<uint32_t> incoming;
  std::vector<uint32_t> incoming_begin;

  // Rows of calls by `function`, and of calls of it.
  auto CallsBy(uint32_t function) const {
    return std::views::iota(calls_begin[function], calls_begin[function + 1]);
  }
  std::span<const uint32_t> CallsOf(uint32_t function) const {
    const uint32_t begin = incoming_begin[function];
    return {incoming.data() + begin, incoming_begin[function + 1] - begin};
  }
  // The call's row, if there is one. O(log calls of the caller).
  std::optional<uint32_t> FindCall(JoinedCall call) const;
};

// Throws Error if the profiles have no event in common, or if one has different
// units. `pairs` are MatchFunctions(base, current). Where a profile has
// contexts, a call from several lines costs what they say; else their sum.
// O(functions + calls + contexts), but for looking up the call of each path.
JoinedGraph JoinGraphs(const Profile& base, const Profile& current,
                       std::vector<FunctionPair> pairs);

// The row of each of a side's functions in a graph of these pairs.
std::vector<uint32_t> RowsOf(const std::vector<FunctionPair>& pairs,
                             FunctionId FunctionPair::*side, size_t functions);

// The figures of one of the profiles that a side was merged of. `functions` has
// the row of `graph` for each of its functions, as the Merger gives it by way
// of the side's pairs. Calls that the graph does not have are left out. Throws
// Error if the profile lacks an event of the graph. Where that has paths, the
// profile has contexts. O(n) as above, and of the graph.
Figures FiguresOf(const Profile& profile, const JoinedGraph& graph,
                  const std::vector<uint32_t>& functions);

// What a path has cost itself: without longer ones.
int64_t PathSelf(const JoinedGraph& graph, const Figures& side, EventId event,
                 uint32_t path);

// The mean, each figure rounded to the nearest whole number: of one, itself.
// At least one; all of the same graph.
Figures MeanOf(const std::vector<Figures>& figures);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JOINED_GRAPH_H_
