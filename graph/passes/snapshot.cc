#include "graph/passes/snapshot.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/passes/fold_others.h"
#include "graph/passes/join_call_sites.h"
#include "graph/passes/keep_rows.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

std::vector<EventId> ChooseEvents(const Profile& profile) {
  std::vector<EventId> chosen;
  for (size_t e = 0; e < profile.events.size(); ++e) {
    const Event& event = profile.events[EventId(e)];
    if (IsStable(event) && event.name != kCallsEvent) chosen.emplace_back(e);
  }
  if (chosen.empty() && profile.provenance.counts == Origin::kAbsent) {
    throw Error(
        "no figure is the same in every run: it has no calls and no "
        "allocations, but " +
        profile.events[EventId(0)].name);
  }
  return chosen;
}

EventSet Choose(const EventSet& events, const std::vector<EventId>& chosen) {
  if (chosen.empty()) return CallsAlone();
  std::vector<Event> some;
  for (const EventId event : chosen) some.push_back(events[event]);
  return EventSet(std::move(some));
}

// No events: one, of zeros.
CostTable Choose(const CostTable& costs, const std::vector<EventId>& chosen) {
  CostTable some(std::max<size_t>(1, chosen.size()));
  some.Resize(costs.rows());
  for (size_t row = 0; row < costs.rows(); ++row) {
    for (size_t e = 0; e < chosen.size(); ++e) {
      some[row][e] = costs[row][chosen[e].row()];
    }
  }
  return some;
}

// A column of estimates is one of estimated rows.
void MarkColumns(const std::vector<EventId>& chosen, Profile& profile) {
  Provenance& provenance = profile.provenance;
  bool of_functions = provenance.counts == Origin::kEstimated;
  bool of_calls = provenance.call_counts == Origin::kEstimated;
  for (const EventId event : chosen) {
    const Provenance::Columns& columns = provenance.events[event.row()];
    of_functions |= columns.self == Origin::kEstimated ||
                    columns.inclusive == Origin::kEstimated;
    of_calls |= columns.call_inclusive == Origin::kEstimated;
  }
  if (of_functions) {
    provenance.estimated_functions.assign(profile.functions.size(), true);
  }
  if (of_calls) {
    provenance.estimated_calls.assign(profile.graph.calls.size(), true);
  }
}

// What snapshots tell of `profile`, which keeps the texts.
Profile Part(const Profile& profile) {
  const std::vector<EventId> chosen = ChooseEvents(profile);
  Profile part;
  part.events = profile.events;
  part.functions = profile.functions;
  part.graph = profile.graph;
  part.contexts = profile.contexts;
  part.provenance = profile.provenance;
  JoinCallSites(part);
  part.contexts.reset();
  MarkColumns(chosen, part);
  part.events = Choose(profile.events, chosen);
  CallGraph& graph = part.graph;
  for (CostTable* costs :
       {&graph.self, &graph.inclusive, &graph.call_inclusive}) {
    *costs = Choose(*costs, chosen);
  }
  graph.call_self = CostTable(part.events.size());
  if (chosen.empty()) CountCallsAsCost(part);
  KeepFigures(part);
  return part;
}

// A bit per function: those that are worth a line.
std::vector<bool> FindLarge(const CallGraph& graph, double least) {
  const std::vector<double> bounds = LeastFigures(graph, least);
  return FindLarge(graph, [&](int64_t figure, size_t column) {
    return least <= 0 ||
           (figure > 0 && static_cast<double>(figure) >= bounds[column]);
  });
}

std::string_view WithoutFolders(std::string_view object) {
  return object.substr(object.rfind('/') + 1);
}

// `part` is one of `profile`.
class SnapshotMaker {
 public:
  SnapshotMaker(const Profile& profile, Profile part)
      : profile_(profile), part_(std::move(part)), builder_(part_.events) {}

  Profile Make(double least) &&;

 private:
  // All that tells functions apart but their lines.
  using Text = std::tuple<std::string_view, std::string_view, std::string_view>;

  Text TextOf(size_t row) const;
  std::vector<size_t> InOrder() const;
  void AddFunctions();
  void AddFigures(size_t row);
  void AddCalls();

  const Profile& profile_;
  const Profile part_;
  ProfileBuilder builder_;
  std::vector<FunctionId> rows_;  // of the snapshot, by those of part_
};

SnapshotMaker::Text SnapshotMaker::TextOf(size_t row) const {
  const Function& function = part_.functions[row];
  const bool is_python = profile_.naming == Naming::kModuleLineName;
  const std::string_view object =
      is_python ? "" : WithoutFolders(profile_.strings[function.object]);
  return {profile_.strings[function.file], object,
          profile_.strings[function.name]};
}

std::vector<size_t> SnapshotMaker::InOrder() const {
  const auto key = [&](size_t row) {
    const Function& function = part_.functions[row];
    return std::tuple(TextOf(row), function.line,
                      profile_.strings[function.object]);
  };
  std::vector<size_t> rows(part_.functions.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::ranges::sort(rows, [&](size_t a, size_t b) { return key(a) < key(b); });
  return rows;
}

void SnapshotMaker::AddFunctions() {
  Text last;
  uint32_t number = 0;
  for (const size_t row : InOrder()) {
    const Text text = TextOf(row);
    number = text == last && number != 0 ? number + 1 : 1;
    last = text;
    const auto& [file, object, name] = text;
    rows_[row] = builder_.AddFunction(
        {builder_.Intern(name), builder_.Intern(file), builder_.Intern(object),
         number == 1 ? 0 : number});
    AddFigures(row);
  }
}

void SnapshotMaker::AddFigures(size_t row) {
  builder_.AddCounts(rows_[row], part_.graph.counts[row]);
  builder_.AddSelf(rows_[row], part_.graph.self[row]);
  builder_.AddInclusive(rows_[row], part_.graph.inclusive[row]);
  if (part_.provenance.IsFunctionEstimated(row)) {
    builder_.MarkEstimated(rows_[row]);
  }
}

void SnapshotMaker::AddCalls() {
  const CallGraph& graph = part_.graph;
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    builder_.AddCall(
        {rows_[call.caller.row()], rows_[call.callee.row()], 0, call.counts},
        graph.call_inclusive[row], {});
    if (part_.provenance.IsEstimated(row)) {
      builder_.MarkEstimated(builder_.calls() - 1);
    }
  }
}

Profile SnapshotMaker::Make(double least) && {
  rows_.resize(part_.functions.size());
  AddFunctions();
  AddCalls();
  Profile snapshot = std::move(builder_).Build();
  snapshot.naming = profile_.naming;
  Provenance& provenance = snapshot.provenance;
  const Provenance& source = profile_.provenance;
  provenance.is_complete = true;
  provenance.least_told = std::max(least, source.least_told.value_or(0));
  if (source.counts == Origin::kAbsent) provenance.counts = Origin::kAbsent;
  if (source.call_counts == Origin::kAbsent) {
    provenance.call_counts = Origin::kAbsent;
  }
  for (Provenance::Columns& columns : provenance.events) {
    columns.call_self = Origin::kAbsent;
  }
  const std::vector<bool> large = FindLarge(snapshot.graph, least);
  if (std::ranges::find(large, false) != large.end()) {
    snapshot = FoldOthers(snapshot, large).profile;
  }
  if (snapshot.events == CallsAlone()) CountCallsAsCost(snapshot);
  return snapshot;
}

}  // namespace

Profile MakeSnapshot(const Profile& profile, double least) {
  return SnapshotMaker(profile, Part(profile)).Make(least);
}

EventSet CallsAlone() {
  return EventSet({{std::string(kCallsEvent), "Calls", Unit::kCount}});
}

void CountCallsAsCost(Profile& profile) {
  CallGraph& graph = profile.graph;
  for (size_t f = 0; f < graph.counts.size(); ++f) {
    graph.self[f][0] = graph.inclusive[f][0] = graph.counts[f].total;
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    graph.call_inclusive[c][0] = graph.calls[c].counts.total;
  }
  Provenance::Columns& columns = profile.provenance.events[0];
  columns.inclusive = columns.call_inclusive = Origin::kAbsent;
}

}  // namespace prof2cg
