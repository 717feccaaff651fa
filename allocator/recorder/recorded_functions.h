// The functions that a recording has met.
#ifndef PROF2CG_ALLOCATOR_RECORDER_RECORDED_FUNCTIONS_H_
#define PROF2CG_ALLOCATOR_RECORDER_RECORDED_FUNCTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/row_index.h"

namespace prof2cg {

// Tells functions apart, in one compare: an address, or a mix of several.
using FunctionAddress = uint64_t;
inline constexpr FunctionAddress kNoFunction = 0;

// Where in its caller something was called: an instruction, in a way that only
// who made it understands. 0: unknown.
using CallSite = uint32_t;

struct RecordedFunction {
  std::string name;
  std::string file;
  uint32_t line = 0;
  // What finds the lines of its call sites; null if it has none.
  const void* code = nullptr;
  // Never shows: what it does is its caller's.
  bool is_hidden = false;
};

// Rows in order of first appearance. Two functions may look alike: the profile
// adds those up.
class RecordedFunctions {
 public:
  // The row of the function at `address`, which `describe()` tells if it is
  // new. That may let other threads run, which may add functions meanwhile,
  // this one too.
  template <class Describe>
  uint32_t FindOrAdd(FunctionAddress address, const Describe& describe) {
    const uint32_t known = RowOf(address);
    if (known != RowIndex::kNoRow) return known;
    RecordedFunction function = describe();
    const auto next = static_cast<uint32_t>(rows_.size());
    const uint32_t row = index_.FindOrAdd(Hash(address), next, IsAt(address));
    if (row == next) {
      addresses_.push_back(address);
      rows_.push_back(std::move(function));
    }
    return row;
  }

  // The function at `address`, or null.
  const RecordedFunction* Find(FunctionAddress address) const {
    const uint32_t row = RowOf(address);
    return row == RowIndex::kNoRow ? nullptr : &rows_[row];
  }

  const RecordedFunction& operator[](uint32_t row) const { return rows_[row]; }
  size_t size() const { return rows_.size(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }

  void Clear() { *this = RecordedFunctions(); }

 private:
  static uint64_t Hash(FunctionAddress address) {
    return address * 0x9e3779b97f4a7c15;  // good in its upper half
  }
  auto IsAt(FunctionAddress address) const {
    return [=, this](uint32_t row) { return addresses_[row] == address; };
  }
  uint32_t RowOf(FunctionAddress address) const {
    return index_.Find(Hash(address), IsAt(address));
  }

  std::vector<RecordedFunction> rows_;
  std::vector<FunctionAddress> addresses_;  // by row
  RowIndex index_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_RECORDED_FUNCTIONS_H_
