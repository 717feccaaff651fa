#include "converter/top/report.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

#include "converter/io/utf8.h"
#include "converter/names/choose.h"
#include "converter/names/function_pattern.h"
#include "converter/names/plain_name.h"
#include "graph/error.h"
#include "graph/passes/entry_calls.h"

namespace prof2cg {
namespace {

[[noreturn]] void FailToFind(const std::string& pattern) {
  throw Error("no function matches \"" + Printable(pattern) + "\"");
}

// Without those that come of figures which the source does not have.
Contradictions RealContradictions(const Profile& profile) {
  const Provenance& provenance = profile.provenance;
  Contradictions found = FindContradictions(profile);
  const auto is_absent = [](const Provenance::Columns& event) {
    return event.inclusive == Origin::kAbsent;
  };
  if (std::ranges::any_of(provenance.events, is_absent)) {
    found.self_above_inclusive = 0;
    found.call_above_callee = 0;
  }
  if (provenance.counts == Origin::kAbsent) found.calls_above_callee = 0;
  return found;
}

// Throws Error if there is no such column. Its sum is not made yet.
TopColumn ColumnNamed(const Profile& profile, EventId event,
                      const std::string& name) {
  constexpr std::pair<std::string_view, TopFigure> kOfEvent[] = {
      {"self", TopFigure::kSelf},
      {"inclusive", TopFigure::kInclusive},
      {"calls", TopFigure::kCalls},
      {"self/call", TopFigure::kSelfPerCall},
      {"incl/call", TopFigure::kInclusivePerCall}};
  for (const auto& [known, figure] : kOfEvent) {
    if (name == known) return {name, figure, false, profile.events[event]};
  }
  constexpr std::string_view kInclusive = ":inclusive";
  const bool is_inclusive = name.ends_with(kInclusive);
  const std::string other =
      is_inclusive ? name.substr(0, name.size() - kInclusive.size()) : name;
  return {name, is_inclusive ? TopFigure::kInclusive : TopFigure::kSelf, true,
          profile.events[ChooseEvent(profile, other.empty() ? name : other)]};
}

// Zeros would be taken for figures.
void CheckKnown(const Provenance& provenance, EventId event,
                const TopColumn& column) {
  const bool is_of_calls = column.figure == TopFigure::kCalls ||
                           column.figure == TopFigure::kSelfPerCall ||
                           column.figure == TopFigure::kInclusivePerCall;
  const bool is_inclusive = column.figure == TopFigure::kInclusive ||
                            column.figure == TopFigure::kInclusivePerCall;
  if (is_of_calls && provenance.counts == Origin::kAbsent) {
    throw Error("no column " + column.name + ": calls are not counted here");
  }
  if (is_inclusive &&
      provenance.events[event.row()].inclusive == Origin::kAbsent) {
    throw Error("no column " + column.name + ": it is not known here");
  }
}

// Puts the first `count` rows (0: all) in order, before all others; gives how
// many they are.
template <class Row, class Less>
size_t PutFirst(std::vector<Row>& rows, size_t count, Less less) {
  if (count == 0 || count >= rows.size()) count = rows.size();
  const auto end = rows.begin() + static_cast<ptrdiff_t>(count);
  if (end != rows.end()) std::nth_element(rows.begin(), end, rows.end(), less);
  std::sort(rows.begin(), end, less);
  return count;
}

class TopReporter {
 public:
  TopReporter(const Profile& profile, const TopOptions& options)
      : profile_(profile),
        graph_(profile.graph),
        options_(options),
        event_(ChooseEvent(profile, options.event)),
        origins_(profile.provenance.events[event_.row()]),
        order_(options.order) {
    // What the source does not have orders nothing.
    if (order_ == TopOrder::kInclusive &&
        origins_.inclusive == Origin::kAbsent) {
      order_ = TopOrder::kSelf;
    }
    if (order_ == TopOrder::kCalls &&
        profile.provenance.counts == Origin::kAbsent) {
      order_ = TopOrder::kSelf;
    }
  }

  TopReport Make() {
    Summarise();
    ChooseColumns();
    List();
    report_.has_sections =
        !options_.callers_of.empty() || !options_.callees_of.empty();
    if (report_.has_sections) AddSections();
    return std::move(report_);
  }

 private:
  // A call of a section's function: a row of the graph, or from outside.
  struct Neighbour {
    std::optional<CallId> call;  // none: from outside
    FunctionId other;
    CallCounts counts;
    int64_t inclusive = 0;
    bool is_estimated = false;
  };

  // A function with its callers and callees, so far as they were asked for.
  struct Chosen {
    FunctionId function;
    bool wants_callers = false;
    bool wants_callees = false;
    std::vector<Neighbour> callers;
    std::vector<Neighbour> callees;
  };

  int64_t Self(FunctionId f) const {
    return graph_.self[f.row()][event_.row()];
  }
  int64_t Inclusive(FunctionId f) const {
    return graph_.inclusive[f.row()][event_.row()];
  }

  void Summarise();
  void ChooseColumns();
  void List();
  void AddSections();
  std::vector<Chosen> Choose();
  void FindNeighbours(std::vector<Chosen>& chosen) const;
  void AddOutside(std::vector<Chosen>& chosen,
                  const std::vector<uint32_t>& place) const;

  bool IsBefore(FunctionId a, FunctionId b) const;
  bool IsNameBefore(FunctionId a, FunctionId b) const;
  bool IsBefore(const Neighbour& a, const Neighbour& b) const;

  int64_t CostIn(const TopColumn& column, FunctionId function) const;
  TopFunction Describe(FunctionId function) const;
  std::optional<TopContext> ContextOf(FunctionId function) const;
  TopCall Describe(const Neighbour& neighbour) const;
  TopCalls Describe(std::vector<Neighbour> neighbours) const;

  const Profile& profile_;
  const CallGraph& graph_;
  const TopOptions& options_;
  const EventId event_;
  const Provenance::Columns origins_;
  TopOrder order_;
  TopReport report_;
};

void TopReporter::Summarise() {
  report_.event = profile_.events[event_];
  for (size_t e = 0; e < profile_.events.size(); ++e) {
    if (EventId(e) == event_) continue;
    report_.other_events.push_back(profile_.events[EventId(e)].name);
  }
  report_.origins = origins_;
  report_.counts = profile_.provenance.counts;
  report_.call_counts = profile_.provenance.call_counts;
  report_.functions = profile_.functions.size();
  for (size_t row = 0; row < report_.functions; ++row) {
    report_.calls += graph_.counts[row];
    report_.cost = SaturatingAdd(report_.cost, Self(FunctionId(row)));
  }
  report_.order = order_;
  report_.filter = options_.filter;
  report_.contradictions = RealContradictions(profile_);
  report_.fidelity = Summarize(profile_);
  report_.oddities = profile_.provenance.oddities;
}

void TopReporter::ChooseColumns() {
  for (const std::string& name : options_.columns) {
    report_.columns.push_back(ColumnNamed(profile_, event_, name));
    TopColumn& column = report_.columns.back();
    const EventId event = *profile_.events.Find(column.event.name);
    CheckKnown(profile_.provenance, event, column);
    for (size_t row = 0; row < report_.functions; ++row) {
      column.whole = SaturatingAdd(column.whole, graph_.self[row][event.row()]);
    }
  }
}

int64_t TopReporter::CostIn(const TopColumn& column,
                            FunctionId function) const {
  const size_t event = profile_.events.Find(column.event.name)->row();
  switch (column.figure) {
    case TopFigure::kCalls:
      return 0;
    case TopFigure::kSelf:
    case TopFigure::kSelfPerCall:
      return graph_.self[function.row()][event];
    case TopFigure::kInclusive:
    case TopFigure::kInclusivePerCall:
      return graph_.inclusive[function.row()][event];
  }
  return 0;
}

void TopReporter::List() {
  std::vector<FunctionId> rows;
  if (options_.filter.empty()) {
    rows.reserve(report_.functions);
    for (size_t row = 0; row < report_.functions; ++row) {
      rows.push_back(FunctionId(row));
    }
  } else {
    rows = FunctionPattern(options_.filter).Filter(profile_);
    if (rows.empty()) FailToFind(options_.filter);
  }
  report_.matched = rows.size();
  const auto sum_self = [&] {
    int64_t sum = 0;
    for (const FunctionId f : rows) sum = SaturatingAdd(sum, Self(f));
    return sum;
  };
  report_.matched_self = sum_self();
  rows.resize(PutFirst(rows, options_.rows, [&](FunctionId a, FunctionId b) {
    return IsBefore(a, b);
  }));
  report_.listed_self = sum_self();
  report_.list.reserve(rows.size());
  for (const FunctionId f : rows) {
    TopFunction& function = report_.list.emplace_back(Describe(f));
    for (const TopColumn& column : report_.columns) {
      function.costs.push_back(CostIn(column, f));
    }
  }
}

void TopReporter::AddSections() {
  std::vector<Chosen> chosen = Choose();
  const size_t shown = PutFirst(chosen, options_.sections,
                                [&](const Chosen& a, const Chosen& b) {
                                  return IsBefore(a.function, b.function);
                                });
  report_.more_sections = chosen.size() - shown;
  chosen.resize(shown);
  FindNeighbours(chosen);
  for (Chosen& each : chosen) {
    TopSection section{Describe(each.function), std::nullopt, std::nullopt};
    if (each.wants_callers) section.callers = Describe(std::move(each.callers));
    if (each.wants_callees) section.callees = Describe(std::move(each.callees));
    report_.sections.push_back(std::move(section));
  }
}

// The functions that match either pattern, in their order in the profile.
std::vector<TopReporter::Chosen> TopReporter::Choose() {
  std::vector<Chosen> chosen;
  const auto find = [&](const std::string& text, bool Chosen::*wish) {
    if (text.empty()) return;
    FunctionPattern pattern(text);
    const std::vector<FunctionId> found = pattern.Find(profile_);
    if (found.empty()) FailToFind(text);
    const size_t parts = pattern.CountOtherParts(profile_);
    const bool is_new = report_.part_matches.empty() ||
                        report_.part_matches.back().pattern != text;
    if (parts != 0 && is_new) report_.part_matches.push_back({text, parts});
    std::vector<Chosen> sum;
    sum.reserve(chosen.size() + found.size());
    size_t next = 0;
    for (const FunctionId f : found) {
      while (next < chosen.size() && chosen[next].function < f) {
        sum.push_back(std::move(chosen[next++]));
      }
      if (next < chosen.size() && chosen[next].function == f) {
        sum.push_back(std::move(chosen[next++]));
      } else {
        sum.emplace_back().function = f;
      }
      sum.back().*wish = true;
    }
    for (; next < chosen.size(); ++next) {
      sum.push_back(std::move(chosen[next]));
    }
    chosen = std::move(sum);
  };
  find(options_.callers_of, &Chosen::wants_callers);
  find(options_.callees_of, &Chosen::wants_callees);
  return chosen;
}

void TopReporter::FindNeighbours(std::vector<Chosen>& chosen) const {
  if (chosen.empty()) return;
  constexpr uint32_t kNone = UINT32_MAX;
  std::vector<uint32_t> place(profile_.functions.size(), kNone);
  for (size_t i = 0; i < chosen.size(); ++i) {
    place[chosen[i].function.row()] = static_cast<uint32_t>(i);
  }
  for (size_t row = 0; row < graph_.calls.size(); ++row) {
    const Call& call = graph_.calls[row];
    const uint32_t callee = place[call.callee.row()];
    const uint32_t caller = place[call.caller.row()];
    if (callee == kNone && caller == kNone) continue;
    Neighbour neighbour{CallId(row), call.caller, call.counts,
                        graph_.call_inclusive[row][event_.row()],
                        profile_.provenance.IsEstimated(row)};
    if (callee != kNone && chosen[callee].wants_callers) {
      chosen[callee].callers.push_back(neighbour);
    }
    neighbour.other = call.callee;
    if (caller != kNone && chosen[caller].wants_callees) {
      chosen[caller].callees.push_back(neighbour);
    }
  }
  AddOutside(chosen, place);
}

void TopReporter::AddOutside(std::vector<Chosen>& chosen,
                             const std::vector<uint32_t>& place) const {
  const bool is_wanted = std::ranges::any_of(chosen, &Chosen::wants_callers);
  if (!is_wanted) return;
  const EntryCalls entries = FindEntryCalls(profile_);
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    const size_t i = place[entry.callee.row()];
    if (i >= chosen.size() || !chosen[i].wants_callers) continue;
    chosen[i].callers.push_back({std::nullopt,
                                 FunctionId(),
                                 {entry.calls, entry.calls},
                                 entries.inclusive[row][event_.row()],
                                 entry.is_estimated});
  }
}

bool TopReporter::IsBefore(FunctionId a, FunctionId b) const {
  int64_t of_a = 0;
  int64_t of_b = 0;
  switch (order_) {
    case TopOrder::kSelf:
      of_a = Self(a);
      of_b = Self(b);
      break;
    case TopOrder::kInclusive:
      of_a = Inclusive(a);
      of_b = Inclusive(b);
      break;
    case TopOrder::kCalls:
      of_a = graph_.counts[a.row()].total;
      of_b = graph_.counts[b.row()].total;
      break;
    case TopOrder::kName:
      return IsNameBefore(a, b);
  }
  return of_a != of_b ? of_a > of_b : a < b;
}

bool TopReporter::IsNameBefore(FunctionId a, FunctionId b) const {
  const auto key = [&](FunctionId f) {
    return std::tuple(profile_.Name(f), profile_.File(f),
                      profile_.functions[f.row()].line, f);
  };
  return key(a) < key(b);
}

// What comes from outside is no function: it stands last among equals.
bool TopReporter::IsBefore(const Neighbour& a, const Neighbour& b) const {
  if (order_ == TopOrder::kName && a.other != b.other) {
    if (!a.call || !b.call) return a.call && !b.call;
    return IsNameBefore(a.other, b.other);
  }
  const bool by_calls = order_ == TopOrder::kCalls &&
                        profile_.provenance.call_counts != Origin::kAbsent;
  const int64_t of_a = by_calls ? a.counts.total : a.inclusive;
  const int64_t of_b = by_calls ? b.counts.total : b.inclusive;
  if (of_a != of_b) return of_a > of_b;
  return a.call.value_or(CallId()) < b.call.value_or(CallId());
}

TopFunction TopReporter::Describe(FunctionId function) const {
  const Function& f = profile_.functions[function.row()];
  return {std::string(profile_.strings[f.name]),
          PlainName(profile_, function),
          std::string(profile_.strings[f.file]),
          std::string(profile_.strings[f.object]),
          f.line,
          graph_.counts[function.row()],
          Self(function),
          Inclusive(function),
          profile_.provenance.IsFunctionEstimated(function.row()),
          ContextOf(function)};
}

std::optional<TopContext> TopReporter::ContextOf(FunctionId function) const {
  if (!profile_.separation) return std::nullopt;
  const Separation& separation = *profile_.separation;
  TopContext context;
  context.base = profile_.strings[profile_.Base(function).name];
  context.level = separation[function].level;
  for (const FunctionId id : separation.CallersOf(function)) {
    const Function& caller = separation.bases[id.row()];
    context.callers.push_back({std::string(profile_.strings[caller.name]),
                               std::string(profile_.strings[caller.file]),
                               caller.line});
  }
  return context;
}

TopCall TopReporter::Describe(const Neighbour& neighbour) const {
  TopCall call;
  call.counts = neighbour.counts;
  call.inclusive = neighbour.inclusive;
  call.is_estimated = neighbour.is_estimated;
  if (!neighbour.call) {
    call.is_outside = true;
    return call;
  }
  const size_t row = neighbour.call->row();
  call.other = Describe(neighbour.other);
  call.line = graph_.calls[row].line;
  call.is_recursion = graph_.calls[row].caller == graph_.calls[row].callee;
  if (graph_.call_self.rows() != 0 && origins_.call_self != Origin::kAbsent) {
    call.self = graph_.call_self[row][event_.row()];
  }
  return call;
}

TopCalls TopReporter::Describe(std::vector<Neighbour> neighbours) const {
  const size_t shown = PutFirst(
      neighbours, options_.neighbours,
      [&](const Neighbour& a, const Neighbour& b) { return IsBefore(a, b); });
  TopCalls described;
  for (const Neighbour& each : std::span(neighbours).first(shown)) {
    described.calls.push_back(Describe(each));
  }
  for (const Neighbour& each : std::span(neighbours).subspan(shown)) {
    described.other_counts += each.counts;
    described.other_inclusive =
        SaturatingAdd(described.other_inclusive, each.inclusive);
    described.others_are_estimated |= each.is_estimated;
  }
  described.others = neighbours.size() - shown;
  return described;
}

}  // namespace

TopReport MakeTopReport(const Profile& profile, const TopOptions& options) {
  return TopReporter(profile, options).Make();
}

std::optional<double> ShareOf(int64_t part, int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace prof2cg
