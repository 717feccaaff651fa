// Whole numbers in proportion to others.
#ifndef PROF2CG_GRAPH_PASSES_APPORTION_H_
#define PROF2CG_GRAPH_PASSES_APPORTION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace prof2cg {

// Shares figures out by largest remainder: parts add up to the whole, each is
// less than one unit off, and so many as are needed of those that rounding took
// most from get a unit more; of equal ones the first. Keeps its memory from one
// whole to the next.
class Apportioner {
 public:
  // The parts of `whole`, which may be below 0. Weights below 0 are none;
  // without any, all parts are alike. If the weights add up to the whole, the
  // parts are the weights; if that is no more than they add up to, no part is
  // more than its weight. Valid until the next call. O(weights).
  std::span<const int64_t> Share(int64_t whole,
                                 std::span<const int64_t> weights);

 private:
  using Remainder = std::pair<unsigned __int128, size_t>;  // and its part

  void GiveRest(int64_t rest);

  std::vector<int64_t> parts_;
  std::vector<Remainder> remainders_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_APPORTION_H_
