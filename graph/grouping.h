// Puts rows of a group together.
#ifndef PROF2CG_GRAPH_GROUPING_H_
#define PROF2CG_GRAPH_GROUPING_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace prof2cg {

// Gives each row its place when rows stand group by group, each group's in
// their order: a counting sort, O(rows + groups).
//
//   Grouping grouping(rows, groups, group_of);
//   for (size_t row = 0; row < rows; ++row) {
//     sorted[grouping.Take(group_of(row))] = row;
//   }
//   begins = std::move(grouping).Begins();
class Grouping {
 public:
  // `group_of(row)` is below `groups`.
  template <class GroupOf>
  Grouping(size_t rows, size_t groups, GroupOf group_of) : next_(groups + 2) {
    // Counts stand two further, so that their sums are the begins, one further:
    // there they grow to the ends, which are the begins of the groups behind.
    for (size_t row = 0; row < rows; ++row) ++next_[group_of(row) + 2];
    for (size_t i = 2; i < next_.size(); ++i) next_[i] += next_[i - 1];
  }

  // The place of the group's next row.
  uint32_t Take(size_t group) { return next_[group + 1]++; }

  // Where groups begin, and behind them the end of all; once every row was
  // taken.
  std::vector<uint32_t> Begins() && {
    next_.pop_back();
    return std::move(next_);
  }

 private:
  std::vector<uint32_t> next_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_GROUPING_H_
