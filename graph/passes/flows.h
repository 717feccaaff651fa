// Calls as rows of figures that can be shared out.
#ifndef PROF2CG_GRAPH_PASSES_FLOWS_H_
#define PROF2CG_GRAPH_PASSES_FLOWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/cost_table.h"
#include "graph/ids.h"

namespace prof2cg {

// A call, or what calls amount to around hidden functions.
struct Flow {
  FunctionId caller;  // not valid: outside the profile
  FunctionId callee;
  uint32_t line = 0;  // of the call site
  bool is_estimated = false;
  bool is_made = false;  // leads around a hidden function
};

// Flows with a row of figures each: calls, primitive calls, inclusive costs per
// event, self costs per event.
struct Flows {
  static constexpr size_t kCalls = 0;
  static constexpr size_t kPrimitive = 1;
  static constexpr size_t kCosts = 2;

  explicit Flows(size_t events) : figures(kCosts + 2 * events) {}

  size_t size() const { return flows.size(); }
  size_t columns() const { return figures.events(); }
  size_t events() const { return (columns() - kCosts) / 2; }
  std::span<const int64_t> Inclusive(size_t row) const {
    return figures[row].subspan(kCosts, events());
  }
  std::span<const int64_t> Self(size_t row) const {
    return figures[row].last(events());
  }
  std::span<int64_t> Self(size_t row) { return figures[row].last(events()); }

  void Add(const Flow& flow, std::span<const int64_t> row) {
    flows.push_back(flow);
    figures.Append(row);
  }

  std::vector<Flow> flows;
  CostTable figures;
};

// How to tell a flow's part in what a function does. In this order: where none
// of them weighs anything by one rule, the next one holds.
enum class Rule {
  kSelf,
  kBelow,  // inclusive without self cost
  kInclusive,
  kCalls,
  kEqually,
};

// Of a row of figures. Never less than 0.
int64_t WeightOf(std::span<const int64_t> figures, size_t event, Rule rule);
inline int64_t WeightOf(const Flows& flows, size_t row, size_t event,
                        Rule rule) {
  return WeightOf(flows.figures[row], event, rule);
}

// What these rows of such figures weigh by this rule, or the first one after it
// by which any weighs something. Gives the sum.
int64_t Weigh(const CostTable& figures, size_t begin, size_t end, size_t event,
              Rule rule, std::vector<int64_t>& weights);

// Weights of flows, not all 0 if there are any.
class Weights {
 public:
  Weights(const Flows& flows, size_t event, Rule rule)
      : sum_(Weigh(flows.figures, 0, flows.size(), event, rule, weights_)) {}

  std::span<const int64_t> all() const { return weights_; }

  // Calls give(row, share) with shares of the cost that add up to it.
  template <class Give>
  void ShareOut(int64_t cost, Give give) const {
    int64_t whole = sum_;
    for (size_t row = 0; row < weights_.size() && cost != 0; ++row) {
      const int64_t part = std::min(weights_[row], whole);
      if (part == 0) continue;
      give(row, TakeShare(cost, part, whole));
      whole -= part;
    }
  }

 private:
  std::vector<int64_t> weights_;
  int64_t sum_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FLOWS_H_
