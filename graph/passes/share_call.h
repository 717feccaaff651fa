// The parts of a call that the contexts of its caller have.
#ifndef PROF2CG_GRAPH_PASSES_SHARE_CALL_H_
#define PROF2CG_GRAPH_PASSES_SHARE_CALL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/apportion.h"
#include "graph/passes/estimated_contexts.h"

namespace prof2cg {

// Shares calls of a function out to its contexts. Costs go by what these weigh
// for the event, counts by the first one; a context that has none of the calls
// has none of their cost, so that calls go to no more contexts than there are
// of them. The callee's self cost has the parts
// that its inclusive cost has, and primitive calls those of all calls, so that
// no part of them is more than that of the other.
class CallSharer {
 public:
  // Of figures as in Flows.
  explicit CallSharer(size_t columns) : parts_(columns) {}

  // What is shared out from now on, among contexts that weigh so much.
  // O(contexts).
  void ShareBy(const EventWeights& weights);

  // Calls give(i, figures) for each context that has a part of anything; of
  // nothing at all, the heaviest has it. O(contexts).
  template <class Give>
  void Share(std::span<const int64_t> figures, Give give) {
    FindParts(figures);
    const size_t heir = HasNone(figures) ? Heaviest() : parts_.rows();
    for (size_t i = 0; i < parts_.rows(); ++i) {
      if (i == heir || !HasNone(parts_[i])) give(i, parts_[i]);
    }
  }

 private:
  void FindParts(std::span<const int64_t> figures);
  void FindColumn(size_t column, std::span<const int64_t> figures,
                  const std::vector<int64_t>& weights);
  // Of an event, among the contexts that have some of the calls, if there are
  // any. Valid until the next call.
  const std::vector<int64_t>& WeightsOfCallers(size_t event, bool has_calls);
  static bool HasNone(std::span<const int64_t> figures) {
    return std::ranges::all_of(figures, [](int64_t x) { return x == 0; });
  }
  size_t Heaviest() const;

  EventWeights weights_;
  Apportioner apportioner_;
  CostTable parts_;  // a row per context
  // A figure per context.
  std::vector<int64_t> column_;
  std::vector<int64_t> calls_;
  std::vector<int64_t> callers_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SHARE_CALL_H_
