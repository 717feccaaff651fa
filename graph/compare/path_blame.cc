#include "graph/compare/path_blame.h"

#include <vector>

#include "graph/compare/blame_search.h"
#include "graph/compare/split.h"

namespace prof2cg {
namespace {

using CauseOf = std::function<Cause(uint32_t)>;

// The terms of paths, whose rows lead forward.
class PathTerms {
 public:
  PathTerms(const JoinedGraph& graph, std::optional<EventId> event,
            const CauseOf& cause_of)
      : graph_(graph), event_(event), cause_of_(cause_of) {}

  uint32_t PlaceOf(uint32_t path) const { return path; }
  uint32_t At(uint32_t place) const { return place; }
  uint32_t FunctionOf(uint32_t path) const {
    return graph_.paths[path].function;
  }
  int64_t DifferenceOf(uint32_t path) const {
    return PathDifference(graph_, event_, path);
  }
  Split SplitOf(uint32_t path) const { return SplitPath(graph_, event_, path); }

  // Why the path is taken more often. Gives how often it is.
  Change AddEntries(uint32_t path, std::vector<Term>& terms) const;

  // Why its last function is called more for each time that the path is taken.
  Term Recursion(uint32_t path, const Change& entries) const;

  // Why it costs more each time: the function recurs more, a call of it costs
  // more itself, it calls others more, or these cost more.
  void AddCosts(uint32_t path, std::vector<Term>& terms) const;

 private:
  Change ChangeOf(uint32_t path) const {
    return PathChange(graph_, event_, path);
  }
  // The change of all paths that end in the path's call.
  Change CallChangeOf(uint32_t path) const;
  Cause CauseOfCall(uint32_t path) const;
  long double Made(uint32_t path, const Change& change, long double then) const;
  long double LedByParent(uint32_t path, const Change& change,
                          long double more) const;
  void AddChild(uint32_t child, long double ratio,
                std::vector<Term>& terms) const;

  const JoinedGraph& graph_;
  const std::optional<EventId> event_;
  const CauseOf& cause_of_;
};

Change PathTerms::CallChangeOf(uint32_t path) const {
  const uint32_t call = graph_.paths[path].call;
  if (call == JoinedPath::kNone) return ChangeOf(path);
  if (event_) return CallChange(graph_, *event_, call);
  const auto of = [call](const Figures& side) {
    const auto calls = static_cast<long double>(side.call_calls[call]);
    return Measure{calls, calls};
  };
  return {of(graph_.base), of(graph_.current)};
}

Cause PathTerms::CauseOfCall(uint32_t path) const {
  const JoinedPath& p = graph_.paths[path];
  Cause cause = CallCause(CallChangeOf(path), p.function, p.call);
  if (p.call == JoinedPath::kNone) cause.call.reset();
  return cause;
}

// How much more it costs than `then` since it is taken more often.
long double PathTerms::Made(uint32_t path, const Change& change,
                            long double then) const {
  if (change.base.calls == 0 && change.current.calls == 0) {
    const Change call = CallChangeOf(path);
    if (!call.is_new() && !call.is_gone()) return 0;
  }
  return MadeMore(change, then);
}

Change PathTerms::AddEntries(uint32_t path, std::vector<Term>& terms) const {
  const JoinedPath& p = graph_.paths[path];
  const Change change = ChangeOf(path);
  const long double more = Made(path, change, change.base.cost);
  if (p.is_root()) {
    terms.push_back({more, {Cause::Kind::kEntry, p.function, {}}});
  } else {
    const long double led = LedByParent(path, change, more);
    AddTerms(more - led, led, CauseOfCall(path), p.parent, terms);
  }
  return change;
}

// How much of `more` is since the parent is taken more often.
long double PathTerms::LedByParent(uint32_t path, const Change& change,
                                   long double more) const {
  const Change parent =
      PathCallsChange(graph_, event_, graph_.paths[path].parent);
  if (parent.is_new() || parent.is_gone()) return more;
  if (parent.base.calls == 0 || parent.current.calls == 0) return 0;
  return (parent.current.calls - parent.base.calls) / parent.base.calls *
         change.base.cost;
}

Term PathTerms::Recursion(uint32_t path, const Change& entries) const {
  if (entries.base.calls == 0 || entries.current.calls == 0) return {};
  const long double ratio = entries.current.calls / entries.base.calls;
  const Change all = PathCallsChange(graph_, event_, path);
  const long double more = all.current.calls - ratio * all.base.calls;
  if (more == 0) return {};
  return {more * all.UnitCost(), cause_of_(graph_.paths[path].function)};
}

void PathTerms::AddCosts(uint32_t path, std::vector<Term>& terms) const {
  terms.push_back(Recursion(path, ChangeOf(path)));
  if (!event_) return;
  const Change self = PathSelfChange(graph_, *event_, path);
  const bool is_counted = self.base.calls > 0 && self.current.calls > 0;
  // What costs of then would be for as many calls as now.
  const long double ratio =
      is_counted ? self.current.calls / self.base.calls : 1;
  terms.push_back({self.current.cost - ratio * self.base.cost,
                   {Cause::Kind::kSelf, graph_.paths[path].function, {}}});
  for (const uint32_t child : graph_.paths.ChildrenOf(path)) {
    AddChild(child, ratio, terms);
  }
}

void PathTerms::AddChild(uint32_t child, long double ratio,
                         std::vector<Term>& terms) const {
  const Change change = ChangeOf(child);
  const long double then = ratio * change.base.cost;
  const long double made = Made(child, change, then);
  AddTerms(made, change.current.cost - then - made, CauseOfCall(child), child,
           terms);
}

// Of that path, or of one that is longer by one function. None: of neither.
std::optional<uint32_t> PathOf(const Cause& cause, const JoinedPaths& paths,
                               uint32_t path) {
  if (cause.kind == Cause::Kind::kUnexplained) return std::nullopt;
  const auto is_of = [&](uint32_t p) {
    return paths[p].function == cause.function &&
           (!cause.call || paths[p].call == *cause.call);
  };
  if (is_of(path)) return path;
  for (const uint32_t child : paths.ChildrenOf(path)) {
    if (is_of(child)) return child;
  }
  return std::nullopt;
}

}  // namespace

Blame FindPathBlame(const JoinedGraph& graph, std::optional<EventId> event,
                    uint32_t path, const CauseOf& cause_of) {
  BlameSearch search(PathTerms(graph, event, cause_of), path,
                     PathChange(graph, event, path).difference());
  Blame blame = search.Run();
  blame.path = PathOf(blame.cause, graph.paths, search.end());
  return blame;
}

}  // namespace prof2cg
