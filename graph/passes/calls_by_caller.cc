#include "graph/passes/calls_by_caller.h"

#include <utility>

#include "graph/grouping.h"

namespace prof2cg {

CallsByCaller IndexByCaller(const CallGraph& graph) {
  const auto caller = [&](size_t row) { return graph.calls[row].caller.row(); };
  Grouping grouping(graph.calls.size(), graph.counts.size(), caller);
  CallsByCaller index;
  index.calls.resize(graph.calls.size());
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    index.calls[grouping.Take(caller(row))] = CallId(row);
  }
  index.begins = std::move(grouping).Begins();
  return index;
}

}  // namespace prof2cg
