#include "graph/compare/unlisted.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/event_set.h"
#include "graph/passes/fold_others.h"

namespace prof2cg {
namespace {

// Figures that are as large in each profile of a side tell of it.
class Limits {
 public:
  Limits(const SideSum& snapshot, const SideSum& side, const Gate& gate)
      : least_(LeastFigures(snapshot.profile.graph,
                            snapshot.profile.provenance.least_told.value_or(0) /
                                static_cast<double>(snapshot.profiles))),
        profiles_(static_cast<double>(side.profiles)) {
    Add(gate, kCallsEvent, 0);
    for (const Event& event : side.profile.events) {
      const std::optional<EventId> id =
          snapshot.profile.events.Find(event.name);
      Add(gate, event.name, id ? std::optional(id->row() + 1) : std::nullopt);
    }
  }

  bool AreExceeded(int64_t figure, size_t column) const {
    const auto& [threshold, of_snapshot] = columns_[column];
    return of_snapshot &&
           threshold.IsExceeded(least_[*of_snapshot],
                                static_cast<double>(figure) / profiles_);
  }

 private:
  struct Column {
    Threshold threshold;
    std::optional<size_t> of_snapshot;  // none: it does not have the event
  };

  void Add(const Gate& gate, std::string_view event,
           std::optional<size_t> of_snapshot) {
    columns_.push_back({gate.Of(event), of_snapshot});
  }

  std::vector<double> least_;
  double profiles_;
  std::vector<Column> columns_;
};

}  // namespace

std::vector<bool> FindTold(const SideSum& snapshot, const SideSum& side,
                           const std::vector<FunctionPair>& pairs,
                           const Gate& gate) {
  const Limits limits(snapshot, side, gate);
  std::vector<bool> told =
      FindLarge(side.profile.graph, [&](int64_t figure, size_t column) {
        return limits.AreExceeded(figure, column);
      });
  for (const FunctionPair& pair : pairs) {
    if (pair.is_matched()) told[(pair.*side.function).row()] = true;
  }
  return told;
}

}  // namespace prof2cg
