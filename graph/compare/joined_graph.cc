#include "graph/compare/joined_graph.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "graph/call_graph.h"
#include "graph/compare/common_events.h"
#include "graph/error.h"
#include "graph/grouping.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"

namespace prof2cg {
namespace {

// A profile's graph, whose figures of calls from several lines may be summed.
class SummableGraph {
 public:
  explicit SummableGraph(const Profile& profile) : given_(profile.graph) {
    if (profile.contexts && HasSeveralSites(given_)) {
      folded_ = FoldedGraph(profile, CallSites::kJoined);
    }
  }
  const CallGraph& operator*() const { return folded_ ? *folded_ : given_; }

 private:
  const CallGraph& given_;
  std::optional<CallGraph> folded_;
};

// Calls take(row, place) for each row, for its place in the order of what
// `group_of` gives of it, and gives where each group begins.
template <class GroupOf, class Take>
std::vector<uint32_t> Order(size_t rows, size_t groups, GroupOf group_of,
                            Take take) {
  Grouping grouping(rows, groups, group_of);
  for (size_t row = 0; row < rows; ++row) {
    take(row, grouping.Take(group_of(row)));
  }
  return std::move(grouping).Begins();
}

// A graph's calls in the order of a JoinedGraph, so that both can be gone
// through side by side.
struct SortedCalls {
  std::vector<JoinedCall> calls;
  std::vector<uint32_t> rows;  // in the graph

  // `rows_of` has a row below `functions` for each function.
  SortedCalls(const CallGraph& graph, const std::vector<uint32_t>& rows_of,
              size_t functions) {
    const size_t n = graph.calls.size();
    std::vector<JoinedCall> given;
    given.reserve(n);
    for (const Call& call : graph.calls) {
      given.push_back({rows_of[call.caller.row()], rows_of[call.callee.row()]});
    }
    std::vector<uint32_t> by_callee(n);
    Order(
        n, functions, [&](size_t row) { return given[row].callee; },
        [&](size_t row, size_t place) {
          by_callee[place] = static_cast<uint32_t>(row);
        });
    calls.resize(n);
    rows.resize(n);
    Order(
        n, functions, [&](size_t i) { return given[by_callee[i]].caller; },
        [&](size_t i, size_t place) {
          rows[place] = by_callee[i];
          calls[place] = given[by_callee[i]];
        });
  }
};

std::vector<JoinedCall> Unite(const std::vector<JoinedCall>& a,
                              const std::vector<JoinedCall>& b) {
  std::vector<JoinedCall> all;
  all.reserve(a.size() + b.size());
  std::ranges::set_union(a, b, std::back_inserter(all));
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  return all;
}

void IndexCalls(JoinedGraph& graph) {
  const std::vector<JoinedCall>& calls = graph.calls;
  const size_t functions = graph.functions.size();
  graph.calls_begin = Order(
      calls.size(), functions, [&](size_t row) { return calls[row].caller; },
      [](size_t, size_t) {});
  graph.incoming.resize(calls.size());
  graph.incoming_begin = Order(
      calls.size(), functions, [&](size_t row) { return calls[row].callee; },
      [&](size_t row, size_t place) {
        graph.incoming[place] = static_cast<uint32_t>(row);
      });
}

// Adds up rows of some events of one graph into rows of all events of another.
class Adding {
 public:
  Adding(const EventSet& from, const EventSet& to) {
    for (const Event& event : to) {
      const std::optional<EventId> column = from.Find(event.name);
      if (!column) {
        throw Error("one of the profiles has no event \"" + event.name + "\"");
      }
      columns_.push_back(column->row());
    }
    costs_.resize(columns_.size());
  }

  void Add(std::span<const int64_t> costs, size_t row, CostTable& sums) {
    for (size_t e = 0; e < columns_.size(); ++e) costs_[e] = costs[columns_[e]];
    sums.Add(row, costs_);
  }

 private:
  std::vector<uint32_t> columns_;
  std::vector<int64_t> costs_;
};

Figures ZeroFigures(const JoinedGraph& graph) {
  const CostTable none(graph.events.size());
  const size_t functions = graph.functions.size();
  const size_t calls = graph.calls.size();
  Figures figures{std::vector<int64_t>(functions),
                  none,
                  none,
                  std::vector<int64_t>(calls),
                  none,
                  std::vector<int64_t>(graph.paths.size()),
                  std::vector<int64_t>(graph.paths.size()),
                  none};
  figures.self.Resize(functions);
  figures.inclusive.Resize(functions);
  figures.call_inclusive.Resize(calls);
  figures.path_inclusive.Resize(graph.paths.size());
  return figures;
}

void AddCount(int64_t& sum, CallCounts counts) {
  sum = SaturatingAdd(sum, counts.total);
}

void SumFunctions(const CallGraph& from, Adding& adding,
                  const std::vector<uint32_t>& functions, Figures& sums) {
  for (size_t f = 0; f < functions.size(); ++f) {
    const uint32_t row = functions[f];
    AddCount(sums.calls[row], from.counts[f]);
    adding.Add(from.self[f], row, sums.self);
    adding.Add(from.inclusive[f], row, sums.inclusive);
  }
}

void SumCalls(const CallGraph& from, Adding& adding, const SortedCalls& sorted,
              const std::vector<JoinedCall>& calls, Figures& sums) {
  size_t row = 0;
  for (size_t i = 0; i < sorted.rows.size(); ++i) {
    if (i + CallGraph::kPrefetchedCalls < sorted.rows.size()) {
      const uint32_t ahead = sorted.rows[i + CallGraph::kPrefetchedCalls];
      __builtin_prefetch(&from.calls[ahead]);
      from.call_inclusive.Prefetch(ahead);
    }
    while (row < calls.size() && calls[row] < sorted.calls[i]) ++row;
    if (row == calls.size()) break;
    if (calls[row] != sorted.calls[i]) continue;
    AddCount(sums.call_calls[row], from.calls[sorted.rows[i]].counts);
    adding.Add(from.call_inclusive[sorted.rows[i]], row, sums.call_inclusive);
  }
}

void SumPaths(const ContextTree& from, Adding& adding,
              const std::vector<uint32_t>& functions, const JoinedPaths& paths,
              Figures& sums) {
  const std::vector<uint32_t> path_of = paths.Of(from, functions);
  for (size_t row = 0; row < path_of.size(); ++row) {
    const Context& context = from.contexts[row];
    const uint32_t path = path_of[row];
    const auto add_calls = [&](std::vector<int64_t>& calls) {
      calls[path] = SaturatingAdd(calls[path], context.calls);
    };
    adding.Add(from.self[row], path, sums.path_inclusive);
    add_calls(sums.path_calls);
    const uint32_t caller = context.parent.is_valid()
                                ? path_of[context.parent.row()]
                                : JoinedPath::kNone;
    if (caller == paths[path].parent) add_calls(sums.path_entries);
  }
  for (auto path = static_cast<uint32_t>(paths.size()); path-- > 0;) {
    if (paths[path].is_root()) continue;
    sums.path_inclusive.Add(paths[path].parent, sums.path_inclusive[path]);
  }
}

Figures SumFigures(const Profile& profile, const CallGraph& from,
                   const std::vector<uint32_t>& functions,
                   const SortedCalls& sorted, const JoinedGraph& graph) {
  Figures sums = ZeroFigures(graph);
  Adding adding(profile.events, graph.events);
  SumFunctions(from, adding, functions, sums);
  SumCalls(from, adding, sorted, graph.calls, sums);
  if (graph.paths.size() != 0) {
    SumPaths(profile.contexts.value(), adding, functions, graph.paths, sums);
  }
  return sums;
}

// Rounded to the nearest, halves away from zero.
int64_t Mean(__int128 sum, size_t n) {
  const auto divisor = static_cast<int64_t>(n);
  const int64_t half = divisor / 2;
  const __int128 rounded = sum < 0 ? sum - half : sum + half;
  const auto low = static_cast<int64_t>(rounded);
  return low == rounded ? low / divisor  // many times as fast
                        : static_cast<int64_t>(rounded / divisor);
}

// Of a column that `column` gives of any Figures.
template <class Column>
void TakeMeans(const std::vector<Figures>& figures, Column column,
               Figures& means) {
  for (size_t i = 0; i < column(means).size(); ++i) {
    __int128 sum = 0;
    for (const Figures& f : figures) sum += column(f)[i];
    column(means)[i] = Mean(sum, figures.size());
  }
}

}  // namespace

std::optional<uint32_t> JoinedGraph::FindCall(JoinedCall call) const {
  const auto begin = calls.begin() + calls_begin[call.caller];
  const auto end = calls.begin() + calls_begin[call.caller + 1];
  const auto found = std::lower_bound(begin, end, call);
  if (found == end || *found != call) return std::nullopt;
  return static_cast<uint32_t>(found - calls.begin());
}

std::vector<uint32_t> RowsOf(const std::vector<FunctionPair>& pairs,
                             FunctionId FunctionPair::*side, size_t functions) {
  std::vector<uint32_t> rows(functions);
  for (size_t row = 0; row < pairs.size(); ++row) {
    const FunctionId function = pairs[row].*side;
    if (function.is_valid()) {
      rows[function.row()] = static_cast<uint32_t>(row);
    }
  }
  return rows;
}

JoinedGraph JoinGraphs(const Profile& base, const Profile& current,
                       std::vector<FunctionPair> pairs) {
  JoinedGraph graph;
  graph.events = FindCommonEvents(base.events, current.events);
  graph.functions = std::move(pairs);
  const std::vector<uint32_t> base_rows =
      RowsOf(graph.functions, &FunctionPair::base, base.functions.size());
  const std::vector<uint32_t> current_rows =
      RowsOf(graph.functions, &FunctionPair::current, current.functions.size());

  const SummableGraph base_graph(base), current_graph(current);
  const size_t functions = graph.functions.size();
  const SortedCalls base_calls(*base_graph, base_rows, functions);
  const SortedCalls current_calls(*current_graph, current_rows, functions);
  graph.calls = Unite(base_calls.calls, current_calls.calls);
  IndexCalls(graph);

  if (base.contexts && current.contexts) {
    graph.paths.Add(*base.contexts, base_rows);
    graph.paths.Add(*current.contexts, current_rows);
    graph.paths.Finish(graph.calls.size(), [&](uint32_t f, uint32_t g) {
      return graph.FindCall({f, g}).value_or(JoinedPath::kNone);
    });
  }
  graph.base = SumFigures(base, *base_graph, base_rows, base_calls, graph);
  graph.current =
      SumFigures(current, *current_graph, current_rows, current_calls, graph);
  return graph;
}

Figures FiguresOf(const Profile& profile, const JoinedGraph& graph,
                  const std::vector<uint32_t>& functions) {
  const SummableGraph summable(profile);
  const SortedCalls calls(*summable, functions, graph.functions.size());
  return SumFigures(profile, *summable, functions, calls, graph);
}

int64_t PathSelf(const JoinedGraph& graph, const Figures& side, EventId event,
                 uint32_t path) {
  const size_t e = event.row();
  __int128 self = side.path_inclusive[path][e];
  for (const uint32_t child : graph.paths.ChildrenOf(path)) {
    self -= side.path_inclusive[child][e];
  }
  return static_cast<int64_t>(std::clamp<__int128>(self, INT64_MIN, INT64_MAX));
}

Figures MeanOf(const std::vector<Figures>& figures) {
  assert(!figures.empty());
  Figures means = figures[0];
  if (figures.size() == 1) return means;
  for (const auto column : {&Figures::calls, &Figures::call_calls,
                            &Figures::path_calls, &Figures::path_entries}) {
    TakeMeans(
        figures, [&](auto& f) -> auto& { return f.*column; }, means);
  }
  for (const auto table :
       {&Figures::self, &Figures::inclusive, &Figures::call_inclusive,
        &Figures::path_inclusive}) {
    TakeMeans(
        figures, [&](auto& f) { return (f.*table).all(); }, means);
  }
  return means;
}

}  // namespace prof2cg
