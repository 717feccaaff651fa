#include "graph/passes/fold_contexts.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/hash/hash.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

class Folder {
 public:
  explicit Folder(Profile& profile)
      : graph_(profile.graph),
        contexts_(profile.contexts->contexts),
        self_(profile.contexts->self),
        inclusive_(SumInclusive(*profile.contexts)) {
    graph_.calls.clear();
    profile.provenance.estimated_calls.clear();
    const size_t functions = profile.functions.size();
    for (CostTable* table : {&graph_.self, &graph_.inclusive, &graph_.call_self,
                             &graph_.call_inclusive}) {
      *table = CostTable(profile.events.size());
    }
    graph_.self.Resize(functions);
    graph_.inclusive.Resize(functions);
    function_depths_.resize(functions);
  }

  void Fold() {
    NumberCalls();
    LinkChildren();
    has_calls_ = std::ranges::any_of(
        contexts_, [](const Context& context) { return context.calls != 0; });
    if (has_calls_) graph_.counts.assign(function_depths_.size(), {});
    Walk();
  }

  bool has_calls() const { return has_calls_; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  void NumberCalls();
  void LinkChildren();
  void Walk();
  void Enter(uint32_t row);
  void Leave(uint32_t row);

  CallGraph& graph_;
  const std::vector<Context>& contexts_;
  const CostTable& self_;
  const CostTable inclusive_;  // per context
  bool has_calls_ = false;

  std::vector<uint32_t> calls_;         // per context: its call's row, or kNone
  uint32_t first_root_ = kNone;         // the others are its siblings
  std::vector<uint32_t> first_child_;   // per context
  std::vector<uint32_t> next_sibling_;  // per context

  // How often the walk's stack has each.
  std::vector<uint32_t> function_depths_;
  std::vector<uint32_t> call_depths_;
};

void Folder::NumberCalls() {
  RowIndex index;
  calls_.reserve(contexts_.size());
  for (const Context& context : contexts_) {
    if (!context.parent.is_valid()) {
      calls_.push_back(kNone);
      continue;
    }
    const Call call{contexts_[context.parent.row()].function,
                    context.function,
                    context.line,
                    {}};
    const auto new_row = static_cast<uint32_t>(graph_.calls.size());
    const uint32_t row = index.FindOrAdd(
        absl::HashOf(call.caller, call.callee, call.line), new_row,
        [&](uint32_t other) { return graph_.calls[other] == call; });
    if (row == new_row) graph_.calls.push_back(call);
    calls_.push_back(row);
  }
  graph_.call_self.Resize(graph_.calls.size());
  graph_.call_inclusive.Resize(graph_.calls.size());
  call_depths_.resize(graph_.calls.size());
}

void Folder::LinkChildren() {
  first_child_.resize(contexts_.size(), kNone);
  next_sibling_.resize(contexts_.size());
  for (auto row = static_cast<uint32_t>(contexts_.size()); row-- > 0;) {
    const ContextId parent = contexts_[row].parent;
    uint32_t& first =
        parent.is_valid() ? first_child_[parent.row()] : first_root_;
    next_sibling_[row] = first;
    first = row;
  }
}

// Each context is entered after its parent and left after its children.
void Folder::Walk() {
  for (uint32_t row = first_root_; row != kNone;) {
    Enter(row);
    if (first_child_[row] != kNone) {
      row = first_child_[row];
      continue;
    }
    Leave(row);
    while (next_sibling_[row] == kNone && contexts_[row].parent.is_valid()) {
      row = contexts_[row].parent.row();
      Leave(row);
    }
    row = next_sibling_[row];
  }
}

void Folder::Enter(uint32_t row) {
  const Context& context = contexts_[row];
  const size_t function = context.function.row();
  const bool is_first = function_depths_[function]++ == 0;
  graph_.self.Add(function, self_[row]);
  if (is_first) graph_.inclusive.Add(function, inclusive_[row]);
  const auto counts = [&](bool is_primitive) {
    return CallCounts{context.calls, is_primitive ? context.calls : 0};
  };
  if (has_calls_) graph_.counts[function] += counts(is_first);

  const uint32_t call = calls_[row];
  if (call == kNone) return;
  const bool is_first_call = call_depths_[call]++ == 0;
  graph_.calls[call].counts += counts(is_first_call);
  graph_.call_self.Add(call, self_[row]);
  if (is_first_call) graph_.call_inclusive.Add(call, inclusive_[row]);
}

void Folder::Leave(uint32_t row) {
  --function_depths_[contexts_[row].function.row()];
  if (calls_[row] != kNone) --call_depths_[calls_[row]];
}

}  // namespace

void FoldContexts(Profile& profile) {
  Folder folder(profile);
  folder.Fold();
  Provenance& provenance = profile.provenance;
  for (Provenance::Columns& event : provenance.events) {
    event.inclusive = std::max(event.self, Origin::kDerived);
    event.call_inclusive = event.call_self = event.inclusive;
  }
  if (folder.has_calls()) provenance.counts = Origin::kDerived;
  provenance.call_counts =
      folder.has_calls() ? Origin::kDerived : Origin::kAbsent;
}

}  // namespace prof2cg
