// Units that people write behind a number: "2ms", "4KiB".
#ifndef PROF2CG_GRAPH_COMPARE_KNOWN_UNITS_H_
#define PROF2CG_GRAPH_COMPARE_KNOWN_UNITS_H_

#include <string_view>

#include "graph/event_set.h"

namespace prof2cg {

struct KnownUnit {
  std::string_view name;
  Unit unit;
  double size;  // in that unit: 1e6 of "ms"
};

// The unit of that name, or null. Letters are capital or not as physicists have
// them.
const KnownUnit* FindUnit(std::string_view name);

// For messages: "nanoseconds", "bytes", "a count".
std::string_view UnitName(Unit unit);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_KNOWN_UNITS_H_
