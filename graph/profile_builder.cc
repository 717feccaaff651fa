#include "graph/profile_builder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "absl/hash/hash.h"

namespace prof2cg {
ProfileBuilder::ProfileBuilder(EventSet events) {
  const size_t columns = events.size();
  profile_.events = std::move(events);
  profile_.provenance.events.resize(columns);
  profile_.graph.self = CostTable(columns);
  profile_.graph.inclusive = CostTable(columns);
  profile_.graph.call_inclusive = CostTable(columns);
  profile_.graph.call_self = CostTable(columns);
}

FunctionId ProfileBuilder::AddFunction(const Function& function) {
  const FunctionId id = Find(function, absl::HashOf(function));
  AddFigureRows();
  return id;
}

void ProfileBuilder::AddFunctions(std::span<const Function> functions,
                                  std::vector<FunctionId>& ids) {
  constexpr size_t kAhead = 16;
  std::array<uint64_t, 4 * kAhead> hashes;  // of the last ones, in turn
  const auto hash = [&](size_t i) -> uint64_t& {
    return hashes[i % hashes.size()];
  };
  for (size_t i = 0; i < functions.size() + 2 * kAhead; ++i) {
    if (i < functions.size()) {
      hash(i) = absl::HashOf(functions[i]);
      index_.Prefetch(hash(i));
    }
    if (const size_t next = i - kAhead; next < functions.size()) {
      const uint32_t row = index_.Peek(hash(next));
      if (row != RowIndex::kNoRow) {
        __builtin_prefetch(&profile_.functions[row]);
      }
    }
    if (const size_t now = i - 2 * kAhead; now < functions.size()) {
      ids.push_back(Find(functions[now], hash(now)));
    }
  }
  AddFigureRows();
}

FunctionId ProfileBuilder::Find(const Function& function, uint64_t hash) {
  FunctionTable& functions = profile_.functions;
  const auto new_row = static_cast<uint32_t>(functions.size());
  const uint32_t row = index_.FindOrAdd(hash, new_row, [&](uint32_t other) {
    return functions[other] == function;
  });
  if (row == new_row) functions.push_back(function);
  return FunctionId(row);
}

void ProfileBuilder::AddFigureRows() {
  const size_t rows = functions();
  if (profile_.graph.counts.size() == rows) return;
  profile_.graph.counts.resize(rows);
  profile_.graph.self.Resize(rows);
  profile_.graph.inclusive.Resize(rows);
}

void ProfileBuilder::AddCalls(std::span<const Call> calls,
                              std::span<const int64_t> inclusive,
                              std::span<const int64_t> self) {
  CallGraph& graph = profile_.graph;
  AddPairs(calls);
  graph.calls.insert(graph.calls.end(), calls.begin(), calls.end());
  graph.call_inclusive.Append(inclusive);
  graph.call_self.Append(self);
}

void ProfileBuilder::TakeCalls(std::vector<Call> calls, CostTable inclusive) {
  AddPairs(calls);
  profile_.graph.calls = std::move(calls);
  profile_.graph.call_inclusive = std::move(inclusive);
}

void ProfileBuilder::AddPairs(std::span<const Call> calls) {
  by_callee_.Add(calls, functions(), &Call::callee, &Call::caller);
  by_caller_.Add(calls, functions(), &Call::caller, &Call::callee);
}

inline void ProfileBuilder::Pairs::Add(std::span<const Call> calls,
                                       size_t functions,
                                       FunctionId Call::*first,
                                       FunctionId Call::*second) {
  if (may_repeat_) return;
  seen_with_.resize(functions);
  has_begun_.resize(functions);
  for (const Call& call : calls) {
    if (call.*first != last_) {
      last_ = call.*first;
      may_repeat_ = has_begun_[last_.row()];
      has_begun_[last_.row()] = true;
    }
    FunctionId& seen_with = seen_with_[(call.*second).row()];
    if (may_repeat_ |= seen_with == last_) return;
    seen_with = last_;
  }
}

void ProfileBuilder::MarkEstimated(FunctionId function) {
  std::vector<bool>& marks = profile_.provenance.estimated_functions;
  if (marks.size() <= function.row()) marks.resize(functions());
  marks[function.row()] = true;
}

void ProfileBuilder::MarkEstimated(size_t call) {
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  if (marks.size() <= call) marks.resize(calls());
  marks[call] = true;
}

void ProfileBuilder::Forget(FunctionId function, size_t first_call) {
  CallGraph& graph = profile_.graph;
  graph.counts[function.row()] = {};
  std::ranges::fill(graph.self[function.row()], 0);
  std::ranges::fill(graph.inclusive[function.row()], 0);
  first_call_.resize(functions());
  first_call_[function.row()] = first_call;
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
  std::vector<bool>& marks = profile_.provenance.estimated_functions;
  if (!marks.empty()) marks.resize(functions());
  return std::move(profile_);
}

void ProfileBuilder::AccumulateCalls() {
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  if (!marks.empty()) marks.resize(calls());
  if (!first_call_.empty()) DropForgottenCalls();
  if (MayRepeat()) AccumulateRepeatedCalls();
  accumulated_calls_ = calls();
}

void ProfileBuilder::DropForgottenCalls() {
  first_call_.resize(functions());
  size_t kept = 0;
  for (size_t row = 0; row < calls(); ++row) {
    if (row < first_call_[profile_.graph.calls[row].callee.row()]) continue;
    MoveCall(row, kept++);
  }
  ResizeCalls(kept);
  first_call_.clear();
  accumulated_calls_ = 0;  // any number of calls may be new
  call_index_ = RowIndex();
  indexed_calls_ = 0;
}

// Those that were accumulated before stay where they are, and in the index:
// many small parts do not cost the sum of all before each time.
void ProfileBuilder::AccumulateRepeatedCalls() {
  CallGraph& graph = profile_.graph;
  const size_t rows = calls();
  size_t kept = indexed_calls_;
  for (size_t row = kept; row < rows; ++row) {
    const Call& call = graph.calls[row];
    const size_t into = call_index_.FindOrAdd(
        absl::HashOf(call.caller, call.callee, call.line),
        static_cast<uint32_t>(kept), [&](uint32_t other) {
          const Call& first = graph.calls[other];
          return first.caller == call.caller && first.callee == call.callee &&
                 first.line == call.line;
        });
    if (into == kept) {
      MoveCall(row, kept++);
    } else {
      AddCallTo(row, into);
    }
  }
  ResizeCalls(kept);
  indexed_calls_ = kept;
}

void ProfileBuilder::AddCallTo(size_t row, size_t into) {
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  graph.calls[into].counts += graph.calls[row].counts;
  graph.call_inclusive.Add(into, graph.call_inclusive[row]);
  if (graph.call_self.rows() != 0) {
    graph.call_self.Add(into, graph.call_self[row]);
  }
  if (!marks.empty() && marks[row]) marks[into] = true;
}

void ProfileBuilder::MoveCall(size_t row, size_t to) {
  if (row == to) return;
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  graph.calls[to] = graph.calls[row];
  std::ranges::copy(graph.call_inclusive[row],
                    graph.call_inclusive[to].begin());
  if (graph.call_self.rows() != 0) {
    std::ranges::copy(graph.call_self[row], graph.call_self[to].begin());
  }
  if (!marks.empty()) marks[to] = marks[row];
}

void ProfileBuilder::ResizeCalls(size_t rows) {
  CallGraph& graph = profile_.graph;
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  graph.calls.resize(rows);
  graph.call_inclusive.Resize(rows);
  if (graph.call_self.rows() != 0) graph.call_self.Resize(rows);
  if (!marks.empty()) marks.resize(rows);
}

}  // namespace prof2cg
