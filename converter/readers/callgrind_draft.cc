#include "converter/readers/callgrind_draft.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "converter/io/callgrind_notes.h"
#include "graph/passes/derive_functions.h"
#include "graph/passes/incoming_calls.h"
#include "graph/profile_builder.h"

namespace prof2cg {

CallgrindDraft::CallgrindDraft(EventSet events, bool is_own)
    : is_own_(is_own), note_costs_(2 * events.size()) {
  const size_t columns = events.size();
  profile_.events = std::move(events);
  profile_.provenance.events.resize(columns);
  for (Provenance::Columns& column : profile_.provenance.events) {
    column.call_self = Origin::kAbsent;
  }
  profile_.graph.self = CostTable(columns);
  profile_.graph.inclusive = CostTable(columns);
  profile_.graph.call_inclusive = CostTable(columns);
}

FunctionId CallgrindDraft::AddFunction(const Function& function) {
  FunctionTable& functions = profile_.functions;
  const auto new_row = static_cast<uint32_t>(functions.size());
  const uint32_t row =
      is_own_ ? new_row
              : index_.FindOrAdd(absl::HashOf(function), new_row,
                                 [&](uint32_t other) {
                                   return functions[other] == function;
                                 });
  if (row == new_row) {
    functions.push_back(function);
    profile_.graph.self.Resize(functions.size());
    has_body_.push_back(false);
    is_outside_.push_back(false);
  }
  return FunctionId(row);
}

void CallgrindDraft::BeginBody(FunctionId function, StringId file,
                               StringId object) {
  Function& f = profile_.functions[function.row()];
  if (f.file != file || f.object != object) {
    const auto self = std::as_const(profile_).graph.self[function.row()];
    if (std::ranges::count(self, 0) == std::ssize(self)) {
      f.file = file;
      f.object = object;
    }
  }
  if (has_body_[function.row()]) return;
  has_body_[function.row()] = true;
  bodies_.push_back(function);
}

void CallgrindDraft::AddSelf(FunctionId function, uint32_t line,
                             std::span<const int64_t> costs) {
  profile_.graph.self.Add(function.row(), costs);
  if (is_own_) profile_.functions[function.row()].line = line;
}

void CallgrindDraft::AddCall(const Call& call, std::span<const int64_t> costs) {
  profile_.graph.calls.push_back(call);
  profile_.graph.call_inclusive.Append(costs);
  is_outside_[call.callee.row()] = false;
}

void CallgrindDraft::NoteFunction(FunctionId function, CallCounts counts,
                                  std::span<const int64_t> costs) {
  notes_.push_back({function, counts});
  note_costs_.Append(costs);
}

void CallgrindDraft::NoteCall(uint32_t line, CallCounts counts,
                              std::span<const int64_t> costs) {
  CallGraph& graph = profile_.graph;
  graph.calls.back().line = line;
  graph.calls.back().counts = counts;
  std::ranges::copy(costs,
                    graph.call_inclusive[graph.calls.size() - 1].begin());
}

void CallgrindDraft::MarkLastCall(bool is_estimated) {
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  marks.resize(profile_.graph.calls.size());
  marks.back() = is_estimated;
}

Profile CallgrindDraft::Finish() && {
  if (!is_own_) {
    Profile profile = Reorder();
    const int64_t bounds = DeriveFunctions(profile);
    profile.provenance.Note(
        "function recurs through others: its inclusive cost and its primitive "
        "calls are at most what is shown",
        "functions recur through others: their inclusive costs and their "
        "primitive calls are at most what is shown",
        bounds);
    return profile;
  }
  CheckOutside();
  AddUpCalls();
  ApplyNotes();
  DropCallsFromOutside();
  return Reorder();
}

// What is called, or costs something, is a function whatever its name.
void CallgrindDraft::CheckOutside() {
  for (const Call& call : profile_.graph.calls) {
    is_outside_[call.callee.row()] = false;
  }
  for (size_t f = 0; f < is_outside_.size(); ++f) {
    const auto self = std::as_const(profile_).graph.self[f];
    if (is_outside_[f] && std::ranges::count(self, 0) != std::ssize(self)) {
      is_outside_[f] = false;
    }
  }
}

void CallgrindDraft::AddUpCalls() {
  CallGraph& graph = profile_.graph;
  graph.counts.resize(profile_.functions.size());
  IncomingCalls sums = SumIncomingCalls(graph);
  for (size_t f = 0; f < sums.calls.size(); ++f) {
    graph.counts[f] = {sums.calls[f], sums.calls[f]};
  }
  graph.inclusive = std::move(sums.inclusive);
}

void CallgrindDraft::ApplyNotes() {
  CallGraph& graph = profile_.graph;
  const size_t events = profile_.events.size();
  for (size_t row = 0; row < notes_.size(); ++row) {
    const size_t f = notes_[row].function.row();
    const auto costs = note_costs_[row];
    graph.counts[f] = notes_[row].counts;
    std::ranges::copy(costs.first(events), graph.self[f].begin());
    std::ranges::copy(costs.last(events), graph.inclusive[f].begin());
  }
}

void CallgrindDraft::DropCallsFromOutside() {
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  if (!marks.empty()) marks.resize(graph.calls.size());
  size_t kept = 0;
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    if (is_outside_[graph.calls[row].caller.row()]) continue;
    graph.calls[kept] = graph.calls[row];
    std::ranges::copy(graph.call_inclusive[row],
                      graph.call_inclusive[kept].begin());
    if (!marks.empty()) marks[kept] = marks[row];
    ++kept;
  }
  graph.calls.resize(kept);
  graph.call_inclusive.Resize(kept);
  if (!marks.empty()) marks.resize(kept);
}

std::vector<FunctionId> CallgrindDraft::OrderFunctions() const {
  std::vector<FunctionId> order;
  order.reserve(profile_.functions.size());
  const auto is_function = [&](FunctionId f) { return !is_outside_[f.row()]; };
  std::ranges::copy_if(bodies_, std::back_inserter(order), is_function);
  for (size_t f = 0; f < has_body_.size(); ++f) {
    if (!has_body_[f]) order.push_back(FunctionId(f));
  }
  return order;
}

Profile CallgrindDraft::Reorder() {
  CallGraph& graph = profile_.graph;
  const std::vector<FunctionId> order = OrderFunctions();
  FunctionTable functions;
  functions.reserve(order.size());
  for (const FunctionId f : order) {
    functions.push_back(profile_.functions[f.row()]);
  }
  ProfileBuilder builder(std::move(profile_.events));
  std::vector<FunctionId> ids;
  builder.AddFunctions(functions, ids);
  std::vector<FunctionId> new_ids(profile_.functions.size());
  for (size_t place = 0; place < order.size(); ++place) {
    const size_t old = order[place].row();
    const FunctionId f = new_ids[old] = ids[place];
    builder.AddSelf(f, graph.self[old]);
    if (!is_own_) continue;
    builder.AddCounts(f, graph.counts[old]);
    builder.AddInclusive(f, graph.inclusive[old]);
  }
  for (Call& call : graph.calls) {
    call.caller = new_ids[call.caller.row()];
    call.callee = new_ids[call.callee.row()];
  }
  // Whatever is from outside has no new id.
  for (const FunctionId f : estimated_) {
    if (new_ids[f.row()].is_valid()) builder.MarkEstimated(new_ids[f.row()]);
  }
  builder.TakeCalls(std::move(graph.calls), std::move(graph.call_inclusive));
  Profile& profile = builder.profile();
  profile.strings = std::move(profile_.strings);
  profile_.provenance.estimated_functions =
      std::move(profile.provenance.estimated_functions);
  profile.provenance = std::move(profile_.provenance);
  profile.command = std::move(profile_.command);
  profile.facts = std::move(profile_.facts);
  profile.naming = profile_.naming;
  profile.share_by = profile_.share_by;
  return std::move(builder).Build();
}

}  // namespace prof2cg
