// Whether repeated measurements differ, and how large a difference they show.
#ifndef PROF2CG_GRAPH_COMPARE_STATISTICS_H_
#define PROF2CG_GRAPH_COMPARE_STATISTICS_H_

#include <cstddef>
#include <span>
#include <vector>

namespace prof2cg {

// Mann and Whitney's test: the probability that values as large as `current`
// come from where `base` came from (one-sided: greater). Exact up to
// kExactRanks values in all without ties, else by the normal distribution with
// corrections for ties and continuity. 1 if a side is empty.
// O(n log n); where it is exact, O(n^3), of n = 20 some microseconds.
inline constexpr size_t kExactRanks = 40;
double RankTest(std::span<const double> base, std::span<const double> current);

// Wilcoxon's signed-rank test of pairs, the same: the probability of
// differences current[i] - base[i] so great if there is none. Differences of
// zero are left out. The spans are as long as each other.
double SignedRankTest(std::span<const double> base,
                      std::span<const double> current);

// Student's test, one-sided as well, in Welch's form for sides that scatter
// unlike each other (1947): the probability of means so far apart. Values of
// each side are taken as normal; in return it can be much surer than ranks of
// few values, which only tell that one side is above the other, not how far.
// 1 if a side has less than two values. O(n).
double MeanTest(std::span<const double> base, std::span<const double> current);
double PairedMeanTest(std::span<const double> base,
                      std::span<const double> current);

// The least p-value that tests of so many values without ties can give.
double LeastRankTest(size_t base, size_t current);
double LeastSignedRankTest(size_t pairs);

// Benjamini and Hochberg's correction: each p-value as the least rate of false
// discoveries at which it is one. In the order of `p`. Weights, one each and
// all above 0, say how much of that rate is meant for whom (Genovese, Roeder
// and Wasserman, 2006): with those of 2 to 1, the first may have twice the
// p-value of the second. They must not depend on which side a value is of.
std::vector<double> AdjustForFamily(std::span<const double> p,
                                    std::span<const double> weights);

// Hodges and Lehmann's estimate of the difference: the median of all
// current - base; of pairs, the median of the mean of any two of their
// differences. NaN if there are none. O(n^2).
double Shift(std::span<const double> base, std::span<const double> current);
double PairedShift(std::span<const double> base,
                   std::span<const double> current);

// The shift that the test would find with probability `power` at level `alpha`,
// if values scatter around their medians as these do: by the normal
// approximation, with the scatter told by the median of what is off. Infinite
// where even the least p-value is above alpha.
double DetectableShift(std::span<const double> base,
                       std::span<const double> current, double alpha,
                       double power);
double DetectablePairedShift(std::span<const double> base,
                             std::span<const double> current, double alpha,
                             double power);

// The same of the test of means: by Student's distribution. Infinite of less
// than two values a side.
double DetectableMean(std::span<const double> base,
                      std::span<const double> current, double alpha,
                      double power);
double DetectablePairedMean(std::span<const double> base,
                            std::span<const double> current, double alpha,
                            double power);

// The greatest value that is not far out, by Tukey's outer fence: three times
// the distance of the quartiles above the upper one. Infinite of less than
// five.
double OuterFence(std::span<const double> values);

double Median(std::vector<double> values);  // NaN if empty

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_STATISTICS_H_
