#include "graph/passes/grow_contexts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/passes/cycles.h"
#include "graph/passes/flow_figures.h"
#include "graph/passes/flows.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

}  // namespace

ContextGrower::ContextGrower(Refinement& at)
    : at_(at),
      estimate_(at.estimate),
      is_in_cycle_(FindMutualRecursion(at.options.cycles)),
      calls_itself_(at.profile.graph.counts.size()),
      incoming_(SumIncomingCalls(at.profile.graph)),
      entries_(FindEntryCalls(at.profile, incoming_)) {
  for (const Call& call : at.profile.graph.calls) {
    if (call.caller == call.callee) calls_itself_[call.callee.row()] = true;
  }
}

RecursionWeights ContextGrower::Grow() {
  const auto contexts = static_cast<uint32_t>(estimate_.contexts.size());
  AddCallFigures(AddChildren());
  if (at_.known.depth == 0) AddEntryFigures();
  RecursionWeights weights;
  for (uint32_t row = at_.known.first_context; row < contexts; ++row) {
    FitChildren(row, weights);
  }
  return weights;
}

inline void ContextGrower::PrefetchCaller(size_t extension) const {
  if (extension >= at_.extensions.rows.size()) return;
  const uint32_t caller = at_.extensions.rows[extension].caller;
  if (caller != kNone) __builtin_prefetch(&estimate_.contexts[caller]);
}

FunctionId ContextGrower::FarthestCaller(uint32_t caller) const {
  if (caller == kNone) return {};
  const EstimatedContext& above = estimate_.contexts[caller];
  return at_.known.depth == 0 ? above.function : above.caller;
}

bool ContextGrower::IsWithinCycle(FunctionId f, uint32_t caller) const {
  const std::vector<uint32_t>& cycles = at_.options.cycles;
  return caller != kNone &&
         (at_.known.depth == 0 || estimate_.contexts[caller].is_within_cycle) &&
         cycles[at_.FunctionOf(caller)] == cycles[f.row()];
}

// Gives the context of each extension, or kNone.
std::vector<uint32_t> ContextGrower::AddChildren() {
  std::vector<uint32_t> children(at_.extensions.rows.size(), kNone);
  estimate_.contexts.reserve(estimate_.contexts.size() +
                             at_.extensions.rows.size());
  for (size_t i = 0; i < at_.extensions.rows.size(); ++i) {
    PrefetchCaller(i + Refinement::kAhead);
    if (!at_.Grows(at_.extensions.rows[i])) continue;
    const auto [parent, caller] = at_.extensions.rows[i];
    children[i] = static_cast<uint32_t>(estimate_.contexts.size());
    EstimatedContext& of = estimate_.contexts[parent];
    if (!of.HasChildren()) of.children = children[i];
    of.children_end = children[i] + 1;
    const FunctionId f = of.function;
    estimate_.contexts.push_back({.function = f,
                                  .parent = parent,
                                  .caller = FarthestCaller(caller),
                                  .depth = at_.known.depth + 1,
                                  .is_within_cycle = IsWithinCycle(f, caller)});
  }
  return children;
}

void ContextGrower::AddCallFigures(const std::vector<uint32_t>& children) {
  estimate_.context_figures.Resize(estimate_.contexts.size());
  for (size_t i = 0; i < at_.extensions.of_part.size(); ++i) {
    if (i + Refinement::kAhead < at_.extensions.of_part.size()) {
      const uint32_t ahead = at_.into.parts[i + Refinement::kAhead];
      __builtin_prefetch(&estimate_.calls[ahead]);
      estimate_.call_figures.Prefetch(ahead);
    }
    const uint32_t extension = at_.extensions.of_part[i];
    if (extension == kNone || children[extension] == kNone) continue;
    EstimatedCall& call = estimate_.calls[at_.into.parts[i]];
    call.callee = children[extension];
    estimate_.context_figures.Add(call.callee,
                                  estimate_.call_figures[at_.into.parts[i]]);
    estimate_.contexts[call.callee].is_estimated |= call.is_estimated;
  }
}

// What entered functions from outside the profile is the first of their
// contexts. Outside of cycles it is what the other calls leave.
void ContextGrower::AddEntryFigures() {
  const CostTable rows = EntryFigures(at_.profile.graph, entries_);
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    const size_t f = entry.callee.row();
    const EstimatedContext& of = estimate_.contexts[f];
    if (!of.HasChildren()) continue;
    const auto figures = estimate_.context_figures[of.children];
    std::ranges::copy(rows[row], figures.begin());
    const bool is_rest = entry.is_estimated && !is_in_cycle_[f];
    for (size_t e = 0; is_rest && e < at_.profile.events.size(); ++e) {
      figures[Flows::kCosts + e] =
          Rest(at_.profile.graph.inclusive[f][e], incoming_.inclusive[f][e]);
    }
    estimate_.contexts[of.children].is_estimated |=
        entry.is_estimated && !is_rest;
  }
}

void ContextGrower::FitChildren(uint32_t row, RecursionWeights& weights) {
  const EstimatedContext& of = estimate_.contexts[row];
  if (!of.HasChildren()) return;
  const Siblings children = at_.ChildrenOf(row);
  const std::span<const int64_t> whole = estimate_.context_figures[row];
  bool is_exact = true;
  if (children.size() == 1) {
    std::ranges::copy(whole, estimate_.context_figures[of.children].begin());
    // An only caller is certain.
    if (at_.known.depth == 0)
      estimate_.contexts[of.children].is_estimated = false;
  } else {
    const EventWeights& weighed = at_.WeighChildren(row);
    is_exact = fitter_.Fit({whole, is_in_cycle_[of.function.row()]}, children,
                           weighed, estimate_.context_figures);
    if (calls_itself_[of.function.row()]) weights[row] = weighed;
  }
  for (size_t child = children.begin; child < children.end; ++child) {
    estimate_.contexts[child].is_estimated |= of.is_estimated || !is_exact;
  }
}

}  // namespace prof2cg
