#include "graph/passes/shares.h"

#include <algorithm>
#include <limits>

#include "graph/cost_table.h"

namespace prof2cg {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::vector<double> ShareOut(const CostTable& costs, EventId event,
                             int64_t total, Origin origin) {
  std::vector<double> shares(costs.rows(), kUnknown);
  if (origin == Origin::kAbsent) return shares;
  for (size_t row = 0; row < shares.size(); ++row) {
    shares[row] = Ratio(static_cast<double>(costs[row][event.row()]),
                        static_cast<double>(total));
  }
  return shares;
}

}  // namespace

void ShareNothing(Shares& shares) {
  for (auto* all : {&shares.self, &shares.inclusive, &shares.calls}) {
    std::ranges::fill(*all, 0);
  }
}

double Ratio(double part, double whole) {
  return whole == 0 ? 1 : std::clamp(part / whole, 0., 1.);
}

void ShareSelf(const Profile& profile, EventId event, Shares& shares) {
  const CostTable& self = profile.graph.self;
  shares.self_total = 0;
  for (size_t f = 0; f < self.rows(); ++f) {
    shares.self_total = SaturatingAdd(shares.self_total, self[f][event.row()]);
  }
  shares.self = ShareOut(self, event, shares.self_total,
                         profile.provenance.events[event.row()].self);
}

Shares SharesAsRecorded(const Profile& profile, EventId event) {
  const CallGraph& graph = profile.graph;
  const Provenance::Columns& origin = profile.provenance.events[event.row()];
  Shares shares;
  ShareSelf(profile, event, shares);
  shares.inclusive_total = shares.self_total;
  for (size_t f = 0; f < graph.inclusive.rows(); ++f) {
    shares.inclusive_total =
        std::max(shares.inclusive_total, graph.inclusive[f][event.row()]);
  }
  shares.inclusive = ShareOut(graph.inclusive, event, shares.inclusive_total,
                              origin.inclusive);
  shares.calls = ShareOut(graph.call_inclusive, event, shares.inclusive_total,
                          origin.call_inclusive);
  return shares;
}

}  // namespace prof2cg
