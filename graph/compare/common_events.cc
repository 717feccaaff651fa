#include "graph/compare/common_events.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/passes/snapshot.h"

namespace prof2cg {
namespace {

std::string NamesOf(const EventSet& events) {
  std::string names;
  for (const Event& event : events) {
    names += (names.empty() ? "" : ", ") + event.name;
  }
  return names.empty() ? "no events" : names;
}

std::string_view NameOf(Unit unit) {
  switch (unit) {
    case Unit::kNanoseconds:
      return "nanoseconds";
    case Unit::kBytes:
      return "bytes";
    case Unit::kCount:
      break;
  }
  return "a count";
}

}  // namespace

EventSet FindCommonEvents(const EventSet& base, const EventSet& current) {
  if (base == CallsAlone() || current == CallsAlone()) return {};
  std::vector<Event> common;
  for (const Event& event : base) {
    const std::optional<EventId> other = current.Find(event.name);
    if (!other) continue;
    const Unit unit = current[*other].unit;
    if (unit != event.unit) {
      throw Error("event \"" + event.name + "\" is " +
                  std::string(NameOf(event.unit)) + " in the base, but " +
                  std::string(NameOf(unit)) + " in what is compared with it");
    }
    common.push_back(event);
  }
  if (common.empty()) {
    throw Error("no event is on both sides: the base has " + NamesOf(base) +
                "; what is compared with it, " + NamesOf(current));
  }
  return EventSet(std::move(common));
}

}  // namespace prof2cg
