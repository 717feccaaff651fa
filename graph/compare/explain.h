// What any finding of a comparison comes from.
#ifndef PROF2CG_GRAPH_COMPARE_EXPLAIN_H_
#define PROF2CG_GRAPH_COMPARE_EXPLAIN_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/compare/blame.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

// Blames inclusive cost as BlameFinder does, and all else by these rules:
//
//  - A function's own cost is its own fault as far as a call of it costs more,
//    else that of what calls it.
//  - That a function is called more is followed to the caller that has most of
//    it, and on to whom that one is called by, while a caller makes as many
//    calls as before each time it is called itself.
//  - What calls cost is, in the same way, the caller's fault or the callee's.
//
// Borrows the graph. To make it is O(functions + calls).
class Explainer {
 public:
  explicit Explainer(const JoinedGraph& graph);

  // Nothing of the total. `event` is kCallsEvent or one of the graph's.
  std::optional<Blame> Explain(const Subject& subject,
                               std::string_view event) const;

 private:
  Blame ExplainSelf(EventId event, uint32_t function) const;
  Blame ExplainCall(EventId event, uint32_t call) const;

  const JoinedGraph& graph_;
  BlameFinder finder_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_EXPLAIN_H_
