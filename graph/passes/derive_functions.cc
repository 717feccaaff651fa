#include "graph/passes/derive_functions.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "graph/cost_table.h"
#include "graph/passes/cycles.h"
#include "graph/passes/incoming_calls.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNobody = UINT32_MAX;
constexpr uint32_t kSeveral = UINT32_MAX - 1;

// Cycles as wholes; most have one member.
struct Cycles {
  Cycles(size_t cycles, size_t events)
      : members(cycles), entry(cycles, kNobody), entering(events), own(events) {
    entering.Resize(cycles);
    own.Resize(cycles);
  }

  std::vector<uint32_t> members;  // how many
  std::vector<uint32_t> entry;    // the one function that others call
  CostTable entering;             // cost of the calls from outside
  CostTable own;                  // self cost and that of calls to others
};

class Derivation {
 public:
  explicit Derivation(Profile& profile)
      : profile_(profile),
        graph_(profile.graph),
        cycle_of_(NumberCycles(graph_)),
        cycles_(CountCycles(), profile.events.size()) {}

  int64_t Run() {
    SumCycles();
    CountCalls();
    const int64_t bounds = SetInclusive();
    profile_.provenance.counts = Origin::kDerived;
    for (Provenance::Columns& columns : profile_.provenance.events) {
      columns.inclusive = Origin::kDerived;
    }
    return bounds;
  }

 private:
  size_t CountCycles() const {
    return cycle_of_.empty() ? 0 : *std::ranges::max_element(cycle_of_) + 1;
  }
  bool IsWithinCycle(const Call& call) const {
    return cycle_of_[call.caller.row()] == cycle_of_[call.callee.row()];
  }
  // Whether the function is active as long as its cycle is.
  bool IsEntry(size_t f) const { return cycles_.entry[cycle_of_[f]] == f; }
  bool IsAlone(size_t f) const { return cycles_.members[cycle_of_[f]] == 1; }

  void SumCycles();
  void CountCalls();
  int64_t SetInclusive();

  Profile& profile_;
  CallGraph& graph_;
  const std::vector<uint32_t> cycle_of_;  // per function
  Cycles cycles_;
};

void Derivation::SumCycles() {
  for (size_t f = 0; f < cycle_of_.size(); ++f) {
    ++cycles_.members[cycle_of_[f]];
    cycles_.own.Add(cycle_of_[f], graph_.self[f]);
  }
  for (size_t row = 0; row < graph_.calls.size(); ++row) {
    const Call& call = graph_.calls[row];
    if (IsWithinCycle(call)) continue;
    const uint32_t callee = call.callee.row();
    uint32_t& entry = cycles_.entry[cycle_of_[callee]];
    entry = entry == kNobody || entry == callee ? callee : kSeveral;
    cycles_.entering.Add(cycle_of_[callee], graph_.call_inclusive[row]);
    cycles_.own.Add(cycle_of_[call.caller.row()], graph_.call_inclusive[row]);
  }
}

void Derivation::CountCalls() {
  for (Call& call : graph_.calls) {
    const bool is_recursive =
        call.caller == call.callee ||
        (IsWithinCycle(call) && IsEntry(call.callee.row()));
    call.counts.primitive = is_recursive ? 0 : call.counts.total;
    graph_.counts[call.callee.row()] += call.counts;
  }
}

int64_t Derivation::SetInclusive() {
  const CostTable incoming = SumIncomingCalls(graph_).inclusive;
  int64_t bounds = 0;
  for (size_t f = 0; f < cycle_of_.size(); ++f) {
    const uint32_t cycle = cycle_of_[f];
    const auto whole = cycles_.entry[cycle] == kNobody
                           ? cycles_.own[cycle]
                           : cycles_.entering[cycle];
    std::ranges::copy(whole, graph_.inclusive[f].begin());
    if (IsAlone(f) || IsEntry(f)) continue;
    ++bounds;
    for (size_t e = 0; e < whole.size(); ++e) {
      graph_.inclusive[f][e] = std::min(whole[e], incoming[f][e]);
    }
  }
  return bounds;
}

}  // namespace

int64_t DeriveFunctions(Profile& profile) { return Derivation(profile).Run(); }

}  // namespace prof2cg
