#include "graph/compare/profile_spreads.h"

#include <cmath>
#include <optional>
#include <utility>

#include "graph/cost_table.h"
#include "graph/error.h"
#include "graph/shared_text.h"

namespace prof2cg {
namespace {

// Σ self, in the order of the rows.
double TotalOf(const Profile& profile, EventId event) {
  double total = 0;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    total += static_cast<double>(profile.graph.self[f][event.row()]);
  }
  return total;
}

double ShareOf(double cost, double total) {
  return total > 0 ? cost / total : 0;
}

}  // namespace

EventId ProfileSpreads::EventOf(const Profile& profile) const {
  const std::optional<EventId> event = profile.events.Find(event_);
  if (!event) throw Error("it has no event " + event_ + ", as others have");
  return *event;
}

std::vector<FunctionId> ProfileSpreads::Find(const Profile& profile) {
  std::vector<FunctionId> found;
  found.reserve(profile.functions.size());
  union_.AddFunctions(WithSharedText(profile, union_.profile().strings), found);
  return found;
}

void ProfileSpreads::Add(const Profile& profile) {
  const EventId event = EventOf(profile);
  const auto number = static_cast<uint32_t>(totals_.size());
  const double total = TotalOf(profile, event);
  const std::vector<FunctionId> rows = Find(profile);
  spreads_.resize(union_.functions());
  for (size_t f = 0; f < rows.size(); ++f) {
    FunctionSpread& spread = spreads_[rows[f].row()];
    const auto self = static_cast<double>(profile.graph.self[f][event.row()]);
    spread.self.Add(number, self);
    spread.inclusive.Add(
        number, static_cast<double>(profile.graph.inclusive[f][event.row()]));
    spread.share.Add(number, ShareOf(self, total));
  }
  totals_.push_back(total);
}

void ProfileSpreads::Finish() {
  const auto profiles = static_cast<uint32_t>(totals_.size());
  for (FunctionSpread& spread : spreads_) {
    spread.self.Finish(profiles);
    spread.inclusive.Finish(profiles);
    spread.share.Finish(profiles);
  }
}

Contrast ProfileSpreads::ContrastOf(const Profile& profile, size_t number) {
  const EventId event = EventOf(profile);
  const double total = TotalOf(profile, event);
  const std::vector<FunctionId> rows = Find(profile);
  if (total != totals_[number] || union_.functions() != spreads_.size()) {
    throw Error("it changed while it was read");
  }
  std::vector<double> self(spreads_.size());
  for (size_t f = 0; f < rows.size(); ++f) {
    self[rows[f].row()] =
        static_cast<double>(profile.graph.self[f][event.row()]);
  }
  Contrast contrast;
  double most = -1;
  for (size_t row = 0; row < self.size(); ++row) {
    const FunctionSpread& spread = spreads_[row];
    const double share = ShareOf(self[row], total);
    contrast.moved += std::abs(share - spread.share.MeanWithout(share)) / 2;
    const double others = spread.self.MeanWithout(self[row]);
    if (std::abs(self[row] - others) <= most) continue;
    most = std::abs(self[row] - others);
    contrast.function = FunctionId(static_cast<uint32_t>(row));
    contrast.self = self[row];
    contrast.self_of_others = others;
  }
  return contrast;
}

}  // namespace prof2cg
