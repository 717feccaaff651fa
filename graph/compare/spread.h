// How a figure scatters over many profiles, in the memory of a few numbers.
#ifndef PROF2CG_GRAPH_COMPARE_SPREAD_H_
#define PROF2CG_GRAPH_COMPARE_SPREAD_H_

#include <cstdint>

namespace prof2cg {

// Mean, variance and extremes of values that come one by one, a profile each,
// in the order of their numbers. A profile that is skipped has the value 0.
// The mean and the squares are kept as Welford has them (1962), blocks of
// zeros put in as Chan, Golub and LeVeque have it (1979): no figure is the
// small difference of two great ones.
class Spread {
 public:
  struct Extreme {
    double value = 0;
    uint32_t profile = 0;  // the first that has it
  };

  // `profile` is greater than that of any call before.
  void Add(uint32_t profile, double value);
  // There are so many profiles: those after the last one have 0.
  void Finish(uint32_t profiles) { AddZeros(profiles); }

  double mean() const { return mean_; }
  // The standard deviation of what the profiles are a sample of; 0 of one.
  double Deviation() const;
  // The deviation in shares of the mean; 0 where that is 0.
  double Variation() const;
  const Extreme& least() const { return least_; }
  const Extreme& greatest() const { return greatest_; }
  // The mean without a profile that had `value`; 0 if there is no other.
  double MeanWithout(double value) const;

 private:
  void AddZeros(uint32_t until);
  void Widen(Extreme extreme);

  uint32_t profiles_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of the differences from the mean
  Extreme least_;
  Extreme greatest_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SPREAD_H_
