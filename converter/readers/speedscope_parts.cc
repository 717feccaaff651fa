#include "converter/readers/speedscope_parts.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "converter/readers/event_columns.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

using Contents = SpeedscopeContents;

bool HasFractions(const Contents& contents, const SpeedscopePart& part) {
  const auto weights = std::span(contents.weights)
                           .first(part.profile->weights_end)
                           .subspan(part.weights_begin);
  const auto events = std::span(contents.events)
                          .first(part.profile->events_end)
                          .subspan(part.events_begin);
  return !std::ranges::all_of(weights, IsWhole) ||
         !std::ranges::all_of(events, IsWhole, &Contents::Event::at);
}

// What a profile is of; the same for those that add up.
struct CostKind {
  std::string name;
  std::string long_name;
  std::string unit;
  bool is_told = false;  // by us
  bool has_fractions = false;
};

CostKind KindOf(const Contents::Profile& profile) {
  const Unit unit = ColumnOf("", "", profile.unit, false).unit;
  const bool is_time = unit == Unit::kNanoseconds;
  const bool is_count = profile.unit.empty() || profile.unit == "none";
  if (!profile.event.empty()) {
    const std::string shown = is_count ? "" : profile.unit;
    return {profile.event, profile.description, is_time ? "ns" : shown, true};
  }
  if (is_time) return {"ns", "Time", "ns"};
  if (unit == Unit::kBytes) return {"bytes", "Memory", "bytes"};
  if (is_count) return {"samples", "Samples", ""};
  return {EventIdentifier(profile.unit), profile.unit, ""};
}

AmountColumn ColumnOfKind(const CostKind& kind) {
  AmountColumn column =
      ColumnOf(kind.name, kind.long_name, kind.unit, kind.has_fractions);
  if (kind.is_told && column.name == kind.name) {
    column.long_name = kind.long_name;
  }
  return column;
}

// Gives each part the row of its kind.
std::vector<CostKind> FindKinds(const Contents& contents,
                                std::vector<SpeedscopePart>& parts) {
  std::vector<CostKind> kinds;
  std::map<std::pair<std::string, std::string>, size_t> rows;
  for (SpeedscopePart& part : parts) {
    CostKind kind = KindOf(*part.profile);
    part.column =
        rows.try_emplace({kind.name, kind.unit}, kinds.size()).first->second;
    if (part.column == kMostKindsOfCost) {
      throw Error(
          "more than " + std::to_string(kMostKindsOfCost) + " kinds of cost",
          part.profile->offset);
    }
    if (part.column == kinds.size()) kinds.push_back(std::move(kind));
    kinds[part.column].has_fractions |= HasFractions(contents, part);
  }
  return kinds;
}

}  // namespace

std::vector<SpeedscopePart> SpeedscopePartsOf(const Contents& contents) {
  std::vector<SpeedscopePart> parts;
  const Contents::Profile none;
  const Contents::Profile* before = &none;
  for (const Contents::Profile& profile : contents.profiles) {
    parts.push_back({&profile, before->stacks_end, before->weights_end,
                     before->events_end});
    before = &profile;
  }
  return parts;
}

std::vector<AmountColumn> FindSpeedscopeColumns(
    const Contents& contents, std::vector<SpeedscopePart>& parts) {
  std::vector<AmountColumn> columns;
  EventNames names;
  for (const CostKind& kind : FindKinds(contents, parts)) {
    AmountColumn column = ColumnOfKind(kind);
    column.name = names.Add(column.name);
    columns.push_back(std::move(column));
  }
  for (SpeedscopePart& part : parts) {
    const bool is_time = columns[part.column].unit == Unit::kNanoseconds;
    part.size = is_time ? ColumnOf("", "", part.profile->unit, false).size
                        : columns[part.column].size;
  }
  return columns;
}

std::vector<std::string_view> FindSpeedscopeThreads(
    std::vector<SpeedscopePart>& parts) {
  std::vector<std::string_view> names;
  std::map<std::string_view, uint32_t> found;
  std::map<size_t, uint32_t> of_columns;  // the first
  bool are_told = false;
  for (SpeedscopePart& part : parts) {
    const Contents::Profile& profile = *part.profile;
    const std::string_view name =
        profile.thread ? *profile.thread : profile.name;
    const auto next = static_cast<uint32_t>(names.size());
    part.thread = found.try_emplace(name, next).first->second;
    if (part.thread == next) names.push_back(name);
    const uint32_t first =
        of_columns.try_emplace(part.column, part.thread).first->second;
    are_told |= profile.thread.has_value() || first != part.thread;
  }
  if (are_told) return names;
  for (SpeedscopePart& part : parts) part.thread = 0;
  return {};
}

}  // namespace prof2cg
