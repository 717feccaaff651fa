// Costs: one row per function, call or context, one column per event.
#ifndef PROF2CG_GRAPH_COST_TABLE_H_
#define PROF2CG_GRAPH_COST_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace prof2cg {

// The sum, or the nearest representable number where there is none: a hostile
// profile may hold figures that no machine could have measured.
inline int64_t SaturatingAdd(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? INT64_MAX : INT64_MIN;
}

// cost - part, as far as that is a cost.
inline int64_t Rest(int64_t cost, int64_t part) {
  const __int128 rest = static_cast<__int128>(cost) - part;
  if (rest < 0) return 0;
  return rest > INT64_MAX ? INT64_MAX : static_cast<int64_t>(rest);
}

// part / whole of a cost, rounded towards zero; `part` is at most `whole`.
inline int64_t Share(int64_t cost, int64_t part, int64_t whole) {
  return static_cast<int64_t>(static_cast<__int128>(cost) * part / whole);
}

// Takes such a share of what is left of a cost, so that with the last one all
// of it is taken.
inline int64_t TakeShare(int64_t& left, int64_t part, int64_t whole) {
  const int64_t share = Share(left, part, whole);
  left -= share;
  return share;
}

// A dense table, row by row. Units are those of the profile's EventSet.
class CostTable {
 public:
  CostTable() = default;
  explicit CostTable(size_t events) : events_(events) {}

  size_t rows() const { return events_ == 0 ? 0 : costs_.size() / events_; }
  size_t events() const { return events_; }

  std::span<const int64_t> operator[](size_t row) const {
    return {costs_.data() + row * events_, events_};
  }
  std::span<int64_t> operator[](size_t row) {
    return {costs_.data() + row * events_, events_};
  }

  // Row behind row.
  std::span<const int64_t> all() const { return costs_; }
  std::span<int64_t> all() { return costs_; }

  // A row, or several.
  void Append(std::span<const int64_t> rows) {
    costs_.insert(costs_.end(), rows.begin(), rows.end());
  }
  void Add(size_t row, std::span<const int64_t> more) {
    int64_t* cost = costs_.data() + row * events_;
    for (size_t i = 0; i < events_; ++i) {
      cost[i] = SaturatingAdd(cost[i], more[i]);
    }
  }
  // Asks for the memory of a row that will be needed soon. Inline by force: g++
  // takes a call that only prefetches for one without effect and drops it.
  [[gnu::always_inline]] void Prefetch(size_t row) const {
    __builtin_prefetch(costs_.data() + row * events_);
  }
  // New rows are zero.
  void Resize(size_t rows) { costs_.resize(rows * events_); }
  void Reserve(size_t rows) { costs_.reserve(rows * events_); }

  // Σ over all rows, one figure per event.
  std::vector<int64_t> Totals() const;

  friend bool operator==(const CostTable&, const CostTable&) = default;

 private:
  size_t events_ = 0;
  std::vector<int64_t> costs_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COST_TABLE_H_
