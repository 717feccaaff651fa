#include "graph/compare/spread.h"

#include <cmath>

namespace prof2cg {

void Spread::Add(uint32_t profile, double value) {
  AddZeros(profile);
  Widen({value, profile});
  ++profiles_;
  const double from_old_mean = value - mean_;
  mean_ += from_old_mean / profiles_;
  squares_ += from_old_mean * (value - mean_);
}

void Spread::AddZeros(uint32_t until) {
  if (until == profiles_) return;
  Widen({0, profiles_});
  const double before = profiles_;
  const double all = until;
  squares_ += mean_ * mean_ * before * (all - before) / all;
  mean_ *= before / all;
  profiles_ = until;
}

void Spread::Widen(Extreme extreme) {
  const bool is_first = profiles_ == 0;
  if (is_first || extreme.value < least_.value) least_ = extreme;
  if (is_first || extreme.value > greatest_.value) greatest_ = extreme;
}

double Spread::Deviation() const {
  return profiles_ < 2 ? 0 : std::sqrt(squares_ / (profiles_ - 1));
}

double Spread::Variation() const {
  return mean_ == 0 ? 0 : Deviation() / std::abs(mean_);
}

double Spread::MeanWithout(double value) const {
  if (profiles_ < 2) return 0;
  return mean_ + (mean_ - value) / (profiles_ - 1);
}

}  // namespace prof2cg
