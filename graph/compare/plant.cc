#include "graph/compare/plant.h"

#include <algorithm>
#include <cmath>

namespace prof2cg {
namespace {

// Beyond the threshold, as a difference must be.
constexpr double kBeyond = 1.1;

int64_t Scaled(int64_t figure, const Plant& plant) {
  const double factor =
      static_cast<double>(plant.planted) / static_cast<double>(plant.base);
  const double more = std::ceil(static_cast<double>(figure) * (factor - 1));
  return SaturatingAdd(figure,
                       static_cast<int64_t>(std::clamp(more, 0., 0x1p62)));
}

}  // namespace

std::optional<Plant> ChoosePlant(const JoinedGraph& graph,
                                 std::string_view event, const Gate& gate) {
  const SideFigures figures({&graph.current, 1}, FindEvent(graph, event));
  Plant plant{.subject = {figures.own()}};
  for (uint32_t f = 0; f < graph.functions.size(); ++f) {
    const Subject subject = {plant.subject.kind, f};
    const int64_t figure = figures.Of(subject, 0);
    if (figure <= plant.base) continue;
    plant.subject = subject;
    plant.base = figure;
  }
  if (plant.base == 0) return std::nullopt;
  const Threshold threshold = gate.Of(event);
  const double least =
      std::max({threshold.relative * static_cast<double>(plant.base),
                static_cast<double>(threshold.absolute),
                gate.least_part * static_cast<double>(figures.total(0))});
  const double more = std::clamp(std::floor(least * kBeyond) + 1, 1., 0x1p62);
  plant.planted = SaturatingAdd(plant.base, static_cast<int64_t>(more));
  return plant;
}

std::vector<Figures> WithPlant(std::vector<Figures> profiles,
                               const JoinedGraph& graph, std::string_view event,
                               const Plant& plant) {
  const std::optional<EventId> id = FindEvent(graph, event);
  const uint32_t f = plant.subject.row;
  for (Figures& profile : profiles) {
    if (!id) {
      profile.calls[f] = Scaled(profile.calls[f], plant);
      continue;
    }
    int64_t& self = profile.self[f][id->row()];
    int64_t& inclusive = profile.inclusive[f][id->row()];
    const int64_t planted = Scaled(self, plant);
    inclusive = SaturatingAdd(inclusive, planted - self);
    self = planted;
  }
  return profiles;
}

}  // namespace prof2cg
