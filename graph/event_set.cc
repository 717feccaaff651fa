#include "graph/event_set.h"

#include <cassert>
#include <utility>

namespace prof2cg {

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
