#include "graph/compare/common_factors.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/compare/statistics.h"

namespace prof2cg {
namespace {

constexpr double kMostWeight = 1. / 32;

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

using Profiles = std::vector<Figures>;

// A function that can be told by.
struct Reference {
  size_t row;
  double cost;  // what it usually is
  double weight;
};

double CostOf(const Figures& figures, size_t row, size_t event) {
  return static_cast<double>(figures.self[row][event]);
}

// Of each profile, as it would be if its factor were 1.
void AppendCosts(const Profiles& side, std::span<const double> factors,
                 size_t row, size_t event, std::vector<double>& costs) {
  for (size_t i = 0; i < side.size(); ++i) {
    costs.push_back(CostOf(side[i], row, event) / factors[i]);
  }
}

// Factors of profiles of which nothing is known yet.
std::vector<double> Ones(const Profiles& side) {
  return std::vector<double>(side.size(), 1);
}

class FactorFinder {
 public:
  FactorFinder(const Profiles& base, const Profiles& current, size_t event)
      : base_(base),
        current_(current),
        event_(event),
        factors_{Ones(base), Ones(current)} {}

  CommonFactors Find();

 private:
  double MedianOf(const Profiles& side, size_t row) const;
  double UsualCost(size_t row) const;
  void FindReferences();
  void Improve();
  double FactorOf(const Figures& figures) const;

  const Profiles& base_;
  const Profiles& current_;
  size_t event_;
  CommonFactors factors_;
  std::vector<Reference> references_;
};

double FactorFinder::MedianOf(const Profiles& side, size_t row) const {
  std::vector<double> costs;
  AppendCosts(side, Ones(side), row, event_, costs);
  return Median(std::move(costs));
}

double FactorFinder::UsualCost(size_t row) const {
  std::vector<double> costs;
  AppendCosts(base_, factors_.base, row, event_, costs);
  AppendCosts(current_, factors_.current, row, event_, costs);
  return Median(std::move(costs));
}

void FactorFinder::FindReferences() {
  if (base_.empty() || current_.empty()) return;
  double all = 0;
  for (size_t row = 0; row < base_[0].self.rows(); ++row) {
    const bool is_told =
        MedianOf(base_, row) > 0 && MedianOf(current_, row) > 0;
    const double cost = UsualCost(row);
    if (!is_told || !(cost > 0)) continue;
    references_.push_back({row, cost, 0});
    all += cost;
  }
  for (Reference& reference : references_) {
    reference.weight = std::sqrt(std::min(reference.cost, all * kMostWeight));
  }
}

double FactorFinder::FactorOf(const Figures& figures) const {
  std::vector<Ratio> ratios;
  ratios.reserve(references_.size());
  for (const Reference& reference : references_) {
    const double cost = CostOf(figures, reference.row, event_);
    if (cost > 0) ratios.push_back({cost / reference.cost, reference.weight});
  }
  return WeightedMedian(std::move(ratios));
}

void FactorFinder::Improve() {
  const auto factor = [this](const Figures& figures) {
    return FactorOf(figures);
  };
  std::ranges::transform(base_, factors_.base.begin(), factor);
  std::ranges::transform(current_, factors_.current.begin(), factor);
}

CommonFactors FactorFinder::Find() {
  FindReferences();
  Improve();
  for (Reference& reference : references_) {
    reference.cost = UsualCost(reference.row);
  }
  Improve();
  const double of_base = factors_.base.empty() ? 1 : Median(factors_.base);
  for (double& factor : factors_.base) factor /= of_base;
  for (double& factor : factors_.current) factor /= of_base;
  return std::move(factors_);
}

}  // namespace

CommonFactors FindCommonFactors(const std::vector<Figures>& base,
                                const std::vector<Figures>& current,
                                EventId event) {
  return FactorFinder(base, current, event.row()).Find();
}

}  // namespace prof2cg
