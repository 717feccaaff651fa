#include "graph/passes/call_index.h"

#include <utility>

#include "graph/grouping.h"

namespace prof2cg {
namespace {

CallIndex IndexBy(FunctionId Call::*end, const CallGraph& graph) {
  const auto function = [&](size_t row) {
    return (graph.calls[row].*end).row();
  };
  Grouping grouping(graph.calls.size(), graph.counts.size(), function);
  CallIndex index;
  index.calls.resize(graph.calls.size());
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    index.calls[grouping.Take(function(row))] = CallId(row);
  }
  index.begins = std::move(grouping).Begins();
  return index;
}

}  // namespace

CallIndex IndexByCaller(const CallGraph& graph) {
  return IndexBy(&Call::caller, graph);
}

CallIndex IndexByCallee(const CallGraph& graph) {
  return IndexBy(&Call::callee, graph);
}

}  // namespace prof2cg
