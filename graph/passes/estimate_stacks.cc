#include "graph/passes/estimate_stacks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "graph/passes/apportion.h"
#include "graph/passes/call_index.h"
#include "graph/passes/cycles.h"
#include "graph/passes/entry_calls.h"

namespace prof2cg {
namespace {

// Levels of functions that call each other, beyond which one is taken for
// entered already: what is left of a cycle's cost by then is nothing.
constexpr int kMostLevels = 100;
// Deeper stacks begin anew: what is written of them is as long as they are
// deep.
constexpr uint32_t kMostDepth = 256;
// Less than this part of every event is not looked at for its own sake.
constexpr double kLeastWeight = 1e-6;

// A part of a function's figures for each event, and behind these of its calls.
using Parts = std::vector<double>;

double Positive(int64_t figure) {
  return figure > 0 ? static_cast<double>(figure) : 0;
}

class StackEstimator {
 public:
  StackEstimator(const Profile& profile, size_t most)
      : profile_(profile),
        graph_(profile.graph),
        columns_(profile.events.size() + 1),
        most_(most),
        callees_(IndexByCaller(graph_)),
        cycles_(NumberCycles(graph_)),
        entries_(FindEntryCalls(profile)),
        first_(profile.functions.size()) {
    tree_.self = CostTable(profile.events.size());
    for (const int64_t total : graph_.self.Totals()) {
      totals_.push_back(Positive(total));
    }
    totals_.push_back(0);
    for (const CallCounts counts : graph_.counts) {
      totals_.back() += Positive(counts.total);
    }
    SumIncoming();
  }

  ContextTree Estimate() && {
    for (size_t entry = 0; entry < entries_.calls.size(); ++entry) {
      Offer({.entry = entry});
    }
    AddHeaviest();
    AddMissing();
    tree_.self.Resize(tree_.contexts.size());
    ShareFigures();
    return std::move(tree_);
  }

 private:
  // A context that may be added: of a call by `parent`'s function, or of an
  // entry from outside.
  struct Candidate {
    double weight = 0;
    ContextId parent = {};
    CallId call = {};
    size_t entry = 0;

    // The first offered comes first of those that weigh the same.
    friend bool operator<(const Candidate& a, const Candidate& b) {
      return std::pair(a.weight, b.order) < std::pair(b.weight, a.order);
    }
    size_t order = 0;
  };

  FunctionId CalleeOf(const Candidate& candidate) const {
    return candidate.parent.is_valid()
               ? graph_.calls[candidate.call.row()].callee
               : entries_.calls[candidate.entry].callee;
  }
  std::span<const double> PartsOf(ContextId context) const {
    return {parts_.data() + context.row() * columns_, columns_};
  }
  // What column `c` has of a row of costs, or of its count.
  static double Figure(std::span<const int64_t> costs, int64_t calls,
                       size_t c) {
    return Positive(c < costs.size() ? costs[c] : calls);
  }
  double& Incoming(FunctionId f, size_t column) {
    return incoming_[f.row() * columns_ + column];
  }

  void SumIncoming();
  Parts PartsFor(const Candidate& candidate);
  double WeightOf(FunctionId f, const Parts& parts) const;
  bool IsActive(FunctionId f, ContextId caller) const;
  bool IsDeepest(ContextId context) const {
    return depths_[context.row()] == kMostDepth;
  }
  void Offer(Candidate candidate);
  void OfferCallees(ContextId context);
  ContextId Add(const Candidate& candidate);
  void AddHeaviest();
  void AddMissing();
  void ShareFigures();

  const Profile& profile_;
  const CallGraph& graph_;
  const size_t columns_;
  const size_t most_;
  const CallIndex callees_;
  const std::vector<uint32_t> cycles_;
  const EntryCalls entries_;
  std::vector<double> totals_;    // per column
  std::vector<double> incoming_;  // per function and column: from everywhere
  std::vector<ContextId> first_;  // per function: its first context
  std::priority_queue<Candidate> candidates_;
  size_t offered_ = 0;
  ContextTree tree_;
  std::vector<double> parts_;     // per context and column
  std::vector<uint32_t> depths_;  // per context: of a root 1
};

// Without direct recursion, which enters no context.
void StackEstimator::SumIncoming() {
  incoming_.resize(profile_.functions.size() * columns_);
  for (size_t row = 0; row < graph_.calls.size(); ++row) {
    const Call& call = graph_.calls[row];
    if (call.caller == call.callee) continue;
    for (size_t c = 0; c < columns_; ++c) {
      Incoming(call.callee, c) +=
          Figure(graph_.call_inclusive[row], call.counts.total, c);
    }
  }
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    for (size_t c = 0; c < columns_; ++c) {
      Incoming(entry.callee, c) +=
          Figure(entries_.inclusive[row], entry.calls, c);
    }
  }
}

// Where no cost is told of the calls into a function, it goes by their numbers.
Parts StackEstimator::PartsFor(const Candidate& candidate) {
  const FunctionId callee = CalleeOf(candidate);
  Parts parts(columns_);
  for (size_t c = columns_; c-- > 0;) {
    double figure = 0;
    double of_caller = 1;
    if (candidate.parent.is_valid()) {
      const size_t row = candidate.call.row();
      figure =
          Figure(graph_.call_inclusive[row], graph_.calls[row].counts.total, c);
      of_caller = PartsOf(candidate.parent)[c];
    } else {
      figure = Figure(entries_.inclusive[candidate.entry],
                      entries_.calls[candidate.entry].calls, c);
    }
    const double all = Incoming(callee, c);
    parts[c] = all > 0 ? of_caller * figure / all : parts.back();
  }
  return parts;
}

// The greatest part that the context has of any event, or of all calls.
double StackEstimator::WeightOf(FunctionId f, const Parts& parts) const {
  double weight = 0;
  for (size_t c = 0; c < columns_; ++c) {
    const double of_function =
        Figure(graph_.inclusive[f.row()], graph_.counts[f.row()].total, c);
    if (totals_[c] > 0) {
      weight = std::max(weight, parts[c] * of_function / totals_[c]);
    }
  }
  return weight;
}

// A way that leaves a cycle does not come back.
bool StackEstimator::IsActive(FunctionId f, ContextId caller) const {
  int levels = 0;
  while (caller.is_valid()) {
    const Context& context = tree_.contexts[caller.row()];
    if (cycles_[context.function.row()] != cycles_[f.row()]) return false;
    if (context.function == f || ++levels > kMostLevels) return true;
    caller = context.parent;
  }
  return false;
}

void StackEstimator::Offer(Candidate candidate) {
  candidate.weight = WeightOf(CalleeOf(candidate), PartsFor(candidate));
  if (candidate.weight < kLeastWeight) return;
  candidate.order = offered_++;
  candidates_.push(candidate);
}

void StackEstimator::OfferCallees(ContextId context) {
  if (IsDeepest(context)) return;
  const FunctionId caller = tree_.contexts[context.row()].function;
  for (const CallId call : callees_.Of(caller)) {
    const FunctionId callee = graph_.calls[call.row()].callee;
    if (IsActive(callee, context)) continue;
    Offer({.parent = context, .call = call});
  }
}

ContextId StackEstimator::Add(const Candidate& candidate) {
  const Parts parts = PartsFor(candidate);
  const ContextId context(tree_.contexts.size());
  const FunctionId f = CalleeOf(candidate);
  const bool is_root = !candidate.parent.is_valid();
  tree_.contexts.push_back(
      {.parent = candidate.parent,
       .function = f,
       .line = is_root ? 0 : graph_.calls[candidate.call.row()].line});
  depths_.push_back(is_root ? 1 : depths_[candidate.parent.row()] + 1);
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  if (!first_[f.row()].is_valid()) first_[f.row()] = context;
  return context;
}

void StackEstimator::AddHeaviest() {
  while (!candidates_.empty() && tree_.contexts.size() < most_) {
    const Candidate candidate = candidates_.top();
    candidates_.pop();
    OfferCallees(Add(candidate));
  }
}

// Light functions: each below the first context of one that calls it; what
// nobody calls is a root.
void StackEstimator::AddMissing() {
  const auto is_missing = [&](FunctionId f) {
    return !first_[f.row()].is_valid();
  };
  const auto add_callees = [&](size_t from) {
    for (size_t row = from; row < tree_.contexts.size(); ++row) {
      const FunctionId caller = tree_.contexts[row].function;
      if (first_[caller.row()] != ContextId(row)) continue;
      if (IsDeepest(ContextId(row))) continue;
      for (const CallId call : callees_.Of(caller)) {
        if (!is_missing(graph_.calls[call.row()].callee)) continue;
        Add({.parent = ContextId(row), .call = call});
      }
    }
  };
  for (size_t entry = 0; entry < entries_.calls.size(); ++entry) {
    if (is_missing(entries_.calls[entry].callee)) Add({.entry = entry});
  }
  add_callees(0);
  for (size_t f = 0; f < first_.size(); ++f) {
    if (!is_missing(FunctionId(f))) continue;
    const size_t row = tree_.contexts.size();
    first_[f] = ContextId(row);
    tree_.contexts.push_back({.parent = {}, .function = FunctionId(f)});
    parts_.resize(parts_.size() + columns_, 1);
    depths_.push_back(1);
    add_callees(row);
  }
}

void StackEstimator::ShareFigures() {
  constexpr double kWhole = 0x1p40;
  std::vector<std::vector<uint32_t>> contexts(profile_.functions.size());
  for (uint32_t row = 0; row < tree_.contexts.size(); ++row) {
    contexts[tree_.contexts[row].function.row()].push_back(row);
  }
  Apportioner apportioner;
  std::vector<int64_t> weights;
  for (size_t f = 0; f < contexts.size(); ++f) {
    for (size_t c = 0; c < columns_; ++c) {
      weights.clear();
      for (const uint32_t row : contexts[f]) {
        const double part = std::min(PartsOf(ContextId(row))[c], 1.0);
        weights.push_back(std::llround(part * kWhole));
      }
      const bool is_cost = c + 1 < columns_;
      const auto shares = apportioner.Share(
          is_cost ? graph_.self[f][c] : graph_.counts[f].total, weights);
      for (size_t i = 0; i < shares.size(); ++i) {
        const uint32_t row = contexts[f][i];
        (is_cost ? tree_.self[row][c] : tree_.contexts[row].calls) = shares[i];
      }
    }
  }
}

}  // namespace

ContextTree EstimateStacks(const Profile& profile, size_t most) {
  return StackEstimator(profile, most).Estimate();
}

}  // namespace prof2cg
