#include "graph/profile_builder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace prof2cg {
namespace {

// Whether some caller calls some callee in two rows. Certain where the calls
// into each function stand together, as most sources have them; "yes"
// otherwise.
bool MayRepeat(const std::vector<Call>& calls, size_t functions) {
  std::vector<FunctionId> called_last(functions);  // per caller
  std::vector<bool> seen(functions);               // per callee
  FunctionId callee;
  for (const Call& call : calls) {
    if (call.callee != callee) {
      callee = call.callee;
      if (seen[callee.row()]) return true;
      seen[callee.row()] = true;
    }
    if (called_last[call.caller.row()] == callee) return true;
    called_last[call.caller.row()] = callee;
  }
  return false;
}

}  // namespace

ProfileBuilder::ProfileBuilder(EventSet events)
    : ids_(0, ByValue{&profile_.functions}, ByValue{&profile_.functions}) {
  const size_t columns = events.size();
  profile_.events = std::move(events);
  profile_.provenance.events.resize(columns);
  profile_.graph.self = CostTable(columns);
  profile_.graph.inclusive = CostTable(columns);
  profile_.graph.call_inclusive = CostTable(columns);
  profile_.graph.call_self = CostTable(columns);
}

FunctionId ProfileBuilder::AddFunction(const Function& function) {
  if (const auto found = ids_.find(function); found != ids_.end()) {
    return *found;
  }
  const FunctionId id(profile_.functions.size());
  profile_.functions.push_back(function);
  profile_.graph.counts.emplace_back();
  profile_.graph.self.Resize(profile_.functions.size());
  profile_.graph.inclusive.Resize(profile_.functions.size());
  ids_.insert(id);
  return id;
}

void ProfileBuilder::MarkEstimated() {
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  marks.resize(calls());
  marks.back() = true;
}

void ProfileBuilder::Forget(FunctionId function) {
  CallGraph& graph = profile_.graph;
  graph.counts[function.row()] = {};
  std::ranges::fill(graph.self[function.row()], 0);
  std::ranges::fill(graph.inclusive[function.row()], 0);
  first_call_.resize(functions());
  first_call_[function.row()] = calls();
}

void ProfileBuilder::Reserve(size_t functions, size_t calls) {
  CallGraph& graph = profile_.graph;
  profile_.functions.reserve(functions);
  graph.counts.reserve(functions);
  graph.self.Reserve(functions);
  graph.inclusive.Reserve(functions);
  graph.calls.reserve(calls);
  graph.call_inclusive.Reserve(calls);
  graph.call_self.Reserve(calls);
}

Profile ProfileBuilder::Build() && {
  AccumulateCalls();
  return std::move(profile_);
}

void ProfileBuilder::AccumulateCalls() {
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  if (!marks.empty()) marks.resize(calls());
  if (!first_call_.empty()) DropForgottenCalls();
  if (MayRepeat(profile_.graph.calls, functions())) AccumulateRepeatedCalls();
}

void ProfileBuilder::DropForgottenCalls() {
  first_call_.resize(functions());
  std::vector<bool> keep(calls());
  for (size_t row = 0; row < keep.size(); ++row) {
    keep[row] = row >= first_call_[profile_.graph.calls[row].callee.row()];
  }
  KeepCalls(keep);
  first_call_.clear();
}

void ProfileBuilder::AccumulateRepeatedCalls() {
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  std::vector<bool> keep(calls(), true);
  absl::flat_hash_map<std::array<uint32_t, 3>, size_t> first_row;
  for (size_t row = 0; row < keep.size(); ++row) {
    const Call& call = graph.calls[row];
    const auto [first, is_new] = first_row.try_emplace(
        {call.caller.row(), call.callee.row(), call.line}, row);
    if (is_new) continue;
    const size_t into = first->second;
    graph.calls[into].counts += call.counts;
    graph.call_inclusive.Add(into, graph.call_inclusive[row]);
    if (graph.call_self.rows() != 0) {
      graph.call_self.Add(into, graph.call_self[row]);
    }
    if (!marks.empty() && marks[row]) marks[into] = true;
    keep[row] = false;
  }
  KeepCalls(keep);
}

void ProfileBuilder::KeepCalls(const std::vector<bool>& keep) {
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  const bool has_self = graph.call_self.rows() != 0;
  size_t kept = 0;
  for (size_t row = 0; row < keep.size(); ++row) {
    if (!keep[row]) continue;
    graph.calls[kept] = graph.calls[row];
    std::ranges::copy(graph.call_inclusive[row],
                      graph.call_inclusive[kept].begin());
    if (has_self) {
      std::ranges::copy(graph.call_self[row], graph.call_self[kept].begin());
    }
    if (!marks.empty()) marks[kept] = marks[row];
    ++kept;
  }
  graph.calls.resize(kept);
  graph.call_inclusive.Resize(kept);
  if (has_self) graph.call_self.Resize(kept);
  if (!marks.empty()) marks.resize(kept);
}

}  // namespace prof2cg
