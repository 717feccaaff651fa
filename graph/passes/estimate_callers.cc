#include "graph/passes/estimate_callers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/grouping.h"
#include "graph/passes/caller_depths.h"
#include "graph/passes/cycles.h"
#include "graph/passes/estimate_levels.h"
#include "graph/passes/estimated_contexts.h"
#include "graph/passes/name_limit.h"
#include "graph/passes/name_separated.h"
#include "graph/passes/refine_contexts.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

// Makes functions of contexts, and calls of their parts.
class Builder {
 public:
  Builder(const EstimatedContexts& estimate, const CallerDepths& depths,
          Profile& profile)
      : estimate_(estimate),
        depths_(depths),
        profile_(profile),
        has_self_(profile.graph.call_self.rows() != 0),
        built_(NoFigures(profile.events.size())) {}

  void Run() {
    AddFunctions();
    AddCalls();
    profile_.graph = std::move(built_);
    profile_.separation = std::move(separation_);
    profile_.provenance.estimated_functions = std::move(estimated_functions_);
    profile_.provenance.estimated_calls = std::move(estimated_calls_);
  }

 private:
  static CallGraph NoFigures(size_t events) {
    const CostTable none(events);
    return {.counts = {},
            .self = none,
            .inclusive = none,
            .calls = {},
            .call_inclusive = none,
            .call_self = none};
  }

  static constexpr size_t kAhead = CallGraph::kPrefetchedCalls;

  // Whether it is not shown by contexts of its own.
  static bool Stands(uint32_t depth, uint32_t asked, bool is_shared) {
    return depth == asked || (depth < asked && !is_shared);
  }
  bool IsFunction(const EstimatedContext& context) const {
    return Stands(context.depth, depths_.Asked(context.function),
                  context.HasChildren());
  }
  bool IsCall(const EstimatedCall& part) const {
    const Call& call = profile_.graph.calls[part.call.row()];
    return Stands(estimate_.contexts[part.caller].depth, depths_.Asked(call),
                  part.is_refined);
  }

  void AddFunctions();
  void AddFunction(uint32_t context);
  void AddCalls();
  void AddCall(size_t part);
  // Parts of a call lie all over their table, and what they are of and between
  // all over theirs: asks for those that come up soon.
  [[gnu::always_inline]] void PrefetchCallOf(size_t part) const {
    if (part >= estimate_.calls.size()) return;
    const CallId call = estimate_.calls[part].call;
    __builtin_prefetch(&profile_.graph.calls[call.row()]);
  }
  [[gnu::always_inline]] void PrefetchParts(
      std::span<const uint32_t> soon) const {
    if (soon.size() <= 2 * kAhead) return;
    __builtin_prefetch(&estimate_.calls[soon[2 * kAhead]]);
    estimate_.call_figures.Prefetch(soon[2 * kAhead]);
    const EstimatedCall& next = estimate_.calls[soon[kAhead]];
    __builtin_prefetch(&row_of_[next.caller]);
    __builtin_prefetch(&row_of_[next.callee]);
  }
  std::span<const int64_t> Inclusive(std::span<const int64_t> figures) const {
    return figures.subspan(Flows::kCosts, profile_.events.size());
  }
  std::span<const int64_t> Self(std::span<const int64_t> figures) const {
    return figures.last(profile_.events.size());
  }

  const EstimatedContexts& estimate_;
  const CallerDepths& depths_;
  Profile& profile_;
  const bool has_self_;
  std::vector<uint32_t> row_of_;  // per context: of its function
  CallGraph built_;
  Separation separation_;
  std::vector<bool> estimated_functions_;
  std::vector<bool> estimated_calls_;
};

void Builder::AddFunctions() {
  separation_.bases = std::move(profile_.functions);
  std::vector<uint32_t> shown;
  for (uint32_t i = 0; i < estimate_.contexts.size(); ++i) {
    if (IsFunction(estimate_.contexts[i])) shown.push_back(i);
  }
  const auto base = [&](size_t i) {
    return estimate_.contexts[shown[i]].function.row();
  };
  Grouping grouping(shown.size(), separation_.bases.size(), base);
  std::vector<uint32_t> order(shown.size());
  for (size_t i = 0; i < shown.size(); ++i) {
    order[grouping.Take(base(i))] = shown[i];
  }
  row_of_.assign(estimate_.contexts.size(), kNone);
  separation_.functions.reserve(order.size());
  built_.counts.reserve(order.size());
  built_.inclusive.Reserve(order.size());
  built_.self.Reserve(order.size());
  for (const uint32_t context : order) AddFunction(context);
  // Callers that no name shows.
  for (size_t i = 0; i < row_of_.size(); ++i) {
    const EstimatedContext& context = estimate_.contexts[i];
    if (row_of_[i] == kNone && context.parent != kNone) {
      row_of_[i] = row_of_[context.parent];
    }
  }
}

void Builder::AddFunction(uint32_t context) {
  const EstimatedContext& row = estimate_.contexts[context];
  const auto figures = estimate_.context_figures[context];
  row_of_[context] = static_cast<uint32_t>(built_.counts.size());
  built_.counts.push_back({figures[Flows::kCalls], figures[Flows::kPrimitive]});
  built_.inclusive.Append(Inclusive(figures));
  built_.self.Append(Self(figures));
  estimated_functions_.push_back(row.is_estimated);

  SeparatedFunction separated{.base = row.function};
  separated.callers = static_cast<uint32_t>(separation_.callers.size());
  for (uint32_t with = context; with != kNone;
       with = estimate_.contexts[with].parent) {
    const FunctionId caller = estimate_.contexts[with].caller;
    if (caller.is_valid()) separation_.callers.push_back(caller);
  }
  std::reverse(separation_.callers.begin() + separated.callers,
               separation_.callers.end());
  separated.callers_end = static_cast<uint32_t>(separation_.callers.size());
  separation_.functions.push_back(separated);
}

// In the order of the calls that they are parts of.
void Builder::AddCalls() {
  std::vector<uint32_t> shown;
  for (uint32_t i = 0; i < estimate_.calls.size(); ++i) {
    PrefetchCallOf(i + kAhead);
    if (IsCall(estimate_.calls[i])) shown.push_back(i);
  }
  const auto call = [&](size_t i) {
    return estimate_.calls[shown[i]].call.row();
  };
  Grouping grouping(shown.size(), profile_.graph.calls.size(), call);
  std::vector<uint32_t> order(shown.size());
  for (size_t i = 0; i < shown.size(); ++i) {
    order[grouping.Take(call(i))] = shown[i];
  }
  built_.calls.reserve(order.size());
  built_.call_inclusive.Reserve(order.size());
  if (has_self_) built_.call_self.Reserve(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    PrefetchParts(std::span(order).subspan(i));
    AddCall(order[i]);
  }
}

void Builder::AddCall(size_t row) {
  const EstimatedCall& part = estimate_.calls[row];
  const auto figures = estimate_.call_figures[row];
  built_.calls.push_back(
      {FunctionId(row_of_[part.caller]),
       FunctionId(row_of_[part.callee]),
       profile_.graph.calls[part.call.row()].line,
       {figures[Flows::kCalls], figures[Flows::kPrimitive]}});
  built_.call_inclusive.Append(Inclusive(figures));
  if (has_self_) built_.call_self.Append(Self(figures));
  estimated_calls_.push_back(part.is_estimated);
}

// Levels asked for that only contexts tell: all of functions that call each
// other, and of those that call themselves the third and further ones.
void NoteUntoldLevels(Profile& profile, const std::vector<bool>& is_in_cycle,
                      const std::vector<uint32_t>& asked) {
  std::vector<bool> is_untold(asked.size());
  for (size_t f = 0; f < asked.size(); ++f) {
    is_untold[f] = is_in_cycle[f] && asked[f] > 1;
  }
  for (const Call& call : profile.graph.calls) {
    const bool goes_deeper = call.counts.primitive < call.counts.total;
    if (call.caller != call.callee || !goes_deeper) continue;
    if (asked[call.callee.row()] > 2) is_untold[call.callee.row()] = true;
  }
  profile.provenance.Note(
      "function is told apart by fewer levels of recursion than asked for: "
      "only calling contexts would tell",
      "functions are told apart by fewer levels of recursion than asked for: "
      "only calling contexts would tell",
      std::ranges::count(is_untold, true));
}

void WeakenOrigins(Provenance& provenance) {
  const auto weaken = [](Origin& origin) {
    if (origin == Origin::kMeasured) origin = Origin::kDerived;
  };
  weaken(provenance.counts);
  weaken(provenance.call_counts);
  for (Provenance::Columns& event : provenance.events) {
    weaken(event.self);
    weaken(event.inclusive);
    weaken(event.call_inclusive);
    weaken(event.call_self);
  }
}

}  // namespace

void EstimateCallers(Profile& profile, const SeparationRules& rules,
                     ContextWeights weights) {
  const std::vector<uint32_t> cycles = NumberCycles(profile.graph);
  const std::vector<bool> is_in_cycle = FindMutualRecursion(cycles);
  if (rules.wants_levels) NoteUntoldLevels(profile, is_in_cycle, rules.levels);
  const std::vector<bool> has_levels =
      FindLevels(profile.graph, is_in_cycle, rules.levels);
  CallerDepths depths(profile.graph, rules.callers);
  const EstimatedContexts estimate = RefineContexts(
      profile, {weights, cycles, has_levels, rules.max_names}, depths);
  Builder(estimate, depths, profile).Run();
  EstimateLevels(profile, has_levels);
  WeakenOrigins(profile.provenance);
  profile.functions = NameSeparated(*profile.separation, profile.strings);
  NoteFewerCallers(profile.provenance, depths.reduced());
}

}  // namespace prof2cg
