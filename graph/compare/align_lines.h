// Which lines of a source are the same in another version of it.
#ifndef PROF2CG_GRAPH_COMPARE_ALIGN_LINES_H_
#define PROF2CG_GRAPH_COMPARE_ALIGN_LINES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace prof2cg {

// Pairs of places in `base` and `current`, both in ascending order. As many as
// the shorter has lines, and in order; of all such pairings, one whose lines
// are the least apart in sum. Of k and l lines O(k (|k - l| + 1)); where that
// were millions, the first of the longer are paired.
std::vector<std::pair<size_t, size_t>> AlignLines(
    std::span<const int64_t> base, std::span<const int64_t> current);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_ALIGN_LINES_H_
