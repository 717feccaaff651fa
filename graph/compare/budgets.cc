#include "graph/compare/budgets.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "graph/compare/gate.h"
#include "graph/compare/known_units.h"
#include "graph/compare/subjects.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// Of decimal factors, which have no exact value: 1.15 × 100 is 115.
constexpr double kRounding = 1e-12;

SideFigures MeasuredFigures(const std::vector<Figures>& profiles,
                            const JoinedGraph& graph, std::string_view event,
                            std::string_view side) {
  SideFigures figures(profiles, RequireEvent(graph, event));
  for (size_t profile = 0; profile < figures.size(); ++profile) {
    if (figures.total(profile) > 0) continue;
    throw Error("nothing was measured of " + std::string(event) + " in " +
                std::string(side));
  }
  return figures;
}

// Figures of the budget's event on both sides, and what it measures them by.
class BudgetCheck {
 public:
  BudgetCheck(const Budget& budget, const JoinedGraph& graph,
              const Repeats& repeats)
      : budget_(budget),
        graph_(graph),
        repeats_(repeats),
        current_(MeasuredFigures(repeats.current, graph, budget.event,
                                 "the current side")),
        kind_(RequireEvent(graph, budget.event) ? Subject::Kind::kInclusive
                                                : Subject::Kind::kCalls) {
    CheckUnit();
    if (budget.functions.empty()) throw Error("no function has that name");
  }

  BudgetUse Run() const {
    switch (budget_.kind) {
      case Budget::Kind::kAmount:
        return WorstOf(budget_.functions, [](uint32_t, size_t) { return 1; });
      case Budget::Kind::kOfBase:
        return RunOfBase();
      case Budget::Kind::kPerCall:
        return RunPerCall();
    }
    return {};
  }

 private:
  void CheckUnit() const {
    const auto event = RequireEvent(graph_, budget_.event);
    const Unit unit = event ? graph_.events[*event].unit : Unit::kCount;
    if (!budget_.unit || *budget_.unit == unit) return;
    throw Error(budget_.event + " has another unit: it is " +
                std::string(UnitName(unit)));
  }

  BudgetUse RunOfBase() const {
    const SideFigures base =
        MeasuredFigures(repeats_.base, graph_, budget_.event, "the base");
    std::vector<uint32_t> functions;
    std::ranges::copy_if(
        budget_.functions, std::back_inserter(functions),
        [&](uint32_t f) { return graph_.functions[f].base.is_valid(); });
    if (functions.empty()) throw Error("no function of the base has that name");
    return WorstOf(functions, [&](uint32_t f, size_t) {
      int64_t greatest = 0;
      for (size_t profile = 0; profile < base.size(); ++profile) {
        greatest = std::max(greatest, base.Of({kind_, f}, profile));
      }
      return greatest;
    });
  }

  BudgetUse RunPerCall() const {
    std::vector<int64_t> calls;
    for (const Figures& figures : repeats_.current) {
      int64_t sum = 0;
      for (const uint32_t f : budget_.per_calls_of) {
        sum = SaturatingAdd(sum, figures.calls[f]);
      }
      if (sum <= 0) throw Error("there are no calls to count it by");
      calls.push_back(sum);
    }
    return WorstOf(budget_.functions,
                   [&](uint32_t, size_t profile) { return calls[profile]; });
  }

  // measure(function, profile). Of each function, the profile that speaks most
  // for it.
  template <class Measure>
  BudgetUse WorstOf(const std::vector<uint32_t>& functions,
                    Measure measure) const {
    BudgetUse worst;
    double worst_ratio = -1;
    for (const uint32_t f : functions) {
      BudgetUse best{.function = f};
      double best_ratio = 0;
      for (size_t profile = 0; profile < current_.size(); ++profile) {
        const int64_t cost = current_.Of({kind_, f}, profile);
        const int64_t by = measure(f, profile);
        const double ratio = Ratio(cost, by);
        if (profile != 0 && ratio >= best_ratio) continue;
        best_ratio = ratio;
        best.cost = cost;
        best.measure = by;
      }
      const size_t exceeding = worst.exceeding + (best_ratio > 1 + kRounding);
      if (best_ratio > worst_ratio) {
        worst_ratio = best_ratio;
        worst = best;
      }
      worst.exceeding = exceeding;
    }
    return worst;
  }

  // Of what a function costs to what it may.
  double Ratio(int64_t cost, int64_t measure) const {
    if (cost <= 0) return 0;
    return static_cast<double>(cost) /
           (budget_.limit * static_cast<double>(measure));
  }

  const Budget& budget_;
  const JoinedGraph& graph_;
  const Repeats& repeats_;
  SideFigures current_;
  Subject::Kind kind_;
};

// Tells the calls of the current side that break a rule.
class CallerCheck {
 public:
  CallerCheck(const CallerRule& rule, const JoinedGraph& graph,
              const Repeats& repeats, std::optional<uint32_t> others)
      : graph_(graph),
        repeats_(repeats),
        others_(others),
        is_caller_(graph.functions.size()) {
    for (const uint32_t f : rule.callers) is_caller_[f] = true;
    if (others_) is_caller_[*others_] = true;
  }

  NewCalls Find(const std::vector<uint32_t>& callees) && {
    for (const uint32_t callee : callees) {
      for (const uint32_t call : graph_.CallsOf(callee)) Add(call);
      const bool may_be_others =
          others_ && !graph_.functions[callee].current.is_valid();
      if (!may_be_others) continue;
      for (const uint32_t call : graph_.CallsOf(*others_)) {
        if (IsByCaller(call)) found_.possible.push_back(call);
      }
    }
    std::ranges::sort(found_.proven);
    std::ranges::sort(found_.possible);
    return std::move(found_);
  }

 private:
  void Add(uint32_t call) {
    if (!IsByCaller(call)) return;
    if (others_ == graph_.calls[call].caller) {
      found_.possible.push_back(call);
    } else if (!HasBase(call)) {
      (MayBeOld(call) ? found_.possible : found_.proven).push_back(call);
    }
  }

  bool IsByCaller(uint32_t call) const {
    return is_caller_[graph_.calls[call].caller] &&
           std::ranges::all_of(repeats_.current, [&](const Figures& figures) {
             return figures.call_calls[call] > 0;
           });
  }

  bool HasBase(uint32_t call) const {
    return std::ranges::any_of(repeats_.base, [&](const Figures& figures) {
      return figures.call_calls[call] > 0;
    });
  }

  // Whether the base may have it as a call of functions that it does not list.
  bool MayBeOld(uint32_t call) const {
    const auto [caller, callee] = graph_.calls[call];
    const JoinedCall listed{InBase(caller), InBase(callee)};
    if (listed == graph_.calls[call]) return false;
    if (listed.caller == listed.callee) return true;
    const std::optional<uint32_t> old = graph_.FindCall(listed);
    return old && HasBase(*old);
  }

  uint32_t InBase(uint32_t function) const {
    const bool may_be_others = others_ &&
                               graph_.functions[*others_].base.is_valid() &&
                               !graph_.functions[function].base.is_valid();
    return may_be_others ? *others_ : function;
  }

  const JoinedGraph& graph_;
  const Repeats& repeats_;
  const std::optional<uint32_t> others_;
  std::vector<bool> is_caller_;
  NewCalls found_;
};

}  // namespace

BudgetUse Use(const Budget& budget, const JoinedGraph& graph,
              const Repeats& repeats) {
  return BudgetCheck(budget, graph, repeats).Run();
}

NewCalls FindNewCalls(const CallerRule& rule, const JoinedGraph& graph,
                      const Repeats& repeats, std::optional<uint32_t> others) {
  MeasuredFigures(repeats.base, graph, kCallsEvent, "the base");
  MeasuredFigures(repeats.current, graph, kCallsEvent, "the current side");
  if (rule.callees.empty()) throw Error("no function has that name");
  if (rule.callers.empty()) throw Error("no function is in such a file");
  return CallerCheck(rule, graph, repeats, others).Find(rule.callees);
}

}  // namespace prof2cg
