#include "graph/passes/estimate_focus.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/cost_table.h"
#include "graph/grouping.h"
#include "graph/ids.h"
#include "graph/passes/cycles.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/keep_rows.h"

namespace prof2cg {
namespace {

// Parts of stacks, from 0 to 1: a row per node, a column per event and one for
// counts. Functions that are not chosen and call each other are one node.
class Parts {
 public:
  Parts(const Profile& profile, const std::vector<bool>& chosen)
      : graph_(profile.graph),
        events_(profile.events.size()),
        chosen_(chosen),
        nodes_(NumberCyclesAmong(graph_, Others(chosen))) {
    for (const uint32_t node : nodes_) size_ = std::max(size_, node + 1);
    IndexCalls();
    FindAbove(FindEntryCalls(profile));
    FindBelow();
  }

  size_t counts() const { return events_; }  // the column behind the events

  double Above(FunctionId f, size_t column) const {
    return chosen_[f.row()] ? 1 : above_[Place(f, column)];
  }
  double Below(FunctionId f, size_t column) const {
    return chosen_[f.row()] ? 1 : below_[Place(f, column)];
  }
  // Of the function's cost, or of its cost when called where `above` of the
  // stacks hold a chosen function already.
  double Inclusive(FunctionId f, size_t column, double above) const {
    return chosen_[f.row()] ? 1 : above + (1 - above) * Below(f, column);
  }
  // Of its self cost.
  double Self(FunctionId f, double above) const {
    return chosen_[f.row()] ? 1 : above;
  }
  bool LeadsToChosen(FunctionId f) const {
    return chosen_[f.row()] || leads_[nodes_[f.row()]];
  }

 private:
  // Calls without cost weigh next to nothing, and alike among themselves.
  static constexpr double kTrace = 1e-30;

  static std::vector<bool> Others(std::vector<bool> chosen) {
    chosen.flip();
    return chosen;
  }

  size_t columns() const { return events_ + 1; }
  size_t Place(FunctionId f, size_t column) const {
    return nodes_[f.row()] * columns() + column;
  }
  double Weight(size_t call, size_t column) const {
    return Weight(column == counts() ? graph_.calls[call].counts.total
                                     : graph_.call_inclusive[call][column]);
  }
  static double Weight(int64_t figure) {
    return figure > 0 ? static_cast<double>(figure) : kTrace;
  }
  bool IsWithinNode(const Call& call) const {
    return nodes_[call.caller.row()] == nodes_[call.callee.row()];
  }

  void IndexCalls();
  std::span<const uint32_t> CallsOf(size_t node) const {
    return {calls_.data() + begins_[node], begins_[node + 1] - begins_[node]};
  }
  void FindAbove(const EntryCalls& entries);
  void FindBelow();

  const CallGraph& graph_;
  const size_t events_;
  const std::vector<bool>& chosen_;
  const std::vector<uint32_t> nodes_;  // per function
  uint32_t size_ = 0;                  // how many nodes
  std::vector<uint32_t> calls_;        // rows, by the caller's node
  std::vector<uint32_t> begins_;       // per node: its first in `calls_`
  std::vector<double> above_;
  std::vector<double> below_;
  std::vector<bool> leads_;  // per node: to a chosen function
};

void Parts::IndexCalls() {
  const auto node = [&](size_t row) {
    return nodes_[graph_.calls[row].caller.row()];
  };
  Grouping grouping(graph_.calls.size(), size_, node);
  calls_.resize(graph_.calls.size());
  for (uint32_t row = 0; row < calls_.size(); ++row) {
    calls_[grouping.Take(node(row))] = row;
  }
  begins_ = std::move(grouping).Begins();
}

// Calls of chosen functions count from the beginning, others once it is known
// what leads to their callers: those have the higher nodes.
void Parts::FindAbove(const EntryCalls& entries) {
  above_.resize(size_ * columns());
  std::vector<double> weights(above_.size());
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    for (size_t e = 0; e < events_; ++e) {
      weights[Place(entry.callee, e)] += Weight(entries.inclusive[row][e]);
    }
    weights[Place(entry.callee, counts())] += Weight(entry.calls);
  }
  const auto add = [&](size_t row) {
    const Call& call = graph_.calls[row];
    for (size_t c = 0; c < columns(); ++c) {
      const double weight = Weight(row, c);
      weights[Place(call.callee, c)] += weight;
      above_[Place(call.callee, c)] += weight * Above(call.caller, c);
    }
  };
  for (size_t row = 0; row < graph_.calls.size(); ++row) {
    if (chosen_[graph_.calls[row].caller.row()]) add(row);
  }
  for (size_t node = size_; node-- > 0;) {
    for (size_t place = node * columns(); place < (node + 1) * columns();
         ++place) {
      if (weights[place] > 0) above_[place] /= weights[place];
    }
    for (const uint32_t row : CallsOf(node)) {
      const Call& call = graph_.calls[row];
      if (!chosen_[call.caller.row()] && !IsWithinNode(call)) add(row);
    }
  }
}

void Parts::FindBelow() {
  below_.resize(size_ * columns());
  leads_.resize(size_);
  std::vector<double> self(below_.size());
  for (size_t f = 0; f < nodes_.size(); ++f) {
    for (size_t e = 0; e < events_; ++e) {
      const auto cost = static_cast<double>(graph_.self[f][e]);
      self[Place(FunctionId(f), e)] += std::max<double>(0, cost);
    }
  }
  for (size_t node = 0; node < size_; ++node) {
    for (size_t c = 0; c < columns(); ++c) {
      double cost = self[node * columns() + c];
      double part = 0;
      for (const uint32_t row : CallsOf(node)) {
        const Call& call = graph_.calls[row];
        if (IsWithinNode(call)) continue;
        cost += Weight(row, c);
        part += Weight(row, c) * Below(call.callee, c);
        if (LeadsToChosen(call.callee)) leads_[node] = true;
      }
      if (cost > 0) below_[node * columns() + c] = part / cost;
    }
  }
}

enum class Side { kFocus, kIgnore };

// Takes parts of figures.
class Filter {
 public:
  Filter(Profile& profile, const std::vector<bool>& chosen, Side side)
      : profile_(profile), parts_(profile, chosen), side_(side) {}

  void Run() {
    const size_t functions = profile_.functions.size();
    called_before_.resize(functions);
    called_.resize(functions);
    std::vector<bool>& marks = profile_.provenance.estimated_calls;
    marks.resize(profile_.graph.calls.size());
    for (size_t row = 0; row < marks.size(); ++row) {
      if (TakeCall(row)) marks[row] = true;
    }
    int64_t estimates = 0;
    for (size_t f = 0; f < functions; ++f) estimates += TakeFunction(f);
    profile_.provenance.Note(
        "function is on stacks with and without the chosen ones: its figures "
        "are shared out by those of its calls, as an estimate",
        "functions are on stacks with and without the chosen ones: their "
        "figures are shared out by those of their calls, as an estimate",
        estimates);
    KeepFigures(profile_);
  }

 private:
  // Leaves `part` of the figure, or what that leaves. True if it is estimated.
  bool Take(int64_t& figure, double part) const;
  bool TakeCost(int64_t& cost, double part, Origin& origin) const;
  bool TakeCounts(CallCounts& counts, FunctionId f, double above,
                  Origin& origin) const;
  void TakeFunctionCounts(FunctionId f);

  // True if a cost of it is estimated.
  bool TakeFunction(size_t f);
  bool TakeCall(size_t row);

  Profile& profile_;
  const Parts parts_;
  const Side side_;
  // Per function: by the profile's calls, and by what is left of them.
  std::vector<int64_t> called_before_;
  std::vector<int64_t> called_;
};

bool Filter::Take(int64_t& figure, double part) const {
  const bool is_part = 0 < part && part < 1 && figure != 0;
  int64_t focused = part >= 1 ? figure : 0;
  if (is_part) focused = std::llround(static_cast<double>(figure) * part);
  figure = side_ == Side::kFocus ? focused : figure - focused;
  return is_part;
}

bool Filter::TakeCost(int64_t& cost, double part, Origin& origin) const {
  const bool is_estimated = Take(cost, part);
  if (is_estimated) origin = Origin::kEstimated;
  return is_estimated;
}

bool Filter::TakeCounts(CallCounts& counts, FunctionId f, double above,
                        Origin& origin) const {
  const bool all = side_ == Side::kFocus && parts_.LeadsToChosen(f);
  const double part = all ? 1 : parts_.Self(f, above);
  TakeCost(counts.primitive, part, origin);
  return TakeCost(counts.total, part, origin);
}

// A part of them is what calls have, which were rounded one by one, so that the
// rest does not seem to come from outside the profile.
void Filter::TakeFunctionCounts(FunctionId f) {
  CallCounts& counts = profile_.graph.counts[f.row()];
  const CallCounts whole = counts;
  const bool is_part = TakeCounts(counts, f, parts_.Above(f, parts_.counts()),
                                  profile_.provenance.counts);
  if (!is_part) return;
  const int64_t outside = std::max<int64_t>(
      0, SaturatingAdd(whole.total, -called_before_[f.row()]));
  counts.total = called_[f.row()];
  if (side_ == Side::kIgnore) {
    counts.total = SaturatingAdd(counts.total, outside);
  }
  counts.total = std::min(counts.total, whole.total);
  counts.primitive = whole.primitive == whole.total
                         ? counts.total
                         : std::min(counts.primitive, counts.total);
}

bool Filter::TakeFunction(size_t row) {
  const FunctionId f(row);
  CallGraph& graph = profile_.graph;
  TakeFunctionCounts(f);
  bool is_estimated = false;
  for (size_t e = 0; e < profile_.events.size(); ++e) {
    const double above = parts_.Above(f, e);
    Provenance::Columns& origins = profile_.provenance.events[e];
    is_estimated |=
        TakeCost(graph.self[row][e], parts_.Self(f, above), origins.self);
    is_estimated |= TakeCost(graph.inclusive[row][e],
                             parts_.Inclusive(f, e, above), origins.inclusive);
  }
  return is_estimated;
}

bool Filter::TakeCall(size_t row) {
  CallGraph& graph = profile_.graph;
  Call& call = graph.calls[row];
  const auto add = [&](int64_t& sum) {
    sum = SaturatingAdd(sum, std::max<int64_t>(0, call.counts.total));
  };
  add(called_before_[call.callee.row()]);
  TakeCounts(call.counts, call.callee,
             parts_.Above(call.caller, parts_.counts()),
             profile_.provenance.call_counts);
  add(called_[call.callee.row()]);
  bool is_estimated = false;
  for (size_t e = 0; e < profile_.events.size(); ++e) {
    const double above = parts_.Above(call.caller, e);
    is_estimated |= Take(graph.call_inclusive[row][e],
                         parts_.Inclusive(call.callee, e, above));
    if (graph.call_self.rows() == 0) continue;
    is_estimated |=
        Take(graph.call_self[row][e], parts_.Self(call.callee, above));
  }
  return is_estimated;
}

}  // namespace

void EstimateFocus(Profile& profile, const std::vector<bool>& chosen) {
  Filter(profile, chosen, Side::kFocus).Run();
}

void EstimateIgnored(Profile& profile, const std::vector<bool>& chosen) {
  Filter(profile, chosen, Side::kIgnore).Run();
}

}  // namespace prof2cg
