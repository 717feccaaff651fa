#include "converter/diff/naming.h"

#include <optional>
#include <string>

#include "converter/names/plain_name.h"
#include "graph/compare/gate.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

Event EventNamed(const JoinedGraph& graph, std::string_view name) {
  const std::optional<EventId> id = FindEvent(graph, name);
  if (id) return graph.events[*id];
  return {.name = std::string(kCallsEvent), .long_name = "Calls"};
}

DiffFunction NameIn(const Profile& profile, FunctionId f,
                    DiffFunction::Side side) {
  return {PlainName(profile, f), std::string(profile.File(f)),
          profile.functions[f.row()].line, side};
}

DiffFunction NameFunction(const Sides& sides, const JoinedGraph& graph,
                          uint32_t function) {
  using enum DiffFunction::Side;
  const FunctionPair& pair = graph.functions[function];
  if (!pair.current.is_valid()) {
    return NameIn(sides.base.sum, pair.base, kBase);
  }
  return NameIn(sides.current.sum, pair.current,
                pair.is_matched() ? kBoth : kCurrent);
}

}  // namespace prof2cg
