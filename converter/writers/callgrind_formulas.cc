#include "converter/writers/callgrind_formulas.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>

#include "graph/cost_table.h"

namespace prof2cg {
namespace {

struct Known {
  CallgrindFormula formula;
  std::vector<std::string_view> terms;  // the events that it adds up
  std::string_view subtracted;          // from the only term; "": none is
};

const std::vector<Known>& KnownFormulas() {
  static const std::vector<Known> known = {
      // Waiting: for files, the network, locks, other processes.
      {{"off_cpu_ns", "ns - cpu_ns", "Time off the processor [ns]"},
       {"ns"},
       "cpu_ns"},
      // What garbage costs, which a look at the end does not show.
      {{"temporary_bytes", "alloc_bytes - live_bytes",
        "Bytes freed before the end"},
       {"alloc_bytes"},
       "live_bytes"},
      {{"temporary_blocks", "alloc_blocks - live_blocks",
        "Blocks freed before the end"},
       {"alloc_blocks"},
       "live_blocks"},
      {{"allocator_calls", "alloc_blocks + freed_blocks + reallocs",
        "Calls of the allocator"},
       {"alloc_blocks", "freed_blocks", "reallocs"},
       ""},
  };
  return known;
}

bool IsNeverBelow(const CostTable& costs, EventId less, EventId from) {
  for (size_t row = 0; row < costs.rows(); ++row) {
    if (costs[row][from.row()] < costs[row][less.row()]) return false;
  }
  return true;
}

// Sums over contexts are fine where each of them is.
bool IsNeverBelow(const CallgrindPlan& plan, bool of_threads, EventId less,
                  EventId from) {
  const Profile& profile = plan.profile();
  if (of_threads) return IsNeverBelow(profile.contexts->self, less, from);
  const CallGraph& graph = profile.graph;
  return std::ranges::all_of(
      std::initializer_list<const CostTable*>{&graph.self, &graph.inclusive,
                                              &graph.call_inclusive,
                                              &plan.entries().inclusive},
      [&](const CostTable* table) { return IsNeverBelow(*table, less, from); });
}

}  // namespace

std::vector<CallgrindFormula> FindFormulas(const CallgrindPlan& plan,
                                           bool of_threads) {
  const EventSet& events = plan.profile().events;
  std::vector<CallgrindFormula> found;
  for (const Known& known : KnownFormulas()) {
    const bool has_terms = std::ranges::all_of(
        known.terms,
        [&](std::string_view name) { return events.Find(name).has_value(); });
    if (!has_terms || events.Find(known.formula.name)) continue;
    if (!known.subtracted.empty()) {
      const std::optional<EventId> less = events.Find(known.subtracted);
      const EventId from = *events.Find(known.terms.front());
      if (!less || !IsNeverBelow(plan, of_threads, *less, from)) continue;
    }
    found.push_back(known.formula);
  }
  return found;
}

}  // namespace prof2cg
