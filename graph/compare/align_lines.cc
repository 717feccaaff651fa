#include "graph/compare/align_lines.h"

#include <algorithm>

namespace prof2cg {
namespace {

constexpr size_t kMostSteps = size_t{1} << 24;

uint64_t Distance(int64_t a, int64_t b) {
  return a < b ? static_cast<uint64_t>(b) - static_cast<uint64_t>(a)
               : static_cast<uint64_t>(a) - static_cast<uint64_t>(b);
}

// For each line of `few` its place in `many`: how many of those it skips never
// falls from one line to the next, which is what dynamic programming is over.
std::vector<size_t> FindPlaces(std::span<const int64_t> few,
                               std::span<const int64_t> many) {
  const size_t most_skipped = many.size() - few.size();
  const size_t widths = most_skipped + 1;
  // By lines skipped at most: the least sum so far; and whether the line is
  // best where it skips just so many.
  std::vector<uint64_t> sums(widths);
  std::vector<bool> is_there(few.size() * widths);
  for (size_t i = 0; i < few.size(); ++i) {
    for (size_t skipped = 0; skipped < widths; ++skipped) {
      sums[skipped] += Distance(few[i], many[i + skipped]);
      const bool is_better = skipped == 0 || sums[skipped] < sums[skipped - 1];
      is_there[i * widths + skipped] = is_better;
      if (!is_better) sums[skipped] = sums[skipped - 1];
    }
  }
  std::vector<size_t> places(few.size());
  size_t skipped = most_skipped;
  for (size_t i = few.size(); i-- > 0;) {
    while (!is_there[i * widths + skipped]) --skipped;
    places[i] = i + skipped;
  }
  return places;
}

}  // namespace

std::vector<std::pair<size_t, size_t>> AlignLines(
    std::span<const int64_t> base, std::span<const int64_t> current) {
  const bool is_swapped = base.size() > current.size();
  const auto few = is_swapped ? current : base;
  auto many = is_swapped ? base : current;
  if (few.empty()) return {};
  if (many.size() - few.size() >= kMostSteps / few.size()) {
    many = many.first(few.size());
  }
  std::vector<std::pair<size_t, size_t>> pairs;
  const std::vector<size_t> places = FindPlaces(few, many);
  for (size_t i = 0; i < few.size(); ++i) {
    is_swapped ? pairs.emplace_back(places[i], i)
               : pairs.emplace_back(i, places[i]);
  }
  return pairs;
}

}  // namespace prof2cg
