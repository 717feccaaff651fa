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

// What a figure of memory tells. All kinds add up over functions and contexts.
enum class Kind {
  kFlow,  // what happened there: time, calls, blocks allocated
  kLive,  // what was allocated there and not freed until the end
  kPeak,  // what was allocated there and held when most was held in all
};

struct Event {
  std::string name;       // short, an identifier: "ns", "alloc_bytes"
  std::string long_name;  // for people: "Time [ns]"
  Unit unit = Unit::kCount;
  Kind kind = Kind::kFlow;

  friend bool operator==(const Event&, const Event&) = default;
};

// The same program gives the same figures again, but for what Python's hash
// seed and the times of day decide: blocks, bytes and other counts. Time does
// not, nor do samples and what computers count of themselves (perf's events).
bool IsDeterministic(const Event& event);

// The same, and a function's own from one change of the program to the next:
// unlike what is freed or live, which falls on others. Of two recordings of one
// program several times as many functions differ in those as in what they
// allocate.
bool IsStable(const Event& event);

// What calls are called where they stand beside events.
inline constexpr std::string_view kCallsEvent = "calls";

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
