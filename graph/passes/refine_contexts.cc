#include "graph/passes/refine_contexts.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/passes/cycles.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/find_extensions.h"
#include "graph/passes/fit_figures.h"
#include "graph/passes/flow_figures.h"
#include "graph/passes/incoming_calls.h"
#include "graph/passes/name_limit.h"
#include "graph/passes/share_call.h"
#include "graph/passes/weigh_contexts.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

class Refiner {
 public:
  Refiner(const Profile& profile, const RefineOptions& options,
          CallerDepths& depths)
      : profile_(profile),
        graph_(profile.graph),
        events_(profile.events.size()),
        options_(options),
        depths_(depths),
        is_in_cycle_(FindMutualRecursion(options.cycles)),
        calls_itself_(graph_.counts.size()),
        incoming_(SumIncomingCalls(graph_)),
        entries_(FindEntryCalls(profile, incoming_)),
        estimate_(Flows::kCosts + 2 * events_) {
    parts_left_ = kParts + kPartsPerCall * graph_.calls.size();
    for (const Call& call : graph_.calls) {
      if (call.caller == call.callee) calls_itself_[call.callee.row()] = true;
    }
  }

  EstimatedContexts Run() {
    AddFunctions();
    AddCalls();
    while (NeedsMore() && Deepen()) ++known_.depth;
    return std::move(estimate_);
  }

 private:
  static constexpr size_t kAhead = CallGraph::kPrefetchedCalls;
  static constexpr size_t kParts = size_t{1} << 20;
  static constexpr size_t kPartsPerCall = 8;

  const Call& CallOf(const EstimatedCall& call) const {
    return graph_.calls[call.call.row()];
  }
  size_t FunctionOf(uint32_t context) const {
    return estimate_.contexts[context].function.row();
  }
  Siblings ChildrenOf(uint32_t context) const {
    const EstimatedContext& of = estimate_.contexts[context];
    return {of.children, of.children_end};
  }
  // Valid until the next call.
  const EventWeights& WeighChildren(uint32_t context) {
    WeighContexts(estimate_, ChildrenOf(context), options_.weights, weights_);
    return weights_;
  }

  void AddFunctions();
  void AddCalls();
  // One caller more for whatever needs it. False if nothing does.
  bool Deepen();

  bool NeedsMore() const;
  void LimitNames();
  void LimitParts();
  void Grow();
  std::vector<uint32_t> AddChildren();
  void AddCallFigures(const std::vector<uint32_t>& children);
  void AddEntryFigures();
  // Of a context of the function with that caller.
  FunctionId FarthestCaller(uint32_t caller) const {
    if (caller == kNone) return {};
    const EstimatedContext& above = estimate_.contexts[caller];
    return known_.depth == 0 ? above.function : above.caller;
  }
  bool IsWithinCycle(FunctionId f, uint32_t caller) const {
    return caller != kNone &&
           options_.cycles[FunctionOf(caller)] == options_.cycles[f.row()] &&
           (known_.depth == 0 || estimate_.contexts[caller].is_within_cycle);
  }
  void FitChildren(uint32_t context);
  void RefineCalls();
  bool IsRecursion(const EstimatedCall& call) const {
    return CallOf(call).caller == CallOf(call).callee;
  }
  // Calls of a caller lie all over the graph: asks for those that come up soon.
  [[gnu::always_inline]] void PrefetchParts(size_t place) const {
    if (place + 2 * kAhead >= from_.parts.size()) return;
    const uint32_t far = from_.parts[place + 2 * kAhead];
    __builtin_prefetch(&estimate_.calls[far]);
    estimate_.call_figures.Prefetch(far);
    const uint32_t near = from_.parts[place + kAhead];
    __builtin_prefetch(&CallOf(estimate_.calls[near]));
  }
  void AddPart(size_t of, size_t context, std::span<const int64_t> figures,
               bool is_all);
  bool Grows(const Extension& extension) const {
    return depths_.Needed(FunctionId(FunctionOf(extension.context))) >
           known_.depth;
  }
  bool NeedsRefining(const EstimatedCall& call) const {
    return depths_.Needed(CallOf(call)) > known_.depth;
  }

  const Profile& profile_;
  const CallGraph& graph_;
  const size_t events_;
  const RefineOptions& options_;
  CallerDepths& depths_;
  const std::vector<bool> is_in_cycle_;  // per function, with others
  std::vector<bool> calls_itself_;       // per function
  const IncomingCalls incoming_;
  const EntryCalls entries_;
  EstimatedContexts estimate_;

  KnownCallers known_;
  PartIndex into_;  // by callee
  PartIndex from_;  // by caller
  Extensions extensions_;
  size_t names_ = 0;
  size_t parts_left_ = 0;
  FigureFitter fitter_;
  EventWeights weights_;
  // By context: what its children weighed when their figures were fitted. That
  // left a part of direct recursion for each, which the calls must have, too.
  absl::flat_hash_map<uint32_t, EventWeights> recursion_weights_;
};

void Refiner::AddFunctions() {
  estimate_.context_figures = FunctionFigures(graph_);
  estimate_.contexts.reserve(graph_.counts.size());
  for (size_t f = 0; f < graph_.counts.size(); ++f) {
    estimate_.contexts.push_back(
        {.function = FunctionId(f),
         .is_estimated = profile_.provenance.IsFunctionEstimated(f)});
    names_ += options_.has_levels[f] ? 2 : 1;
  }
}

void Refiner::AddCalls() {
  estimate_.call_figures = CallFigures(graph_);
  estimate_.calls.reserve(graph_.calls.size());
  for (size_t c = 0; c < graph_.calls.size(); ++c) {
    const Call& call = graph_.calls[c];
    estimate_.calls.push_back(
        {.call = CallId(c),
         .caller = call.caller.row(),
         .callee = call.callee.row(),
         .is_estimated = profile_.provenance.IsEstimated(c)});
  }
}

bool Refiner::NeedsMore() const {
  for (size_t f = 0; f < graph_.counts.size(); ++f) {
    if (depths_.Needed(FunctionId(f)) > known_.depth) return true;
  }
  return false;
}

bool Refiner::Deepen() {
  into_ = IndexParts(estimate_, known_, &EstimatedCall::callee);
  from_ = IndexParts(estimate_, known_, &EstimatedCall::caller);
  extensions_ = FindExtensions(estimate_, known_, into_, entries_, depths_);
  LimitNames();
  LimitParts();
  const auto first_context = static_cast<uint32_t>(estimate_.contexts.size());
  const auto first_call = static_cast<uint32_t>(estimate_.calls.size());
  Grow();
  RefineCalls();
  recursion_weights_.clear();
  known_.first_context = first_context;
  known_.first_call = first_call;
  return first_context != estimate_.contexts.size();
}

void Refiner::LimitNames() {
  std::vector<size_t> more(graph_.counts.size());
  for (size_t i = 1; i < extensions_.rows.size(); ++i) {
    const size_t f = FunctionOf(extensions_.rows[i].context);
    const bool is_first =
        extensions_.rows[i - 1].context != extensions_.rows[i].context;
    if (is_first || depths_.Asked(FunctionId(f)) <= known_.depth) continue;
    more[f] += options_.has_levels[f] ? 2 : 1;
  }
  const size_t most = options_.max_names;
  const std::vector<FunctionId> greatest =
      FindGreatest(more, most - std::min(most, names_));
  for (const FunctionId f : greatest) {
    depths_.Ask(f, known_.depth);
    more[f.row()] = 0;
  }
  for (const size_t names : more) names_ += names;
  if (!greatest.empty()) depths_.Update();
}

void Refiner::LimitParts() {
  const size_t contexts = estimate_.contexts.size();
  std::vector<uint32_t> children(contexts - known_.first_context);
  for (const Extension& extension : extensions_.rows) {
    children[extension.context - known_.first_context] += Grows(extension);
  }
  std::vector<size_t> parts(graph_.counts.size());  // per caller
  for (uint32_t row = known_.first_context; row < contexts; ++row) {
    const uint32_t group = row - known_.first_context;
    if (children[group] == 0) continue;
    for (uint32_t i = from_.begins[group]; i < from_.begins[group + 1]; ++i) {
      PrefetchParts(i);
      if (!NeedsRefining(estimate_.calls[from_.parts[i]])) continue;
      parts[FunctionOf(row)] += children[group];
    }
  }
  const std::vector<FunctionId> greatest = FindGreatest(parts, parts_left_);
  for (const FunctionId f : greatest) {
    depths_.Limit(f, known_.depth);
    parts[f.row()] = 0;
  }
  const size_t all = std::reduce(parts.begin(), parts.end());
  parts_left_ -= all;
  estimate_.calls.reserve(estimate_.calls.size() + all);
  estimate_.call_figures.Reserve(estimate_.calls.size() + all);
  if (!greatest.empty()) depths_.Update();
}

void Refiner::Grow() {
  const auto contexts = static_cast<uint32_t>(estimate_.contexts.size());
  AddCallFigures(AddChildren());
  if (known_.depth == 0) AddEntryFigures();
  for (uint32_t row = known_.first_context; row < contexts; ++row)
    FitChildren(row);
}

// Gives the context of each extension, or kNone.
std::vector<uint32_t> Refiner::AddChildren() {
  std::vector<uint32_t> children(extensions_.rows.size(), kNone);
  estimate_.contexts.reserve(estimate_.contexts.size() +
                             extensions_.rows.size());
  for (size_t i = 0; i < extensions_.rows.size(); ++i) {
    if (!Grows(extensions_.rows[i])) continue;
    const auto [parent, caller] = extensions_.rows[i];
    children[i] = static_cast<uint32_t>(estimate_.contexts.size());
    EstimatedContext& of = estimate_.contexts[parent];
    if (!of.HasChildren()) of.children = children[i];
    of.children_end = children[i] + 1;
    const FunctionId f = of.function;
    estimate_.contexts.push_back({.function = f,
                                  .parent = parent,
                                  .caller = FarthestCaller(caller),
                                  .depth = known_.depth + 1,
                                  .is_within_cycle = IsWithinCycle(f, caller)});
  }
  return children;
}

void Refiner::AddCallFigures(const std::vector<uint32_t>& children) {
  estimate_.context_figures.Resize(estimate_.contexts.size());
  for (size_t i = 0; i < extensions_.of_part.size(); ++i) {
    if (i + kAhead < extensions_.of_part.size()) {
      const uint32_t ahead = into_.parts[i + kAhead];
      __builtin_prefetch(&estimate_.calls[ahead]);
      estimate_.call_figures.Prefetch(ahead);
    }
    const uint32_t extension = extensions_.of_part[i];
    if (extension == kNone || children[extension] == kNone) continue;
    EstimatedCall& call = estimate_.calls[into_.parts[i]];
    call.callee = children[extension];
    estimate_.context_figures.Add(call.callee,
                                  estimate_.call_figures[into_.parts[i]]);
    estimate_.contexts[call.callee].is_estimated |= call.is_estimated;
  }
}

// What entered functions from outside the profile is the first of their
// contexts. Outside of cycles it is what the other calls leave.
void Refiner::AddEntryFigures() {
  const CostTable rows = EntryFigures(graph_, entries_);
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    const size_t f = entry.callee.row();
    const EstimatedContext& of = estimate_.contexts[f];
    if (!of.HasChildren()) continue;
    const auto figures = estimate_.context_figures[of.children];
    std::ranges::copy(rows[row], figures.begin());
    const bool is_rest = entry.is_estimated && !is_in_cycle_[f];
    for (size_t e = 0; is_rest && e < events_; ++e) {
      figures[Flows::kCosts + e] =
          Rest(graph_.inclusive[f][e], incoming_.inclusive[f][e]);
    }
    estimate_.contexts[of.children].is_estimated |=
        entry.is_estimated && !is_rest;
  }
}

void Refiner::FitChildren(uint32_t row) {
  const EstimatedContext& of = estimate_.contexts[row];
  if (!of.HasChildren()) return;
  const Siblings children = ChildrenOf(row);
  const std::span<const int64_t> whole = estimate_.context_figures[row];
  bool is_exact = true;
  if (children.size() == 1) {
    std::ranges::copy(whole, estimate_.context_figures[of.children].begin());
    // An only caller is certain.
    if (known_.depth == 0) estimate_.contexts[of.children].is_estimated = false;
  } else {
    const EventWeights& weights = WeighChildren(row);
    is_exact = fitter_.Fit({whole, is_in_cycle_[of.function.row()]}, children,
                           weights, estimate_.context_figures);
    if (calls_itself_[of.function.row()]) {
      recursion_weights_[row] = weights;
    }
  }
  for (size_t child = children.begin; child < children.end; ++child) {
    estimate_.contexts[child].is_estimated |= of.is_estimated || !is_exact;
  }
}

void Refiner::RefineCalls() {
  CallSharer sharer(estimate_.call_figures.events());
  std::vector<int64_t> figures;  // rows move when their table grows
  uint32_t shared = kNone;
  for (size_t place = 0; place < from_.parts.size(); ++place) {
    PrefetchParts(place);
    const uint32_t i = from_.parts[place];
    const EstimatedCall call = estimate_.calls[i];
    const Siblings children = ChildrenOf(call.caller);
    if (children.size() == 0 || !NeedsRefining(call)) continue;
    estimate_.calls[i].is_refined = true;
    const auto whole = std::as_const(estimate_.call_figures)[i];
    figures.assign(whole.begin(), whole.end());
    if (children.size() == 1) {
      AddPart(i, children.begin, figures, true);
      continue;
    }
    if (IsRecursion(call)) {
      sharer.ShareBy(recursion_weights_.at(call.caller));
      shared = kNone;
    } else if (std::exchange(shared, call.caller) != call.caller) {
      sharer.ShareBy(WeighChildren(call.caller));
    }
    sharer.Share(figures, [&](size_t child, std::span<const int64_t> part) {
      AddPart(i, children.begin + child, part, false);
    });
  }
}

void Refiner::AddPart(size_t of, size_t context,
                      std::span<const int64_t> figures, bool is_all) {
  const EstimatedCall call = estimate_.calls[of];
  const auto caller = static_cast<uint32_t>(context);
  const bool is_certain = is_all && !estimate_.contexts[caller].is_estimated;
  estimate_.calls.push_back({.call = call.call,
                             .caller = caller,
                             .callee = IsRecursion(call) ? caller : call.callee,
                             .is_estimated = call.is_estimated || !is_certain});
  estimate_.call_figures.Append(figures);
}

}  // namespace

EstimatedContexts RefineContexts(const Profile& profile,
                                 const RefineOptions& options,
                                 CallerDepths& depths) {
  return Refiner(profile, options, depths).Run();
}

}  // namespace prof2cg
