#include "graph/compare/common_factors.h"

#include <algorithm>
#include <cstdint>

#include "graph/compare/statistics.h"

namespace prof2cg {
namespace {

constexpr double kMostWeight = 1. / 32;

// A function that can be told by.
struct Reference {
  size_t row;
  double cost;  // its median in the base
  double weight;
};

double MedianCost(const std::vector<Figures>& side, size_t row, size_t event) {
  std::vector<double> costs;
  costs.reserve(side.size());
  for (const Figures& figures : side) {
    costs.push_back(static_cast<double>(figures.self[row][event]));
  }
  return Median(std::move(costs));
}

std::vector<Reference> FindReferences(const std::vector<Figures>& base,
                                      const std::vector<Figures>& current,
                                      size_t event) {
  std::vector<Reference> references;
  if (base.empty() || current.empty()) return references;
  double all = 0;
  for (size_t row = 0; row < base[0].self.rows(); ++row) {
    const double cost = MedianCost(base, row, event);
    if (!(cost > 0) || !(MedianCost(current, row, event) > 0)) continue;
    references.push_back({row, cost, cost});
    all += cost;
  }
  for (Reference& reference : references) {
    reference.weight = std::min(reference.weight, all * kMostWeight);
  }
  return references;
}

struct Ratio {
  double ratio;
  double weight;
};

// Where half of the weight is below; 1 without any.
double WeightedMedian(std::vector<Ratio> ratios) {
  double all = 0;
  for (const Ratio& ratio : ratios) all += ratio.weight;
  std::ranges::sort(ratios, {}, &Ratio::ratio);
  double below = 0;
  for (size_t i = 0; i < ratios.size(); ++i) {
    below += ratios[i].weight;
    if (2 * below > all) return ratios[i].ratio;
    // As much on either side: in the middle.
    if (2 * below == all) return (ratios[i].ratio + ratios[i + 1].ratio) / 2;
  }
  return 1;
}

double FactorOf(const Figures& figures,
                const std::vector<Reference>& references, size_t event) {
  std::vector<Ratio> ratios;
  ratios.reserve(references.size());
  for (const Reference& reference : references) {
    const auto cost = static_cast<double>(figures.self[reference.row][event]);
    if (cost > 0) ratios.push_back({cost / reference.cost, reference.weight});
  }
  return WeightedMedian(std::move(ratios));
}

}  // namespace

CommonFactors FindCommonFactors(const std::vector<Figures>& base,
                                const std::vector<Figures>& current,
                                EventId event) {
  const std::vector<Reference> references =
      FindReferences(base, current, event.row());
  CommonFactors factors;
  for (const Figures& figures : base) {
    factors.base.push_back(FactorOf(figures, references, event.row()));
  }
  for (const Figures& figures : current) {
    factors.current.push_back(FactorOf(figures, references, event.row()));
  }
  return factors;
}

}  // namespace prof2cg
