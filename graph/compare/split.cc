#include "graph/compare/split.h"

#include <algorithm>
#include <cmath>

namespace prof2cg {
namespace {

int64_t Saturate(__int128 x) {
  return static_cast<int64_t>(std::clamp<__int128>(x, INT64_MIN, INT64_MAX));
}

// To the nearest whole number, far beyond what a cost can be.
__int128 Round(long double x) {
  return static_cast<__int128>(std::round(std::clamp(x, -0x1p100L, 0x1p100L)));
}

// Takes a part of what is left, as far as the rest is a number.
int64_t TakePart(int64_t& left, long double part) {
  const __int128 least = static_cast<__int128>(left) - INT64_MAX;
  const __int128 most = static_cast<__int128>(left) - INT64_MIN;
  const int64_t taken = Saturate(std::clamp(Round(part), least, most));
  left = static_cast<int64_t>(static_cast<__int128>(left) - taken);
  return taken;
}

Measure MeasureOf(int64_t calls, int64_t cost) {
  return {static_cast<long double>(std::max<int64_t>(0, calls)),
          static_cast<long double>(std::max<int64_t>(0, cost))};
}

// The difference's parts but for what is calls; of which `unit`, or all.
Split Divide(int64_t difference, const Change& change,
             std::optional<long double> unit) {
  Split split;
  if (change.is_new() || change.is_gone()) {
    split.calls = difference;
  } else if (!change.is_counted() || change.base.calls == 0) {
    split.unit = difference;
  } else {
    const long double more = change.current.calls - change.base.calls;
    split.calls =
        TakePart(difference, more * change.base.cost / change.base.calls);
    if (unit) split.unit = TakePart(difference, *unit);
    (unit ? split.mix : split.unit) = difference;
  }
  return split;
}

int64_t PathCost(const Figures& side, std::optional<EventId> event,
                 uint32_t path) {
  return event ? side.path_inclusive[path][event->row()]
               : side.path_calls[path];
}

// What `part` leaves of `whole`.
Measure Rest(const Measure& whole, const Measure& part) {
  return {std::max(0.0L, whole.calls - part.calls),
          std::max(0.0L, whole.cost - part.cost)};
}

// Makes costs those parts of the function's that they are of their sum, where
// that is more.
void ScaleDown(std::vector<Source>& sources, Measure Change::*side,
               long double sum, long double cost) {
  if (sum <= cost) return;
  for (Source& source : sources) (source.change.*side).cost *= cost / sum;
}

// Of all calls but those by itself.
Change OutsideChange(const JoinedGraph& graph, EventId event,
                     uint32_t function) {
  Change change = FunctionChange(graph, event, function);
  if (const auto self = graph.FindCall({function, function})) {
    const Change recursion = CallChange(graph, event, *self);
    const auto leave_out = [](Measure& all, const Measure& recursive) {
      all.calls = std::max(0.0L, all.calls - recursive.calls);
    };
    leave_out(change.base, recursion.base);
    leave_out(change.current, recursion.current);
  }
  return change;
}

}  // namespace

int64_t Difference(int64_t then, int64_t now) {
  return Saturate(static_cast<__int128>(now) - then);
}

long double Change::UnitCost() const {
  if (base.calls > 0) return base.cost / base.calls;
  return current.calls > 0 ? current.cost / current.calls : 0;
}

long double Change::AtOldCost(long double of_new) const {
  if (!is_counted()) return base.cost;
  if (base.calls == 0) return current.calls * of_new;
  return current.calls * base.cost / base.calls;
}

Change SelfChange(const JoinedGraph& graph, EventId event, uint32_t f) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.calls[f], side.self[f][event.row()]);
  };
  return {of(graph.base), of(graph.current)};
}

Change FunctionChange(const JoinedGraph& graph, EventId event, uint32_t f) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.calls[f], side.inclusive[f][event.row()]);
  };
  return {of(graph.base), of(graph.current)};
}

Change CallChange(const JoinedGraph& graph, EventId event, uint32_t call) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.call_calls[call],
                     side.call_inclusive[call][event.row()]);
  };
  return {of(graph.base), of(graph.current)};
}

Change PathChange(const JoinedGraph& graph, std::optional<EventId> event,
                  uint32_t path) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.path_entries[path], PathCost(side, event, path));
  };
  return {of(graph.base), of(graph.current)};
}

Change PathCallsChange(const JoinedGraph& graph, std::optional<EventId> event,
                       uint32_t path) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.path_calls[path], PathCost(side, event, path));
  };
  return {of(graph.base), of(graph.current)};
}

int64_t PathDifference(const JoinedGraph& graph, std::optional<EventId> event,
                       uint32_t path) {
  return Difference(PathCost(graph.base, event, path),
                    PathCost(graph.current, event, path));
}

Change PathSelfChange(const JoinedGraph& graph, EventId event, uint32_t path) {
  const auto of = [&](const Figures& side) {
    return MeasureOf(side.path_calls[path], PathSelf(graph, side, event, path));
  };
  return {of(graph.base), of(graph.current)};
}

std::vector<Source> FindSources(const JoinedGraph& graph, EventId event,
                                uint32_t function) {
  std::vector<Source> sources;
  for (const uint32_t call : graph.CallsOf(function)) {
    if (graph.calls[call].caller == function) continue;
    sources.push_back({call, CallChange(graph, event, call)});
  }
  const Change all = OutsideChange(graph, event, function);
  const Change sum = SumUp(sources);
  ScaleDown(sources, &Change::base, sum.base.cost, all.base.cost);
  ScaleDown(sources, &Change::current, sum.current.cost, all.current.cost);
  const Change rest{Rest(all.base, sum.base), Rest(all.current, sum.current)};
  if (!rest.base.is_absent() || !rest.current.is_absent()) {
    sources.push_back({{}, rest});
  }
  return sources;
}

Change SumUp(const std::vector<Source>& sources) {
  Change sum;
  for (const Source& source : sources) sum += source.change;
  return sum;
}

Split SplitFunction(const JoinedGraph& graph, EventId event, uint32_t f) {
  const std::vector<Source> sources = FindSources(graph, event, f);
  const Change change = SumUp(sources);
  long double unit = 0;
  for (const Source& source : sources) {
    unit +=
        source.change.current.cost - source.change.AtOldCost(change.UnitCost());
  }
  return Divide(Difference(graph.base.inclusive[f][event.row()],
                           graph.current.inclusive[f][event.row()]),
                change,
                sources.size() > 1 ? std::optional(unit) : std::nullopt);
}

Split SplitCall(const JoinedGraph& graph, EventId event, uint32_t call) {
  return Divide(Difference(graph.base.call_inclusive[call][event.row()],
                           graph.current.call_inclusive[call][event.row()]),
                CallChange(graph, event, call), std::nullopt);
}

Split SplitPath(const JoinedGraph& graph, std::optional<EventId> event,
                uint32_t path) {
  return Divide(PathDifference(graph, event, path),
                PathChange(graph, event, path), std::nullopt);
}

}  // namespace prof2cg
