#include "graph/passes/sort_calls.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>

namespace prof2cg {
namespace {

// What fits the second level cache, with its costs.
constexpr size_t kCallsOfBucket = 8192;
// As many open ends as memory can be written at without trouble.
constexpr size_t kMostBuckets = 1024;

// Where each bucket begins, and the end of the last; from their sizes.
std::vector<size_t> BeginsOf(std::vector<size_t> sizes) {
  size_t begin = 0;
  for (size_t& size : sizes) {
    const size_t end = begin + size;
    size = begin;
    begin = end;
  }
  sizes.push_back(begin);
  return sizes;
}

void CopyRow(const std::vector<Call>& calls, const CostTable& inclusive,
             size_t from, size_t to, SortedCalls& into) {
  into.calls[to] = calls[from];
  const std::span<const int64_t> costs = inclusive[from];
  std::copy(costs.begin(), costs.end(), into.inclusive[to].begin());
}

void Resize(size_t rows, SortedCalls& calls) {
  calls.calls.resize(rows);
  calls.inclusive.Resize(rows);
}

// A bucket for so many callers, a power of two, from one on.
struct Buckets {
  size_t count;
  int shift;
  size_t first_caller = 0;

  size_t Of(const Call& call) const {
    return (call.caller.row() - first_caller) >> shift;
  }
};

// One round: copies `rows` rows from row `begin` on to the start of `into`,
// bucket by bucket, and gives where these begin.
std::vector<size_t> Distribute(const std::vector<Call>& calls,
                               const CostTable& inclusive, size_t begin,
                               size_t rows, const Buckets& buckets,
                               SortedCalls& into) {
  std::vector<size_t> sizes(buckets.count);
  for (size_t row = begin; row < begin + rows; ++row) {
    ++sizes[buckets.Of(calls[row])];
  }
  const std::vector<size_t> begins = BeginsOf(std::move(sizes));
  std::vector<size_t> next = begins;
  for (size_t row = begin; row < begin + rows; ++row) {
    CopyRow(calls, inclusive, row, next[buckets.Of(calls[row])]++, into);
  }
  return begins;
}

}  // namespace

SortedCalls SortCallsByCaller(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  const size_t functions = profile.functions.size();
  const size_t wanted =
      std::clamp<size_t>(graph.calls.size() / kCallsOfBucket, 1, kMostBuckets);
  const auto shift = static_cast<int>(std::bit_width(functions / wanted));
  const size_t callers = size_t{1} << shift;  // of a bucket
  const Buckets coarse{functions / callers + 1, shift};

  SortedCalls sorted{{}, CostTable(profile.events.size())};
  Resize(graph.calls.size(), sorted);
  const std::vector<size_t> begins = Distribute(
      graph.calls, graph.call_inclusive, 0, graph.calls.size(), coarse, sorted);

  SortedCalls bucket{{}, CostTable(profile.events.size())};
  for (size_t b = 0; b < coarse.count; ++b) {
    const size_t rows = begins[b + 1] - begins[b];
    if (rows > bucket.calls.size()) Resize(rows, bucket);
    Distribute(sorted.calls, sorted.inclusive, begins[b], rows,
               {callers, 0, b * callers}, bucket);
    for (size_t row = 0; row < rows; ++row) {
      CopyRow(bucket.calls, bucket.inclusive, row, begins[b] + row, sorted);
    }
  }
  return sorted;
}

}  // namespace prof2cg
