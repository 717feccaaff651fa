// How kinds of cost that a file describes in words become events.
#ifndef PROF2CG_CONVERTER_READERS_EVENT_COLUMNS_H_
#define PROF2CG_CONVERTER_READERS_EVENT_COLUMNS_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "graph/event_set.h"

namespace prof2cg {

// A unit of time or memory that a file counts in.
struct CostUnit {
  std::string_view name;
  Unit unit;
  int64_t size;  // in units of the event
};

// By one of its usual names: "ms", "seconds", "kB". Null: nothing that is known
// here, a count of something.
const CostUnit* FindCostUnit(std::string_view name);

// "Bytes (peak)" as bytes_peak.
std::string EventIdentifier(std::string_view text);

// Of formats that do not tell it, by the names that Go has for what is not freed
// and we for that and for peaks: "inuse_space", "live_bytes", "peak_blocks".
Kind KindByName(std::string_view name);

// Makes names of events differ: "cost" and "cost_2".
class EventNames {
 public:
  std::string Add(const std::string& name);

 private:
  std::set<std::string> names_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_EVENT_COLUMNS_H_
