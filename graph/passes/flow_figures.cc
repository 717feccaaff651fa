#include "graph/passes/flow_figures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/passes/flows.h"

namespace prof2cg {
namespace {

// Appends rows one by one.
class Table {
 public:
  Table(size_t events, size_t rows)
      : row_(Flows::kCosts + 2 * events), rows_(row_.size()) {
    rows_.Reserve(rows);
  }

  // Without `self` it is 0.
  void Append(CallCounts counts, std::span<const int64_t> inclusive,
              std::span<const int64_t> self) {
    row_[Flows::kCalls] = counts.total;
    row_[Flows::kPrimitive] = counts.primitive;
    const auto costs = row_.begin() + Flows::kCosts;
    std::ranges::copy(self, std::ranges::copy(inclusive, costs).out);
    rows_.Append(row_);
  }
  CostTable Take() && { return std::move(rows_); }

 private:
  std::vector<int64_t> row_;
  CostTable rows_;
};

}  // namespace

CostTable FunctionFigures(const CallGraph& graph) {
  Table table(graph.self.events(), graph.counts.size());
  for (size_t f = 0; f < graph.counts.size(); ++f) {
    table.Append(graph.counts[f], graph.inclusive[f], graph.self[f]);
  }
  return std::move(table).Take();
}

CostTable CallFigures(const CallGraph& graph) {
  Table table(graph.self.events(), graph.calls.size());
  const bool has_self = graph.call_self.rows() != 0;
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    table.Append(graph.calls[c].counts, graph.call_inclusive[c],
                 has_self ? graph.call_self[c] : std::span<const int64_t>());
  }
  return std::move(table).Take();
}

CostTable EntryFigures(const CallGraph& graph, const EntryCalls& entries) {
  CostTable self = graph.self;
  for (size_t c = 0; c < graph.call_self.rows(); ++c) {
    const size_t callee = graph.calls[c].callee.row();
    for (size_t e = 0; e < self.events(); ++e) {
      self[callee][e] = SaturatingAdd(
          self[callee][e], -std::max<int64_t>(0, graph.call_self[c][e]));
    }
  }
  Table table(self.events(), entries.calls.size());
  std::vector<int64_t> left(self.events());
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    for (size_t e = 0; graph.call_self.rows() != 0 && e < left.size(); ++e) {
      left[e] = std::max<int64_t>(0, self[entry.callee.row()][e]);
    }
    table.Append({entry.calls, entry.calls}, entries.inclusive[row], left);
  }
  return std::move(table).Take();
}

}  // namespace prof2cg
