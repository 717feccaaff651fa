// The cost columns of a profile: what was counted, in which unit.
#ifndef PROF2CG_GRAPH_EVENT_SET_H_
#define PROF2CG_GRAPH_EVENT_SET_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"

namespace prof2cg {

enum class Unit { kNanoseconds, kBytes, kCount };

struct Event {
  std::string name;       // short, an identifier: "ns", "alloc_bytes"
  std::string long_name;  // for people: "Time [ns]"
  Unit unit = Unit::kCount;

  friend bool operator==(const Event&, const Event&) = default;
};

// Events in the order of their columns; names are unique.
class EventSet {
 public:
  EventSet() = default;
  explicit EventSet(std::vector<Event> events);

  size_t size() const { return events_.size(); }
  const Event& operator[](EventId id) const { return events_[id.row()]; }
  std::optional<EventId> Find(std::string_view name) const;

  auto begin() const { return events_.begin(); }
  auto end() const { return events_.end(); }
  friend bool operator==(const EventSet&, const EventSet&) = default;

 private:
  std::vector<Event> events_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_EVENT_SET_H_
