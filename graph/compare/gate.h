// What counts as a regression.
#ifndef PROF2CG_GRAPH_COMPARE_GATE_H_
#define PROF2CG_GRAPH_COMPARE_GATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/event_set.h"

namespace prof2cg {

// A difference must be more than both.
struct Threshold {
  double relative = .02;  // of the base's figure
  int64_t absolute = 0;   // in the event's unit

  bool IsExceeded(double base, double current) const {
    const double difference = current - base;
    return difference > static_cast<double>(absolute) &&
           difference > relative * base;
  }
  friend bool operator==(const Threshold&, const Threshold&) = default;
};

// What of it is another one for an event.
struct EventThreshold {
  std::optional<double> relative;
  std::optional<int64_t> absolute;
  std::optional<Unit> unit;  // that `absolute` was written in: "2ms"

  friend bool operator==(const EventThreshold&,
                         const EventThreshold&) = default;
};

struct Gate {
  // Events to judge, "calls" among them; none: calls and those that
  // are stable (graph/event_set.h).
  std::vector<std::string> events;
  Threshold usual;
  std::map<std::string, EventThreshold, std::less<>> thresholds;  // by event
  // A function is nothing to judge below this part of the event's total, the
  // greater of both sides'.
  double least_share = .001;

  // Of events that scatter:
  double alpha = .05;      // false discoveries among those that are told
  double power = .8;       // of the difference that is said to be found
  bool is_paired = false;  // the nth of each side ran under the same conditions
  // The repeats must show that the difference is more than this part of the
  // event's total: light functions scatter by more than that means anything.
  double least_part = .003;

  // More of a side's cost in functions that the other does not have, and
  // nothing can be told.
  double most_unmatched = .5;

  Threshold Of(std::string_view event) const;
};

// "EVENT:5%", "EVENT:+100", or with units "ns:+2ms", "alloc_bytes:+4KiB", and
// without an event for all: sets one half of a threshold. Throws Error.
void SetThreshold(std::string_view text, Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_GATE_H_
