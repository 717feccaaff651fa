#include "graph/compare/budgets.h"

#include <algorithm>
#include <iterator>
#include <string_view>

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

bool HasCall(const Figures& figures, uint32_t call) {
  return figures.call_calls[call] > 0;
}

}  // namespace

BudgetUse Use(const Budget& budget, const JoinedGraph& graph,
              const Repeats& repeats) {
  return BudgetCheck(budget, graph, repeats).Run();
}

std::vector<uint32_t> FindNewCalls(const CallerRule& rule,
                                   const JoinedGraph& graph,
                                   const Repeats& repeats) {
  MeasuredFigures(repeats.base, graph, kCallsEvent, "the base");
  MeasuredFigures(repeats.current, graph, kCallsEvent, "the current side");
  if (rule.callees.empty()) throw Error("no function has that name");
  if (rule.callers.empty()) throw Error("no function is in such a file");
  std::vector<bool> is_caller(graph.functions.size());
  for (const uint32_t f : rule.callers) is_caller[f] = true;
  std::vector<uint32_t> found;
  for (const uint32_t callee : rule.callees) {
    for (const uint32_t call : graph.CallsOf(callee)) {
      const auto has_call = [&](const Figures& f) { return HasCall(f, call); };
      if (is_caller[graph.calls[call].caller] &&
          std::ranges::none_of(repeats.base, has_call) &&
          std::ranges::all_of(repeats.current, has_call)) {
        found.push_back(call);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace prof2cg
