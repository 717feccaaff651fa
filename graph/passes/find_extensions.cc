#include "graph/passes/find_extensions.h"

#include <cstddef>
#include <utility>

#include "graph/call_graph.h"
#include "graph/grouping.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = EstimatedContext::kNone;

class Finder {
 public:
  Finder(const EstimatedContexts& estimate, const KnownCallers& known,
         const PartIndex& into)
      : estimate_(estimate),
        known_(known),
        into_(into),
        last_(estimate.contexts.size() - known.first_context, kNone) {
    found_.of_part.assign(into.parts.size(), kNone);
  }

  void AddEntry(uint32_t context) { found_.rows.push_back({context, kNone}); }
  void AddCallers(uint32_t context);
  Extensions Take() && { return std::move(found_); }

 private:
  // Calls lie all over, and so do their callers: asks for those that come up
  // soon.
  [[gnu::always_inline]] void PrefetchCallers(size_t place) const {
    constexpr size_t kAhead = CallGraph::kPrefetchedCalls;
    if (place + 2 * kAhead >= into_.parts.size()) return;
    __builtin_prefetch(&estimate_.calls[into_.parts[place + 2 * kAhead]]);
    const EstimatedCall& next = estimate_.calls[into_.parts[place + kAhead]];
    __builtin_prefetch(&last_[next.caller - known_.first_context]);
  }

  const EstimatedContexts& estimate_;
  const KnownCallers& known_;
  const PartIndex& into_;
  std::vector<uint32_t> last_;  // per caller: its extension that came last
  Extensions found_;
};

void Finder::AddCallers(uint32_t context) {
  const size_t first = found_.rows.size();
  const uint32_t group = context - known_.first_context;
  for (uint32_t i = into_.begins[group]; i < into_.begins[group + 1]; ++i) {
    PrefetchCallers(i);
    const uint32_t caller = estimate_.calls[into_.parts[i]].caller;
    if (caller == context) continue;  // direct recursion
    uint32_t& extension = last_[caller - known_.first_context];
    if (extension == kNone || extension < first) {
      extension = static_cast<uint32_t>(found_.rows.size());
      found_.rows.push_back({context, caller});
    }
    found_.of_part[i] = extension;
  }
}

}  // namespace

PartIndex IndexParts(const EstimatedContexts& estimate,
                     const KnownCallers& known, uint32_t EstimatedCall::*end) {
  const size_t contexts = estimate.contexts.size() - known.first_context;
  const auto context = [&](size_t i) {
    const uint32_t row = estimate.calls[known.first_call + i].*end;
    return row < known.first_context ? contexts : row - known.first_context;
  };
  const size_t parts = estimate.calls.size() - known.first_call;
  Grouping grouping(parts, contexts + 1, context);
  PartIndex index;
  index.parts.resize(parts);
  for (uint32_t i = 0; i < parts; ++i) {
    index.parts[grouping.Take(context(i))] = known.first_call + i;
  }
  index.begins = std::move(grouping).Begins();
  return index;
}

Extensions FindExtensions(const EstimatedContexts& estimate,
                          const KnownCallers& known, const PartIndex& into,
                          const EntryCalls& entries,
                          const CallerDepths& depths) {
  Finder finder(estimate, known, into);
  auto entry = entries.calls.begin();
  const size_t contexts = estimate.contexts.size();
  for (uint32_t row = known.first_context; row < contexts; ++row) {
    const bool is_entered = known.depth == 0 && entry != entries.calls.end() &&
                            entry->callee.row() == row;
    if (is_entered) {
      finder.AddEntry(row);
      ++entry;
    }
    const FunctionId f = estimate.contexts[row].function;
    if (depths.Needed(f) > known.depth) finder.AddCallers(row);
  }
  return std::move(finder).Take();
}

}  // namespace prof2cg
