#include "graph/event_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace prof2cg {
namespace {

// perf list of Linux, hardware and software events; - is written _ too.
constexpr std::string_view kScattering[] = {
    "alignment-faults", "branch-instructions", "branch-misses", "branches",
    "bus-cycles", "cache-misses", "cache-references", "context-switches",
    "cpu-clock", "cpu-cycles", "cpu-migrations", "cs", "cycles",
    "emulation-faults", "faults", "instructions", "major-faults", "migrations",
    "minor-faults", "page-faults", "ref-cycles", "samples",
    "stalled-cycles-backend", "stalled-cycles-frontend", "sum", "task-clock",
    // of text formats without a unit
    "ticks", "time", "wall"};

// Whoever runs when memory is collected or used up has these.
constexpr std::string_view kIncidental[] = {"arenas", "freed_blocks",
                                            "freed_bytes"};

}  // namespace

bool IsDeterministic(const Event& event) {
  if (event.unit == Unit::kNanoseconds) return false;
  if (event.unit == Unit::kBytes || event.kind != Kind::kFlow) return true;
  std::string name = event.name.substr(0, event.name.find(':'));
  std::ranges::replace(name, '_', '-');
  return std::ranges::find(kScattering, name) == std::end(kScattering);
}

bool IsStable(const Event& event) {
  return IsDeterministic(event) && event.kind == Kind::kFlow &&
         std::ranges::find(kIncidental, event.name) == std::end(kIncidental);
}

EventSet::EventSet(std::vector<Event> events) : events_(std::move(events)) {
  for (size_t i = 0; i < events_.size(); ++i) {
    assert(Find(events_[i].name) == EventId(i) && "event names are unique");
  }
}

std::optional<EventId> EventSet::Find(std::string_view name) const {
  for (size_t i = 0; i < events_.size(); ++i) {
    if (events_[i].name == name) return EventId(i);
  }
  return std::nullopt;
}

}  // namespace prof2cg
