// What any finding of a comparison comes from.
#ifndef PROF2CG_GRAPH_COMPARE_EXPLAIN_H_
#define PROF2CG_GRAPH_COMPARE_EXPLAIN_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/compare/blame.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/subjects.h"
#include "graph/ids.h"

namespace prof2cg {

// Blames inclusive cost as BlameFinder does, and all else by these rules:
//
//  - A function's own cost is its own fault as far as a call of it costs more,
//    else that of what calls it.
//  - That a function is called more is followed to the caller that has most of
//    it, and on to whom that one is called by, while a caller makes as many
//    calls as before each time it is called itself.
//  - What calls cost is, in the same way, the caller's fault or the callee's.
//  - Paths are traced on their own (path_blame.h), and so is what has one path
//    and is not explained without it.
//
// Borrows the graph. To make it is O(functions + calls + paths).
class Explainer {
 public:
  explicit Explainer(const JoinedGraph& graph);

  // Nothing of the total. `event` is kCallsEvent or one of the graph's.
  std::optional<Blame> Explain(const Subject& subject, std::string_view event);

 private:
  std::optional<Blame> ExplainWithoutPath(const Subject& subject,
                                          std::optional<EventId> event);
  Blame ExplainSelf(EventId event, uint32_t function) const;
  Blame ExplainCall(EventId event, uint32_t call) const;
  Blame ExplainPath(std::optional<EventId> event, uint32_t path);
  // The one with all figures of a function or call, if it has one.
  std::optional<uint32_t> OnlyPathOf(const Subject& subject,
                                     std::optional<EventId> event) const;

  const JoinedGraph& graph_;
  BlameFinder finder_;
  // Of each function and call: the path, if there is one and no other.
  std::vector<uint32_t> function_path_;
  std::vector<uint32_t> call_path_;
  // Of functions that recur on paths, by event: many paths have the same.
  std::map<std::pair<std::optional<EventId>, uint32_t>, Cause> causes_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_EXPLAIN_H_
