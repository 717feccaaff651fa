#include "graph/compare/explain.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "graph/compare/gate.h"
#include "graph/compare/path_blame.h"
#include "graph/compare/split.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNoPath = JoinedPath::kNone;
constexpr uint32_t kSeveralPaths = kNoPath - 1;

// How often something was called; both are exact in long double.
struct Counts {
  long double base = 0;
  long double current = 0;

  long double difference() const { return current - base; }
};

Counts CountsOf(const JoinedGraph& graph, uint32_t function) {
  return {static_cast<long double>(graph.base.calls[function]),
          static_cast<long double>(graph.current.calls[function])};
}

Counts CountsOfCall(const JoinedGraph& graph, uint32_t call) {
  return {static_cast<long double>(graph.base.call_calls[call]),
          static_cast<long double>(graph.current.call_calls[call])};
}

// Calls of the call's caller, but for those by itself where that is the call.
Counts CountsOfCaller(const JoinedGraph& graph, uint32_t call) {
  const auto [caller, callee] = graph.calls[call];
  Counts counts = CountsOf(graph, caller);
  if (caller != callee) return counts;
  const Counts recursive = CountsOfCall(graph, call);
  return {counts.base - recursive.base, counts.current - recursive.current};
}

// By how much the number of a call differs from what it was for each call of
// its caller.
long double OwnDifference(const JoinedGraph& graph, uint32_t call) {
  const Counts counts = CountsOfCall(graph, call);
  const Counts caller = CountsOfCaller(graph, call);
  if (caller.base <= 0) {
    // Of a caller that is new, too, all follows from that.
    return caller.current > 0 ? 0 : counts.difference();
  }
  return counts.current - counts.base * caller.current / caller.base;
}

// Whether `part` has most of the whole.
bool IsMost(long double part, long double whole) {
  return whole > 0 ? 2 * part >= whole : 2 * part <= whole;
}

int64_t Whole(long double x) {
  return static_cast<int64_t>(std::llround(std::clamp(x, -0x1p62L, 0x1p62L)));
}

Cause CauseOf(const JoinedGraph& graph, uint32_t call) {
  const Counts counts = CountsOfCall(graph, call);
  const bool is_new = counts.base == 0 || counts.current == 0;
  return {is_new ? Cause::Kind::kNewCall : Cause::Kind::kMoreCalls,
          graph.calls[call].callee, call};
}

// Follows calls that are made more, or less, up to where that begins.
class CallTrace {
 public:
  explicit CallTrace(const JoinedGraph& graph) : graph_(graph) {}

  // Of all calls of a function.
  Blame OfFunction(uint32_t function) && {
    FollowFunction(function);
    return Finish(CountsOf(graph_, function).difference());
  }
  // Of one.
  Blame OfCall(uint32_t call) && {
    FollowCall(call);
    return Finish(CountsOfCall(graph_, call).difference());
  }

 private:
  void FollowFunction(uint32_t function) {
    for (;;) {
      const long double difference = CountsOf(graph_, function).difference();
      const auto call = GreatestOf(function, difference);
      AddStep(function, call, difference);
      if (!call) return EndWithoutCall(function, difference);
      part_ *= CountsOfCall(graph_, *call).difference() / difference;
      if (EndsAt(*call)) return;
      function = graph_.calls[*call].caller;
    }
  }

  void FollowCall(uint32_t call) {
    const auto [caller, callee] = graph_.calls[call];
    AddStep(callee, call, CountsOfCall(graph_, call).difference());
    if (!EndsAt(call)) FollowFunction(caller);
  }

  // Whether that call is the cause; part_ is then how much it is.
  bool EndsAt(uint32_t call) {
    const uint32_t caller = graph_.calls[call].caller;
    const auto is_caller = [=](const BlameStep& step) {
      return step.function == caller;
    };
    const long double difference = CountsOfCall(graph_, call).difference();
    const long double own = OwnDifference(graph_, call);
    if (IsMost(own, difference)) {
      blame_.cause = CauseOf(graph_, call);
      part_ *= own / difference;
      return true;
    }
    if (std::ranges::none_of(blame_.steps, is_caller)) return false;
    blame_.cause = {Cause::Kind::kCycle, graph_.calls[call].callee, call};
    return true;
  }

  // The call of the function with most of the difference; one of itself only if
  // it recurs more.
  std::optional<uint32_t> GreatestOf(uint32_t function,
                                     long double difference) const {
    std::optional<uint32_t> greatest;
    long double most = 0;
    for (const uint32_t call : graph_.CallsOf(function)) {
      const long double own = CountsOfCall(graph_, call).difference();
      if (std::abs(own) <= std::abs(most) || !IsMost(own, difference)) continue;
      const bool is_recursion = graph_.calls[call].caller == function;
      if (is_recursion && !IsMost(OwnDifference(graph_, call), own)) continue;
      greatest = call;
      most = own;
    }
    return greatest;
  }

  // From outside of the profile, with the recursion that follows, or it is many
  // small things.
  void EndWithoutCall(uint32_t function, long double difference) {
    long double outside = difference;
    for (const uint32_t call : graph_.CallsOf(function)) {
      if (graph_.calls[call].caller == function) continue;
      outside -= CountsOfCall(graph_, call).difference();
    }
    const bool is_entry = outside != 0 && IsMost(outside, difference);
    blame_.cause = {is_entry ? Cause::Kind::kEntry : Cause::Kind::kUnexplained,
                    function, std::nullopt};
    part_ *= is_entry ? outside / difference : 0;
  }

  void AddStep(uint32_t function, std::optional<uint32_t> call,
               long double difference) {
    const int64_t whole = Whole(difference);
    blame_.steps.push_back({function, call, whole, {.calls = whole}});
  }

  Blame Finish(long double difference) {
    blame_.explained = Whole(difference * part_);
    blame_.parts = {{blame_.cause, blame_.explained}};
    return std::move(blame_);
  }

  const JoinedGraph& graph_;
  Blame blame_;
  long double part_ = 1;  // of the difference that was begun with
};

// Of a difference of cost that more calls make.
Blame InCost(Blame blame, const Split& split, int64_t difference) {
  const int64_t calls = blame.steps.front().difference;
  const long double each =
      calls == 0 ? 0 : static_cast<long double>(split.calls) / calls;
  blame.explained = Whole(static_cast<long double>(blame.explained) * each);
  blame.parts = {{blame.cause, blame.explained}};
  blame.steps.front().difference = difference;
  blame.steps.front().split = split;
  return blame;
}

}  // namespace

Explainer::Explainer(const JoinedGraph& graph)
    : graph_(graph),
      finder_(graph),
      function_path_(graph.functions.size(), kNoPath),
      call_path_(graph.calls.size(), kNoPath) {
  const auto add = [](uint32_t& known, uint32_t path) {
    known = known == kNoPath ? path : kSeveralPaths;
  };
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    const JoinedPath& path = graph.paths[p];
    add(function_path_[path.function], p);
    if (path.call != JoinedPath::kNone) add(call_path_[path.call], p);
  }
}

std::optional<Blame> Explainer::Explain(const Subject& subject,
                                        std::string_view event) {
  const std::optional<EventId> id = FindEvent(graph_, event);
  std::optional<Blame> blame = ExplainWithoutPath(subject, id);
  if (!blame || blame->cause.kind != Cause::Kind::kUnexplained) return blame;
  const std::optional<uint32_t> path = OnlyPathOf(subject, id);
  return path ? ExplainPath(id, *path) : blame;
}

std::optional<uint32_t> Explainer::OnlyPathOf(
    const Subject& subject, std::optional<EventId> event) const {
  const bool is_call = subject.kind == Subject::Kind::kCall;
  const bool is_function = subject.kind == Subject::Kind::kInclusive ||
                           subject.kind == Subject::Kind::kCalls;
  if (!is_call && !is_function) return std::nullopt;
  const uint32_t path = (is_call ? call_path_ : function_path_)[subject.row];
  if (path == kNoPath || path == kSeveralPaths) return std::nullopt;
  const auto is_same = [&](const Figures& side) {
    if (!event) {
      const auto& calls = is_call ? side.call_calls : side.calls;
      return calls[subject.row] == side.path_calls[path];
    }
    const CostTable& costs = is_call ? side.call_inclusive : side.inclusive;
    const size_t e = event->row();
    return costs[subject.row][e] == side.path_inclusive[path][e];
  };
  if (!is_same(graph_.base) || !is_same(graph_.current)) return std::nullopt;
  return path;
}

std::optional<Blame> Explainer::ExplainWithoutPath(const Subject& subject,
                                                   std::optional<EventId> id) {
  switch (subject.kind) {
    case Subject::Kind::kTotal:
      return std::nullopt;
    case Subject::Kind::kSelf:
      return ExplainSelf(id.value(), subject.row);
    case Subject::Kind::kInclusive:
      return finder_.Find(id.value(), subject.row);
    case Subject::Kind::kCalls:
      return CallTrace(graph_).OfFunction(subject.row);
    case Subject::Kind::kCall:
      return id ? ExplainCall(*id, subject.row)
                : CallTrace(graph_).OfCall(subject.row);
    case Subject::Kind::kPath:
      return ExplainPath(id, subject.row);
  }
  return std::nullopt;
}

Blame Explainer::ExplainSelf(EventId event, uint32_t function) const {
  const Change change = SelfChange(graph_, event, function);
  const int64_t difference = Whole(change.difference());
  const int64_t by_calls =
      Whole(change.AtOldCost(change.UnitCost()) - change.base.cost);
  const Split split = {.calls = by_calls, .unit = difference - by_calls};
  if (IsMost(static_cast<long double>(by_calls), change.difference())) {
    return InCost(CallTrace(graph_).OfFunction(function), split, difference);
  }
  const Cause cause = {Cause::Kind::kSelf, function, std::nullopt};
  return {cause,
          split.unit,
          {{function, std::nullopt, difference, split}},
          {{cause, split.unit}}};
}

Blame Explainer::ExplainCall(EventId event, uint32_t call) const {
  const Split split = SplitCall(graph_, event, call);
  const long double difference = CallChange(graph_, event, call).difference();
  if (!IsMost(static_cast<long double>(split.calls), difference)) {
    return finder_.Find(event, graph_.calls[call].callee);
  }
  return InCost(CallTrace(graph_).OfCall(call), split, Whole(difference));
}

Blame Explainer::ExplainPath(std::optional<EventId> event, uint32_t path) {
  return FindPathBlame(graph_, event, path, [&](uint32_t function) {
    const auto [known, is_new] = causes_.try_emplace({event, function});
    if (is_new) {
      known->second = event ? finder_.Find(*event, function).cause
                            : CallTrace(graph_).OfFunction(function).cause;
    }
    return known->second;
  });
}

}  // namespace prof2cg
