#include "converter/picture/find_figures.h"

#include <cmath>

#include "graph/passes/prune.h"
#include "graph/passes/shares_by_call_ratios.h"

namespace prof2cg {
namespace {

double KnownOrNone(double share) { return share >= 0 ? share : 0; }

int64_t CostOf(double share, int64_t total) {
  return std::llround(KnownOrNone(share) * static_cast<double>(total));
}

}  // namespace

bool AreSharesRecorded(const Profile& profile, EventId event, TotalBy rule) {
  if (rule == TotalBy::kCallStacks || profile.is_traced) return true;
  const Origin inclusive = profile.provenance.events[event.row()].inclusive;
  return profile.share_by == ShareBy::kCallCosts &&
         (inclusive == Origin::kMeasured || inclusive == Origin::kEstimated);
}

Shares FindShares(const Profile& profile, EventId event, TotalBy rule) {
  return AreSharesRecorded(profile, event, rule)
             ? SharesAsRecorded(profile, event)
             : SharesByCallRatios(profile, event);
}

NodeFigures FindFigures(const Profile& profile, EventId event,
                        const Shares& shares, FunctionId function) {
  NodeFigures figures;
  figures.self_share = shares.self[function.row()];
  figures.total_share = shares.inclusive[function.row()];
  figures.self = profile.graph.self[function.row()][event.row()];
  figures.total = CostOf(figures.total_share, shares.inclusive_total);
  figures.weight = KnownOrNone(figures.total_share);
  return figures;
}

EdgeFigures FindFigures(const Profile& profile, const Shares& shares,
                        CallId call) {
  EdgeFigures figures;
  figures.total_share = shares.calls[call.row()];
  figures.total = CostOf(figures.total_share, shares.inclusive_total);
  figures.weight = KnownOrNone(CallWeight(profile.graph, shares, call.row()));
  figures.breadth = figures.weight;
  return figures;
}

}  // namespace prof2cg
