#include "graph/passes/keep_event.h"

#include <cstddef>
#include <utility>

#include "graph/cost_table.h"

namespace prof2cg {
namespace {

void KeepColumn(CostTable& table, size_t column) {
  CostTable kept(1);
  kept.Reserve(table.rows());
  for (size_t row = 0; row < table.rows(); ++row) {
    kept.Append(table[row].subspan(column, 1));
  }
  table = std::move(kept);
}

}  // namespace

void KeepEvent(Profile& profile, EventId event) {
  if (profile.events.size() == 1) return;
  const size_t column = event.row();
  KeepColumn(profile.graph.self, column);
  KeepColumn(profile.graph.inclusive, column);
  KeepColumn(profile.graph.call_inclusive, column);
  KeepColumn(profile.graph.call_self, column);
  if (profile.contexts) KeepColumn(profile.contexts->self, column);
  profile.provenance.events = {profile.provenance.events[column]};
  profile.events = EventSet({profile.events[event]});
}

}  // namespace prof2cg
