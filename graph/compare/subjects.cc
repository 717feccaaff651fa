#include "graph/compare/subjects.h"

#include <string>

#include "graph/compare/gate.h"
#include "graph/cost_table.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

int64_t Total(const Figures& figures, std::optional<EventId> event) {
  int64_t total = 0;
  if (!event) {
    for (const int64_t calls : figures.calls) {
      total = SaturatingAdd(total, calls);
    }
    return total;
  }
  for (size_t f = 0; f < figures.self.rows(); ++f) {
    total = SaturatingAdd(total, figures.self[f][event->row()]);
  }
  return total;
}

}  // namespace

std::optional<EventId> FindEvent(const JoinedGraph& graph,
                                 std::string_view name) {
  if (name == kCallsEvent) return std::nullopt;
  return graph.events.Find(name);
}

std::optional<EventId> RequireEvent(const JoinedGraph& graph,
                                    std::string_view name) {
  const std::optional<EventId> found = FindEvent(graph, name);
  if (found || name == kCallsEvent) return found;
  std::string known(kCallsEvent);
  for (const Event& event : graph.events) known += ", " + event.name;
  throw Error("no event " + std::string(name) +
              " in both profiles: there are " + known);
}

SideFigures::SideFigures(std::span<const Figures> profiles,
                         std::optional<EventId> event)
    : profiles_(profiles), event_(event) {
  for (const Figures& figures : profiles) {
    totals_.push_back(Total(figures, event));
  }
}

int64_t SideFigures::Of(const Subject& subject, size_t profile) const {
  const Figures& figures = profiles_[profile];
  switch (subject.kind) {
    case Subject::Kind::kTotal:
      return totals_[profile];
    case Subject::Kind::kSelf:
      return figures.self[subject.row][event_->row()];
    case Subject::Kind::kInclusive:
      return figures.inclusive[subject.row][event_->row()];
    case Subject::Kind::kCalls:
      return figures.calls[subject.row];
    case Subject::Kind::kCall:
      return event_ ? figures.call_inclusive[subject.row][event_->row()]
                    : figures.call_calls[subject.row];
    case Subject::Kind::kPath:
      return event_ ? figures.path_inclusive[subject.row][event_->row()]
                    : figures.path_calls[subject.row];
  }
  return 0;
}

bool HasPaths(const JoinedGraph& graph, std::optional<EventId> event) {
  const auto has_any = [&](const Figures& figures) {
    const SideFigures side({&figures, 1}, event);
    for (uint32_t p = 0; p < graph.paths.size(); ++p) {
      if (side.Of({Subject::Kind::kPath, p}, 0) != 0) return true;
    }
    return false;
  };
  return has_any(graph.base) && has_any(graph.current);
}

double UnmatchedShare(const JoinedGraph& graph, const SideFigures& side) {
  double unmatched = 0;
  double all = 0;
  for (size_t profile = 0; profile < side.size(); ++profile) {
    for (uint32_t f = 0; f < graph.functions.size(); ++f) {
      const auto figure =
          static_cast<double>(side.Of(Subject{side.own(), f}, profile));
      all += figure;
      if (!graph.functions[f].is_matched()) unmatched += figure;
    }
  }
  return all > 0 ? unmatched / all : 0;
}

}  // namespace prof2cg
