// Typed row numbers. Tables refer to each other's rows by these, never by
// pointer; ids of two kinds do not convert into each other.
#ifndef PROF2CG_GRAPH_IDS_H_
#define PROF2CG_GRAPH_IDS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace prof2cg {

// A row of one table, counted from 0. Default: no row.
template <class Table>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(size_t row) : row_(static_cast<uint32_t>(row)) {}

  constexpr uint32_t row() const { return row_; }
  constexpr bool is_valid() const { return row_ != kNoRow; }

  friend constexpr auto operator<=>(Id, Id) = default;

  template <class H>
  friend H AbslHashValue(H state, Id id) {
    return H::combine(std::move(state), id.row_);
  }

 private:
  static constexpr uint32_t kNoRow = UINT32_MAX;
  uint32_t row_ = kNoRow;
};

using StringId = Id<struct StringTag>;
using FunctionId = Id<struct FunctionTag>;
using CallId = Id<struct CallTag>;
using ContextId = Id<struct ContextTag>;
using EventId = Id<struct EventTag>;

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_IDS_H_
