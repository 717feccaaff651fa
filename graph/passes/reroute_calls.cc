#include "graph/passes/reroute_calls.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "graph/ids.h"
#include "graph/passes/cycles.h"

namespace prof2cg {
namespace {

class Rerouter {
 public:
  Rerouter(Profile& profile, Reroute reroute)
      : profile_(profile),
        graph_(profile.graph),
        has_self_(graph_.call_self.rows() != 0),
        flows_(std::move(reroute.flows)),
        gained_(std::move(reroute.gained)),
        is_gain_estimated_(std::move(reroute.is_gain_estimated)),
        wholes_(flows_.events()),
        is_call_self_estimated_(flows_.events()) {}

  void Run() {
    MarkRecursion();
    WeighGains();
    for (size_t row = 0; has_self_ && row < flows_.size(); ++row) AddGain(row);
    ReplaceCalls();
    NoteEstimates();
    MarkOrigins();
  }

 private:
  void MarkRecursion();
  void WeighGains();
  void AddGain(size_t row);
  void ReplaceCalls();
  void NoteEstimates();
  void MarkOrigins();

  Profile& profile_;
  CallGraph& graph_;
  const bool has_self_;
  Flows flows_;
  CostTable gained_;  // per function: what no call has yet
  const std::vector<bool> is_gain_estimated_;
  CostTable wholes_;  // per function: what those calls cost below it
  std::vector<bool> is_call_self_estimated_;  // per event
};

// A cost on a stack with both a direct call and one around a hidden function
// counts in each, where these become one call.
void Rerouter::MarkRecursion() {
  const std::vector<uint32_t> cycles = NumberCycles(graph_);
  for (Flow& flow : flows_.flows) {
    if (flow.is_made &&
        cycles[flow.caller.row()] == cycles[flow.callee.row()]) {
      flow.is_estimated = true;
    }
  }
}

void Rerouter::WeighGains() {
  wholes_.Resize(gained_.rows());
  for (size_t row = 0; row < flows_.size(); ++row) {
    for (size_t e = 0; e < flows_.events(); ++e) {
      int64_t& whole = wholes_[flows_.flows[row].callee.row()][e];
      whole = SaturatingAdd(whole, WeightOf(flows_, row, e, Rule::kBelow));
    }
  }
  for (size_t f = 0; f < gained_.rows(); ++f) {
    for (size_t e = 0; e < flows_.events(); ++e) {
      // What the calls do not account for came from outside the profile.
      const int64_t self = std::max<int64_t>(0, graph_.self[f][e]);
      wholes_[f][e] =
          std::max(wholes_[f][e], SaturatingAdd(graph_.inclusive[f][e], -self));
    }
    graph_.self.Add(f, gained_[f]);
  }
}

void Rerouter::AddGain(size_t row) {
  const size_t callee = flows_.flows[row].callee.row();
  for (size_t e = 0; e < flows_.events(); ++e) {
    int64_t& whole = wholes_[callee][e];
    int64_t& left = gained_[callee][e];
    const int64_t part =
        std::min(whole, WeightOf(flows_, row, e, Rule::kBelow));
    if (part == 0 || left == 0) continue;
    if (part < whole) is_call_self_estimated_[e] = true;
    int64_t& self = flows_.Self(row)[e];
    self = SaturatingAdd(self, TakeShare(left, part, whole));
    whole -= part;
  }
}

void Rerouter::ReplaceCalls() {
  graph_.calls.clear();
  graph_.call_inclusive = graph_.call_self = CostTable(flows_.events());
  std::vector<bool>& marks = profile_.provenance.estimated_calls;
  marks.clear();
  for (size_t row = 0; row < flows_.size(); ++row) {
    const Flow& flow = flows_.flows[row];
    const auto figures = flows_.figures[row];
    graph_.calls.push_back(
        {flow.caller,
         flow.callee,
         flow.line,
         {figures[Flows::kCalls], figures[Flows::kPrimitive]}});
    graph_.call_inclusive.Append(std::as_const(flows_).Inclusive(row));
    if (has_self_) graph_.call_self.Append(std::as_const(flows_).Self(row));
    marks.push_back(flow.is_estimated);
  }
}

void Rerouter::NoteEstimates() {
  std::vector<std::tuple<FunctionId, FunctionId, uint32_t>> estimates;
  for (const Flow& flow : flows_.flows) {
    if (!flow.is_made || !flow.is_estimated) continue;
    estimates.emplace_back(flow.caller, flow.callee, flow.line);
  }
  std::ranges::sort(estimates);
  const auto repeated = std::ranges::unique(estimates);
  profile_.provenance.Note(
      "call leads around hidden functions: its figures are shared out by those "
      "of their calls, as an estimate",
      "calls lead around hidden functions: their figures are shared out by "
      "those of their calls, as an estimate",
      repeated.begin() - estimates.begin());
}

void Rerouter::MarkOrigins() {
  Provenance& provenance = profile_.provenance;
  const auto weaken = [](Origin& origin, bool is_estimated) {
    if (origin == Origin::kAbsent) return;
    origin =
        std::max(origin, is_estimated ? Origin::kEstimated : Origin::kDerived);
  };
  weaken(provenance.call_counts,
         std::ranges::any_of(flows_.flows, [](const Flow& flow) {
           return flow.is_made && flow.is_estimated;
         }));
  for (size_t e = 0; e < flows_.events(); ++e) {
    Provenance::Columns& event = provenance.events[e];
    weaken(event.self, is_gain_estimated_[e]);
    weaken(event.call_inclusive, false);
    weaken(event.call_self,
           is_gain_estimated_[e] || is_call_self_estimated_[e]);
  }
}

}  // namespace

void RerouteCalls(Profile& profile, Reroute reroute) {
  Rerouter(profile, std::move(reroute)).Run();
}

}  // namespace prof2cg
