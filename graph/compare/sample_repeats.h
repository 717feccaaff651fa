// Repeats of a program that was never run, as noisy as on shared machines.
#ifndef PROF2CG_GRAPH_COMPARE_SAMPLE_REPEATS_H_
#define PROF2CG_GRAPH_COMPARE_SAMPLE_REPEATS_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// What happens to time.
struct Noise {
  double common = .5;      // most of a run: it takes up to so much more or less
  double drift = .3;       // all runs take ever longer, the last so much
  double own_drift = 0;    // each function, up to so much more or less
  double heavy = .03;      // standard deviation of functions of 12 % and more,
  double light = .1;       // and .1 % and less
  double outliers = .005;  // of figures are two to five times as large
};

// A function that costs more in the current runs.
struct Planted {
  uint32_t function = 0;
  double times = 1;
};

// Functions call each other as a random tree, from row 0; so inclusive costs
// are sums, and call c is that of function c + 1. Two functions have 20 % and
// 1 % of all time, the others fall as 1 / rank. Events are time, and blocks
// that are the same in every run.
class SampleProgram {
 public:
  static constexpr uint32_t kHeavy = 1;   // 20 %
  static constexpr uint32_t kMiddle = 2;  // 1 %
  static constexpr size_t kTime = 0;
  static constexpr size_t kBlocks = 1;

  explicit SampleProgram(uint32_t functions, uint64_t seed = 1) {
    std::mt19937_64 random(seed);
    graph_.events = EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                              {"blocks", "Blocks", Unit::kCount}});
    parents_.resize(functions);
    double sum = 0;
    for (uint32_t f = 0; f < functions; ++f) {
      graph_.functions.push_back({FunctionId(f), FunctionId(f)});
      shares_.push_back(f < 3 ? 0 : 1. / (f - 2));
      sum += shares_.back();
      if (f == 0) continue;
      parents_[f] = static_cast<uint32_t>(random() % f);
      graph_.calls.push_back({parents_[f], f});
    }
    for (double& share : shares_) share *= .79 / sum;
    shares_[kHeavy] = .2;
    shares_[kMiddle] = .01;
  }

  const JoinedGraph& graph() const { return graph_; }

  // One after the other; of pairs, in turn.
  Repeats Run(std::mt19937_64& random, size_t runs, const Noise& noise,
              Planted planted = {}, bool in_turn = false) const {
    std::vector<double> drifts;
    std::uniform_real_distribution<double> either(-1, 1);
    for (size_t f = 0; f < shares_.size(); ++f) {
      drifts.push_back(noise.drift + noise.own_drift * either(random));
    }
    Repeats repeats;
    for (size_t run = 0; run < 2 * runs; ++run) {
      const bool is_base = in_turn ? run % 2 == 0 : run < runs;
      const double part =
          static_cast<double>(run) / static_cast<double>(2 * runs);
      (is_base ? repeats.base : repeats.current)
          .push_back(
              Once(random, noise, drifts, part, is_base ? Planted{} : planted));
    }
    return repeats;
  }

 private:
  static constexpr double kTotal = 1e10;  // ten seconds

  double Deviation(double share, const Noise& noise) const {
    const double place =
        std::log(std::clamp(share, .001, .12) / .001) / std::log(.12 / .001);
    return noise.light * std::pow(noise.heavy / noise.light, place);
  }

  Figures Once(std::mt19937_64& random, const Noise& noise,
               const std::vector<double>& drifts, double part,
               Planted planted) const {
    std::uniform_real_distribution<double> either(-1, 1);
    std::uniform_real_distribution<double> chance;
    std::normal_distribution<double> normal;
    const double common = std::pow(1 + noise.common, either(random));
    Figures figures;
    figures.self = CostTable(2);
    for (uint32_t f = 0; f < shares_.size(); ++f) {
      double time = shares_[f] * kTotal * common * (1 + drifts[f] * part) *
                    std::exp(Deviation(shares_[f], noise) * normal(random));
      if (chance(random) < noise.outliers) time *= 2 + 3 * chance(random);
      double blocks = shares_[f] * 1e6;
      if (f == planted.function) {
        time *= planted.times;
        blocks *= planted.times;
      }
      const int64_t costs[] = {std::llround(time), std::llround(blocks)};
      figures.self.Append(costs);
      figures.calls.push_back(1 + f % 17);
    }
    AddInclusive(figures);
    return figures;
  }

  void AddInclusive(Figures& figures) const {
    figures.inclusive = figures.self;
    for (size_t f = shares_.size(); f-- > 1;) {
      figures.inclusive.Add(parents_[f], figures.inclusive[f]);
    }
    figures.call_inclusive = CostTable(2);
    for (size_t f = 1; f < shares_.size(); ++f) {
      figures.call_inclusive.Append(figures.inclusive[f]);
      figures.call_calls.push_back(figures.calls[f]);
    }
  }

  JoinedGraph graph_;
  std::vector<uint32_t> parents_;
  std::vector<double> shares_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SAMPLE_REPEATS_H_
