#include "converter/readers/pprof_columns.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "converter/readers/event_columns.h"
#include "converter/readers/frames.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

bool IsIdentifier(std::string_view text) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return !text.empty() && text.find_first_not_of(kLetters) == text.npos &&
         (text[0] < '0' || text[0] > '9');
}

PprofColumns::Column ColumnOf(std::string_view type, std::string_view unit) {
  PprofColumns::Column column;
  Event& event = column.event;
  event.name = IsIdentifier(type) ? std::string(type) : EventIdentifier(type);
  event.long_name = ToUtf8(type);
  if (const CostUnit* const known = FindCostUnit(unit)) {
    event.unit = known->unit;
    column.size = known->size;
    unit = known->unit == Unit::kNanoseconds ? "ns" : "bytes";
  }
  if (!unit.empty() && unit != "count") {
    event.long_name += " [" + ToUtf8(unit) + "]";
  }
  event.kind = KindByName(event.name);
  return column;
}

size_t FirstType(const PprofTables& tables) {
  const auto text = [&](uint32_t place) { return tables.strings[place]; };
  const std::vector<PprofTables::ValueType>& types = tables.sample_types;
  const auto named = std::ranges::find_if(types, [&](const auto& type) {
    return text(type.type) == text(tables.default_sample_type);
  });
  if (tables.default_sample_type != 0 && named != types.end()) {
    return static_cast<size_t>(named - types.begin());
  }
  return types.size() - 1;
}

}  // namespace

PprofColumns FindPprofColumns(const PprofTables& tables) {
  const std::vector<PprofTables::ValueType>& types = tables.sample_types;
  if (types.empty()) throw Error("has no sample types");
  const size_t first = FirstType(tables);
  PprofColumns found;
  for (size_t i = 0; i < types.size(); ++i) {
    PprofColumns::Column column =
        ColumnOf(tables.strings[types[i].type], tables.strings[types[i].unit]);
    column.value = i;
    const bool is_calls = i != first && column.event.name == kCallsEvent &&
                          column.event.unit == Unit::kCount;
    if (is_calls && !found.calls) {
      found.calls = i;
    } else {
      found.columns.insert(
          i == first ? found.columns.begin() : found.columns.end(), column);
    }
  }
  EventNames names;
  for (PprofColumns::Column& column : found.columns) {
    column.event.name = names.Add(column.event.name);
  }
  return found;
}

EventSet EventsOf(const PprofColumns& columns) {
  std::vector<Event> events;
  for (const PprofColumns::Column& column : columns.columns) {
    events.push_back(column.event);
  }
  return EventSet(std::move(events));
}

}  // namespace prof2cg
