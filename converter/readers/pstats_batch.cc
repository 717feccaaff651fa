#include "converter/readers/pstats_batch.h"

#include <algorithm>

namespace prof2cg {

void Batch::Clear() {
  keys.clear();
  entries.clear();
  calls.clear();
  estimated_calls.clear();
}

void BatchAdder::Add(Batch& batch) {
  builder_.AddFunctions(batch.keys, functions_);
  has_entry_.resize(builder_.functions());
  const std::vector<Batch::Entry>& entries = batch.entries;
  for (size_t i = 0; i < entries.size(); ++i) {
    constexpr size_t kAhead = 16;
    if (i + kAhead < entries.size()) {
      builder_.PrefetchFigures(functions_[entries[i + kAhead].key.row()]);
    }
    AddEntry(entries[i]);
  }

  calls_.resize(batch.calls.size());
  inclusive_.resize(batch.calls.size());
  self_.resize(batch.calls.size());
  for (size_t i = 0; i < batch.calls.size(); ++i) {
    const Batch::Call& call = batch.calls[i];
    calls_[i] = {functions_[call.caller.row()], functions_[call.callee.row()],
                 0, call.figures.counts};
    inclusive_[i] = call.figures.inclusive;
    self_[i] = call.figures.self;
  }
  const size_t first_call = builder_.calls();
  builder_.AddCalls(calls_, inclusive_, self_);
  for (const size_t row : batch.estimated_calls) {
    builder_.MarkEstimated(first_call + row);
  }
  batch.Clear();
}

void BatchAdder::AddEntry(const Batch::Entry& entry) {
  const FunctionId function = functions_[entry.key.row()];
  const Figures& figures = entry.figures;
  if (has_entry_[function.row()]) {
    builder_.Forget(function, builder_.calls() + entry.calls_before);
    ++repeated_entries_;
  }
  has_entry_[function.row()] = true;
  builder_.AddCounts(function, figures.counts);
  builder_.AddSelf(function, {&figures.self, 1});
  builder_.AddInclusive(function, {&figures.inclusive, 1});
}

int64_t BatchAdder::functions_without_entry() const {
  return std::ranges::count(has_entry_, false);
}

}  // namespace prof2cg
