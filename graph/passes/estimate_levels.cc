#include "graph/passes/estimate_levels.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "graph/passes/flow_figures.h"
#include "graph/passes/flows.h"
#include "graph/passes/share_call.h"

namespace prof2cg {
namespace {

using Figures = std::vector<int64_t>;  // as in Flows

// As much of the part as the whole has.
int64_t Within(int64_t part, int64_t whole) {
  return std::clamp(part, std::min<int64_t>(0, whole),
                    std::max<int64_t>(0, whole));
}

bool IsRecursion(const Call& call) { return call.caller == call.callee; }

class Leveler {
 public:
  Leveler(Profile& profile, const std::vector<bool>& has_levels)
      : graph_(profile.graph),
        separation_(*profile.separation),
        provenance_(profile.provenance),
        has_levels_(has_levels),
        events_(profile.events.size()),
        has_self_(graph_.call_self.rows() != 0),
        figures_(CallFigures(graph_)),
        second_(Flows::kCosts + 2 * events_),
        sharer_(Flows::kCosts + 2 * events_) {}

  void Run() {
    SumRecursion();
    AddFunctions();
    AddCalls();
    graph_ = std::move(built_);
    separation_.functions = std::move(functions_);
    provenance_.estimated_functions = std::move(estimated_functions_);
    provenance_.estimated_calls = std::move(estimated_calls_);
  }

 private:
  Figures FiguresOf(size_t call) const {
    return {figures_[call].begin(), figures_[call].end()};
  }
  void SumRecursion();
  void LimitSecond(size_t row);
  void AddFunctions();
  void AddFunction(const Figures& figures, SeparatedFunction function,
                   bool is_estimated);

  void AddCalls();
  void AddRecursion(size_t call);
  void AddShares(size_t call);
  EventWeights WeighLevels(size_t row) const;
  void AddCall(const Call& call, uint32_t caller, uint32_t callee,
               std::span<const int64_t> figures, bool is_estimated);
  uint32_t First(FunctionId f) const { return first_of_[f.row()]; }
  bool HasSecond(FunctionId f) const { return has_second_[f.row()]; }

  CallGraph& graph_;
  Separation& separation_;
  Provenance& provenance_;
  const std::vector<bool>& has_levels_;  // per base
  const size_t events_;
  const bool has_self_;
  const CostTable figures_;  // per call

  CostTable second_;                // per row: figures of its second level
  std::vector<bool> has_second_;    // per row
  std::vector<bool> is_estimated_;  // per row: the parting of its levels
  std::vector<uint32_t> first_of_;  // per row: the new one; f'2 is the next

  CallGraph built_;
  std::vector<SeparatedFunction> functions_;
  std::vector<bool> estimated_functions_;
  std::vector<bool> estimated_calls_;
  CallSharer sharer_;
};

void Leveler::SumRecursion() {
  const size_t rows = graph_.counts.size();
  second_.Resize(rows);
  has_second_.resize(rows);
  is_estimated_.assign(rows, !has_self_);
  for (size_t c = 0; c < graph_.calls.size(); ++c) {
    const Call& call = graph_.calls[c];
    const size_t row = call.caller.row();
    if (!IsRecursion(call) || !has_levels_[separation_[call.caller].base.row()])
      continue;
    if (has_second_[row]) is_estimated_[row] = true;  // lines overlap
    has_second_[row] = true;
    second_.Add(row, FiguresOf(c));
  }
  for (size_t row = 0; row < rows; ++row) {
    if (has_second_[row]) LimitSecond(row);
  }
}

void Leveler::LimitSecond(size_t row) {
  const CallCounts counts = graph_.counts[row];
  const auto second = second_[row];
  const auto limit = [&](int64_t& part, int64_t whole) {
    const int64_t limited = Within(part, whole);
    if (limited != part) is_estimated_[row] = true;
    part = limited;
  };
  limit(second[Flows::kCalls], counts.total);
  limit(second[Flows::kPrimitive], second[Flows::kCalls]);
  for (size_t e = 0; e < events_; ++e) {
    limit(second[Flows::kCosts + e], graph_.inclusive[row][e]);
    int64_t& self = second[Flows::kCosts + events_ + e];
    const int64_t all = graph_.self[row][e];
    if (!has_self_ && counts.total != 0) {
      const int64_t share = Share(all, second[Flows::kCalls], counts.total);
      self = Within(share, second[Flows::kCosts + e]);
    }
    limit(self, all);
  }
}

void Leveler::AddFunctions() {
  built_.self = built_.inclusive = built_.call_inclusive = built_.call_self =
      CostTable(events_);
  for (size_t row = 0; row < has_second_.size(); ++row) {
    const SeparatedFunction& function = separation_.functions[row];
    const CallCounts counts = graph_.counts[row];
    const bool is_estimated = provenance_.IsFunctionEstimated(row) ||
                              (has_second_[row] && is_estimated_[row]);
    const Figures second(second_[row].begin(), second_[row].end());
    Figures first = {counts.total - second[Flows::kCalls], counts.primitive};
    first.insert(first.end(), graph_.inclusive[row].begin(),
                 graph_.inclusive[row].end());
    for (size_t e = 0; e < events_; ++e) {
      first.push_back(graph_.self[row][e] -
                      second[Flows::kCosts + events_ + e]);
    }
    first_of_.push_back(static_cast<uint32_t>(functions_.size()));
    AddFunction(first, function, is_estimated);
    if (!has_second_[row]) continue;
    SeparatedFunction recursion = function;
    recursion.level = 2;
    AddFunction(second, recursion, is_estimated);
  }
}

void Leveler::AddFunction(const Figures& figures, SeparatedFunction function,
                          bool is_estimated) {
  const std::span<const int64_t> all = figures;
  built_.counts.push_back({all[Flows::kCalls], all[Flows::kPrimitive]});
  built_.inclusive.Append(all.subspan(Flows::kCosts, events_));
  built_.self.Append(all.last(events_));
  functions_.push_back(function);
  estimated_functions_.push_back(is_estimated);
}

void Leveler::AddCalls() {
  for (size_t c = 0; c < graph_.calls.size(); ++c) {
    const Call& call = graph_.calls[c];
    if (!HasSecond(call.caller)) {
      AddCall(call, First(call.caller), First(call.callee), FiguresOf(c),
              provenance_.IsEstimated(c));
    } else if (IsRecursion(call)) {
      AddRecursion(c);
    } else {
      AddShares(c);
    }
  }
}

void Leveler::AddRecursion(size_t row) {
  const Call& call = graph_.calls[row];
  const uint32_t second = First(call.caller) + 1;
  const bool is_estimated = provenance_.IsEstimated(row);
  const Figures all = FiguresOf(row);
  const int64_t calls = all[Flows::kCalls];
  // However few are primitive, one of them was the first.
  const int64_t entering = std::max(Within(all[Flows::kPrimitive], calls),
                                    std::min<int64_t>(1, calls));
  const int64_t deeper = calls - entering;
  if (deeper == 0) {
    AddCall(call, second - 1, second, all, is_estimated);
    return;
  }
  Figures first = all;
  Figures further = all;
  first[Flows::kCalls] = first[Flows::kPrimitive] = entering;
  further[Flows::kCalls] = deeper;
  further[Flows::kPrimitive] = Within(all[Flows::kPrimitive], deeper);
  for (size_t i = Flows::kCosts; i < all.size(); ++i) {
    further[i] = Share(all[i], deeper, calls);
    const bool is_self = i >= Flows::kCosts + events_;
    if (is_self) first[i] -= further[i];
  }
  AddCall(call, second - 1, second, first, is_estimated || has_self_);
  AddCall(call, second, second, further, true);
}

void Leveler::AddShares(size_t row) {
  const Call& call = graph_.calls[row];
  sharer_.ShareBy(WeighLevels(call.caller.row()));
  const auto give = [&](size_t level, std::span<const int64_t> figures) {
    const uint32_t caller = First(call.caller) + static_cast<uint32_t>(level);
    AddCall(call, caller, First(call.callee), figures, true);
  };
  sharer_.Share(FiguresOf(row), give);
}

EventWeights Leveler::WeighLevels(size_t row) const {
  const auto second = second_[row];
  const CallCounts counts = graph_.counts[row];
  EventWeights weights(events_);
  for (size_t e = 0; e < events_; ++e) {
    const int64_t all = second[Flows::kCosts + e];
    const int64_t self = second[Flows::kCosts + events_ + e];
    const auto below = [](int64_t cost, int64_t part) {
      return Rest(cost, std::max<int64_t>(0, part));
    };
    const int64_t first_self = graph_.self[row][e] - self;
    weights[e] = {below(below(graph_.inclusive[row][e], all), first_self),
                  below(all, self)};
    if (weights[e][0] == 0 && weights[e][1] == 0) {
      weights[e] = {counts.total - second[Flows::kCalls],
                    second[Flows::kCalls]};
    }
  }
  return weights;
}

void Leveler::AddCall(const Call& call, uint32_t caller, uint32_t callee,
                      std::span<const int64_t> figures, bool is_estimated) {
  built_.calls.push_back(
      {FunctionId(caller),
       FunctionId(callee),
       call.line,
       {figures[Flows::kCalls], figures[Flows::kPrimitive]}});
  built_.call_inclusive.Append(figures.subspan(Flows::kCosts, events_));
  if (has_self_) built_.call_self.Append(figures.last(events_));
  estimated_calls_.push_back(is_estimated);
}

}  // namespace

std::vector<bool> FindLevels(const CallGraph& graph,
                             const std::vector<bool>& is_in_cycle,
                             const std::vector<uint32_t>& asked) {
  std::vector<bool> found(graph.counts.size());
  for (const Call& call : graph.calls) {
    const size_t f = call.callee.row();
    if (IsRecursion(call) && !is_in_cycle[f] && asked[f] > 1) found[f] = true;
  }
  return found;
}

void EstimateLevels(Profile& profile, const std::vector<bool>& has_levels) {
  if (std::ranges::find(has_levels, true) == has_levels.end()) return;
  Leveler(profile, has_levels).Run();
}

}  // namespace prof2cg
