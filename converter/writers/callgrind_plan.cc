#include "converter/writers/callgrind_plan.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "converter/io/worker.h"
#include "converter/writers/callgrind_line_text.h"

namespace prof2cg {
namespace {

// Some 300 KiB of text: much more work than handing a part over, and little
// enough to stay in a processor's own cache.
constexpr size_t kRowsOfPart = 1 << 12;
// Below, one part is done before threads would pay off.
constexpr size_t kManyRows = 1 << 17;
// Below, a thread of its own is not worth its start.
constexpr size_t kManyFunctions = 1 << 14;

}  // namespace

CallgrindPlan::CallgrindPlan(const Profile& profile)
    : profile_(profile),
      files_(profile, &Function::file, kNoFile),
      objects_(profile, &Function::object, kNoObject) {
  Worker worker;
  const auto find_names = [&] {
    names_ = &own_names_.emplace(profile, files_, objects_);
  };
  if (profile.functions.size() < kManyFunctions) {
    find_names();
  } else {
    worker.Start(find_names);
  }
  Plan(false);
  worker.Wait();
}

CallgrindPlan::CallgrindPlan(const Profile& thread, const CallgrindPlan& whole,
                             std::vector<bool> functions)
    : profile_(thread),
      files_(whole.files_),
      objects_(whole.objects_),
      names_(whole.names_),
      functions_(std::move(functions)) {
  for (CallgrindTexts* texts : {&files_, &objects_}) {
    for (CallgrindTexts::Text& text : texts->texts) {
      text.first_part = UINT32_MAX;
    }
  }
  Plan(whole.calls().has_lines());
}

void CallgrindPlan::Plan(bool have_lines) {
  ChooseParts();
  incoming_ = SumIncomingCalls(profile_.graph);
  entries_ = FindEntryCalls(profile_, incoming_);
  AddUpEntries();
  calls_.emplace(profile_, part_shift_, parts_, have_lines);
  FindFirstParts();
}

void CallgrindPlan::ChooseParts() {
  const size_t functions = profile_.functions.size();
  const size_t rows = functions + profile_.graph.calls.size();
  if (rows < kManyRows) return;
  part_shift_ =
      static_cast<int>(std::bit_width(functions / (rows / kRowsOfPart + 1)));
  parts_ = (functions >> part_shift_) + 1;
}

// As they are written: at least one, which costs at least nothing.
void CallgrindPlan::AddUpEntries() {
  std::vector<int64_t> costs(profile_.events.size());
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    int64_t& calls = incoming_.calls[entry.callee.row()];
    calls = SaturatingAdd(calls, std::max<int64_t>(1, entry.calls));
    std::ranges::transform(entries_.inclusive[row], costs.begin(),
                           [](int64_t c) { return std::max<int64_t>(0, c); });
    incoming_.inclusive.Add(entry.callee.row(), costs);
  }
}

// The sum of costs that are not all of one sign may depend on their order.
bool CallgrindPlan::FollowsFromCalls(FunctionId f) const {
  const CallGraph& graph = profile_.graph;
  const size_t row = f.row();
  const CallCounts counts = graph.counts[row];
  if (counts.total != incoming_.calls[row] ||
      counts.primitive != counts.total || calls_->has_negative_costs()) {
    return false;
  }
  const auto self = graph.self[row];
  const auto inclusive = graph.inclusive[row];
  const auto incoming = incoming_.inclusive[row];
  for (size_t e = 0; e < self.size(); ++e) {
    if (inclusive[e] != incoming[e] || self[e] < 0) return false;
  }
  return true;
}

FunctionId CallgrindPlan::Begin(size_t part) const {
  return FunctionId(std::min(part << part_shift_, profile_.functions.size()));
}

// By whichever comes first: a call from outside, a call, the function itself.
void CallgrindPlan::FindFirstParts() {
  rows_.reserve(profile_.functions.size());
  for (size_t row = 0; row < profile_.functions.size(); ++row) {
    const FunctionId f(row);
    rows_.push_back({objects_.ids[row], files_.ids[row],
                     profile_.functions[row].line,
                     static_cast<uint32_t>(PartOf(f))});
  }
  const CallGraph& graph = profile_.graph;
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    graph.WithCalleeAhead(
        c, [&](size_t ahead) { __builtin_prefetch(&rows_[ahead]); });
    const Call& call = graph.calls[c];
    uint32_t& first = rows_[call.callee.row()].first_part;
    first = std::min(first, static_cast<uint32_t>(PartOf(call.caller)));
  }
  for (const EntryCall& entry : entries_.calls) {
    rows_[entry.callee.row()].first_part = 0;
  }
  // With the first function that has it, or before, where the caller has it.
  const auto find = [&](CallgrindTexts& texts, uint32_t Row::*id) {
    for (size_t row = 0; row < rows_.size(); ++row) {
      if (!Has(FunctionId(row))) continue;
      uint32_t& first = texts.texts[rows_[row].*id].first_part;
      first = std::min(first, rows_[row].first_part);
    }
  };
  find(files_, &Row::file);
  find(objects_, &Row::object);
}

}  // namespace prof2cg
