#include "graph/passes/weigh_contexts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/apportion.h"

namespace prof2cg {
namespace {

using Figures = std::vector<int64_t>;

int64_t Sum(const Figures& figures) {
  int64_t sum = 0;
  for (const int64_t figure : figures) sum = SaturatingAdd(sum, figure);
  return sum;
}

// Contexts of a function of a cycle, some of which entered it, for an event.
class CycleWeigher {
 public:
  CycleWeigher(const EstimatedContexts& estimate, Siblings siblings,
               size_t event)
      : estimate_(estimate), siblings_(siblings), event_(event) {}

  // Nothing if those of one side weigh nothing.
  Figures Weigh(ContextWeights weights) const {
    const Figures entered = Of(kEntered, weights.rule);
    const Figures within = Of(kWithin, weights.in_cycles);
    if (Sum(entered) == 0 || Sum(within) == 0) return {};
    const int64_t within_part =
        std::min(Part(Sum(within), Sum(Of(kEntered, weights.in_cycles))),
                 NestedPart(Sum(entered)));
    Figures all(siblings_.size());
    Apportioner apportioner;
    for (const auto& [whole, weights_of] :
         {std::pair(kWhole - within_part, &entered),
          std::pair(within_part, &within)}) {
      const auto parts = apportioner.Share(whole, *weights_of);
      for (size_t i = 0; i < all.size(); ++i) all[i] += parts[i];
    }
    return all;
  }

 private:
  enum Side : bool { kEntered, kWithin };
  // So much that parts of it are not too small.
  static constexpr int64_t kWhole = int64_t{1} << 40;

  // 0 for contexts of the other side.
  Figures Of(Side side, Rule rule) const {
    Figures weights(siblings_.size());
    for (size_t i = 0; i < weights.size(); ++i) {
      const size_t row = siblings_.begin + i;
      if (estimate_.contexts[row].is_within_cycle != side) continue;
      weights[i] = WeightOf(estimate_.context_figures[row], event_, rule);
    }
    return weights;
  }

  // Of the whole, as part to part and rest, which is not 0.
  static int64_t Part(int64_t part, int64_t rest) {
    const __int128 sum = static_cast<__int128>(part) + rest;
    return static_cast<int64_t>(kWhole * static_cast<__int128>(part) / sum);
  }

  // The most that contexts within the cycle may weigh, of such a weight of what
  // entered it. Further callers are shares that add up and tell nothing of it.
  int64_t NestedPart(int64_t entered) const {
    if (estimate_.contexts[siblings_.begin].depth > 1) return kWhole;
    const int64_t nested = Sum(Of(kWithin, Rule::kInclusive));
    return nested < entered ? Share(kWhole, nested, entered) : kWhole;
  }

  const EstimatedContexts& estimate_;
  const Siblings siblings_;
  const size_t event_;
};

}  // namespace

void WeighContexts(const EstimatedContexts& estimate, Siblings siblings,
                   ContextWeights weights, EventWeights& all) {
  const auto begin = estimate.contexts.begin();
  const auto within = static_cast<size_t>(std::count_if(
      begin + static_cast<ptrdiff_t>(siblings.begin),
      begin + static_cast<ptrdiff_t>(siblings.end),
      [](const EstimatedContext& of) { return of.is_within_cycle; }));
  const bool is_plain = within == 0 || within == siblings.size() ||
                        weights.rule == weights.in_cycles;
  const CostTable& figures = estimate.context_figures;
  all.resize((figures.events() - Flows::kCosts) / 2);
  for (size_t e = 0; e < all.size(); ++e) {
    all[e].clear();
    if (!is_plain) all[e] = CycleWeigher(estimate, siblings, e).Weigh(weights);
    if (!all[e].empty()) continue;
    Weigh(figures, siblings.begin, siblings.end, e,
          within == 0 ? weights.rule : weights.in_cycles, all[e]);
  }
}

}  // namespace prof2cg
