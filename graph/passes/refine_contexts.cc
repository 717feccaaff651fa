#include "graph/passes/refine_contexts.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "absl/hash/hash.h"
#include "graph/grouping.h"
#include "graph/passes/cycles.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/fit_figures.h"
#include "graph/passes/flow_figures.h"
#include "graph/passes/incoming_calls.h"
#include "graph/passes/name_limit.h"
#include "graph/passes/share_call.h"
#include "graph/passes/weigh_contexts.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

// Rows move when their table grows.
std::vector<int64_t> CopyOf(std::span<const int64_t> row) {
  return {row.begin(), row.end()};
}

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
        incoming_(SumIncomingCalls(graph_)),
        entries_(FindEntryCalls(profile, incoming_)),
        estimate_(Flows::kCosts + 2 * events_) {
    parts_left_ = kParts + kPartsPerCall * graph_.calls.size();
  }

  EstimatedContexts Run() {
    AddFunctions();
    AddCalls();
    while (Deepen()) ++depth_;
    return std::move(estimate_);
  }

 private:
  static constexpr size_t kParts = size_t{1} << 20;
  static constexpr size_t kPartsPerCall = 8;

  // A context with one caller more.
  struct Extension {
    uint32_t context;
    uint32_t caller;  // a context

    friend bool operator==(const Extension&, const Extension&) = default;
    template <class H>
    friend H AbslHashValue(H state, const Extension& extension) {
      return H::combine(std::move(state), extension.context, extension.caller);
    }
  };

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
  EventWeights WeighChildren(uint32_t context) const {
    return WeighContexts(estimate_, ChildrenOf(context), options_.weights);
  }

  void AddFunctions();
  void AddCalls();
  // One caller more for whatever needs it. False if nothing does.
  bool Deepen();

  void FindExtensions();
  void LimitNames();
  void LimitParts();
  void Grow();
  std::vector<uint32_t> AddChildren();
  void AddEntryFigures();
  // Of a context of the function with that caller.
  bool IsWithinCycle(FunctionId f, uint32_t caller) const {
    return caller != kNone &&
           options_.cycles[FunctionOf(caller)] == options_.cycles[f.row()] &&
           (depth_ == 0 || estimate_.contexts[caller].is_within_cycle);
  }
  void FitChildren(uint32_t context);
  void RefineCalls();
  void AddPart(size_t of, size_t context, std::span<const int64_t> figures,
               bool is_all);
  bool Grows(const Extension& extension) const {
    return depths_.Needed(FunctionId(FunctionOf(extension.context))) > depth_;
  }
  bool NeedsRefining(const EstimatedCall& call) const {
    return depths_.Needed(CallOf(call)) > depth_;
  }

  const Profile& profile_;
  const CallGraph& graph_;
  const size_t events_;
  const RefineOptions& options_;
  CallerDepths& depths_;
  const std::vector<bool> is_in_cycle_;  // per function, with others
  const IncomingCalls incoming_;
  const EntryCalls entries_;
  EstimatedContexts estimate_;

  uint32_t depth_ = 0;
  // Contexts and calls from here on know `depth_` callers.
  uint32_t first_context_ = 0;
  uint32_t first_call_ = 0;
  std::vector<Extension> extensions_;
  std::vector<uint32_t> extension_of_;  // per call from first_call_ on
  size_t names_ = 0;
  size_t parts_left_ = 0;
  FigureFitter fitter_;
};

void Refiner::AddFunctions() {
  estimate_.context_figures = FunctionFigures(graph_);
  for (size_t f = 0; f < graph_.counts.size(); ++f) {
    estimate_.contexts.push_back(
        {.function = FunctionId(f),
         .is_estimated = profile_.provenance.IsFunctionEstimated(f)});
    names_ += options_.has_levels[f] ? 2 : 1;
  }
}

void Refiner::AddCalls() {
  estimate_.call_figures = CallFigures(graph_);
  for (size_t c = 0; c < graph_.calls.size(); ++c) {
    const Call& call = graph_.calls[c];
    estimate_.calls.push_back(
        {.call = CallId(c),
         .caller = call.caller.row(),
         .callee = call.callee.row(),
         .is_estimated = profile_.provenance.IsEstimated(c)});
  }
}

bool Refiner::Deepen() {
  FindExtensions();
  LimitNames();
  LimitParts();
  const auto first_context = static_cast<uint32_t>(estimate_.contexts.size());
  const auto first_call = static_cast<uint32_t>(estimate_.calls.size());
  Grow();
  RefineCalls();
  first_context_ = first_context;
  first_call_ = first_call;
  return first_context != estimate_.contexts.size();
}

void Refiner::FindExtensions() {
  extensions_.clear();
  if (depth_ == 0) {
    for (const EntryCall& entry : entries_.calls) {
      extensions_.push_back({entry.callee.row(), kNone});
    }
  }
  RowIndex index;
  extension_of_.assign(estimate_.calls.size() - first_call_, kNone);
  for (size_t i = 0; i < extension_of_.size(); ++i) {
    const EstimatedCall& part = estimate_.calls[first_call_ + i];
    const Call& call = CallOf(part);
    const bool extends =
        call.caller != call.callee && depths_.Needed(call.callee) > depth_;
    if (!extends) continue;
    const Extension extension{part.callee, part.caller};
    extension_of_[i] = index.FindOrAdd(
        absl::HashOf(extension), static_cast<uint32_t>(extensions_.size()),
        [&](uint32_t other) { return extensions_[other] == extension; });
    if (extension_of_[i] == extensions_.size()) {
      extensions_.push_back(extension);
    }
  }
}

void Refiner::LimitNames() {
  std::vector<size_t> more(graph_.counts.size());
  std::vector<bool> has_one(estimate_.contexts.size() - first_context_);
  for (const Extension& extension : extensions_) {
    const size_t f = FunctionOf(extension.context);
    if (depths_.Asked(FunctionId(f)) <= depth_) continue;
    if (has_one[extension.context - first_context_]) {
      more[f] += options_.has_levels[f] ? 2 : 1;
    }
    has_one[extension.context - first_context_] = true;
  }
  const size_t most = options_.max_names;
  for (const FunctionId f : FindGreatest(more, most - std::min(most, names_))) {
    depths_.Ask(f, depth_);
    more[f.row()] = 0;
  }
  for (const size_t names : more) names_ += names;
  depths_.Update();
}

void Refiner::LimitParts() {
  std::vector<size_t> children(estimate_.contexts.size() - first_context_);
  for (const Extension& extension : extensions_) {
    children[extension.context - first_context_] += Grows(extension);
  }
  std::vector<size_t> parts(graph_.counts.size());  // per caller
  for (size_t i = first_call_; i < estimate_.calls.size(); ++i) {
    const EstimatedCall& call = estimate_.calls[i];
    if (!NeedsRefining(call)) continue;
    parts[FunctionOf(call.caller)] += children[call.caller - first_context_];
  }
  for (const FunctionId f : FindGreatest(parts, parts_left_)) {
    depths_.Limit(f, depth_);
    parts[f.row()] = 0;
  }
  for (const size_t count : parts) parts_left_ -= count;
  depths_.Update();
}

void Refiner::Grow() {
  const auto contexts = static_cast<uint32_t>(estimate_.contexts.size());
  const std::vector<uint32_t> children = AddChildren();
  estimate_.context_figures.Resize(estimate_.contexts.size());
  for (size_t i = 0; i < extension_of_.size(); ++i) {
    const uint32_t extension = extension_of_[i];
    if (extension == kNone || children[extension] == kNone) continue;
    EstimatedCall& call = estimate_.calls[first_call_ + i];
    call.callee = children[extension];
    estimate_.context_figures.Add(call.callee,
                                  estimate_.call_figures[first_call_ + i]);
    estimate_.contexts[call.callee].is_estimated |= call.is_estimated;
  }
  if (depth_ == 0) AddEntryFigures();
  for (uint32_t row = first_context_; row < contexts; ++row) FitChildren(row);
}

// Side by side for each context. Gives the context of each extension, or kNone.
std::vector<uint32_t> Refiner::AddChildren() {
  const auto context = [&](size_t i) {
    return extensions_[i].context - first_context_;
  };
  Grouping grouping(extensions_.size(),
                    estimate_.contexts.size() - first_context_, context);
  std::vector<uint32_t> order(extensions_.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    order[grouping.Take(context(i))] = i;
  }
  std::vector<uint32_t> children(extensions_.size(), kNone);
  for (const uint32_t i : order) {
    if (!Grows(extensions_[i])) continue;
    const auto [parent, caller] = extensions_[i];
    children[i] = static_cast<uint32_t>(estimate_.contexts.size());
    EstimatedContext& of = estimate_.contexts[parent];
    if (!of.HasChildren()) of.children = children[i];
    of.children_end = children[i] + 1;
    const FunctionId f = of.function;
    estimate_.contexts.push_back({.function = f,
                                  .parent = parent,
                                  .caller = caller,
                                  .depth = depth_ + 1,
                                  .is_within_cycle = IsWithinCycle(f, caller)});
  }
  return children;
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
  const auto whole = CopyOf(estimate_.context_figures[row]);
  bool is_exact = true;
  if (children.size() == 1) {
    std::ranges::copy(whole, estimate_.context_figures[of.children].begin());
    // An only caller is certain.
    if (depth_ == 0) estimate_.contexts[of.children].is_estimated = false;
  } else {
    is_exact = fitter_.Fit({whole, is_in_cycle_[of.function.row()]}, children,
                           WeighChildren(row), estimate_.context_figures);
  }
  for (size_t child = children.begin; child < children.end; ++child) {
    estimate_.contexts[child].is_estimated |= of.is_estimated || !is_exact;
  }
}

void Refiner::RefineCalls() {
  const size_t end = estimate_.calls.size();
  const size_t contexts = estimate_.contexts.size() - first_context_;
  const auto caller = [&](size_t i) {
    return estimate_.calls[first_call_ + i].caller - first_context_;
  };
  Grouping grouping(end - first_call_, contexts, caller);
  std::vector<uint32_t> order(end - first_call_);
  for (uint32_t i = 0; i < order.size(); ++i) {
    order[grouping.Take(caller(i))] = first_call_ + i;
  }
  CallSharer sharer(estimate_.call_figures.events());
  uint32_t shared = kNone;
  for (const uint32_t i : order) {
    const EstimatedCall call = estimate_.calls[i];
    const Siblings children = ChildrenOf(call.caller);
    if (children.size() == 0 || !NeedsRefining(call)) continue;
    estimate_.calls[i].is_refined = true;
    const auto figures = CopyOf(estimate_.call_figures[i]);
    if (children.size() == 1) {
      AddPart(i, children.begin, figures, true);
      continue;
    }
    if (std::exchange(shared, call.caller) != call.caller) {
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
  const bool is_recursion = CallOf(call).caller == CallOf(call).callee;
  const bool is_certain = is_all && !estimate_.contexts[caller].is_estimated;
  estimate_.calls.push_back({.call = call.call,
                             .caller = caller,
                             .callee = is_recursion ? caller : call.callee,
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
