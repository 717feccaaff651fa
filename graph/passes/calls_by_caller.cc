#include "graph/passes/calls_by_caller.h"

namespace prof2cg {

CallsByCaller IndexByCaller(const CallGraph& graph) {
  CallsByCaller index;
  // next[f + 1] is where the next call of f goes: in the end the end of them.
  // Counts stand one row further, so that their sums are the begins.
  std::vector<uint32_t>& next = index.begins;
  next.resize(graph.counts.size() + 2);
  for (const Call& call : graph.calls) ++next[call.caller.row() + 2];
  for (size_t f = 2; f < next.size(); ++f) next[f] += next[f - 1];
  index.calls.resize(graph.calls.size());
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    index.calls[next[graph.calls[row].caller.row() + 1]++] = CallId(row);
  }
  next.pop_back();
  return index;
}

}  // namespace prof2cg
