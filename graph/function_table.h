// The functions of a profile, told apart by value.
#ifndef PROF2CG_GRAPH_FUNCTION_TABLE_H_
#define PROF2CG_GRAPH_FUNCTION_TABLE_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ids.h"

namespace prof2cg {

// The file of functions that have none, as Python's profilers write it.
inline constexpr std::string_view kBuiltInFile = "~";

// Equal in all four: the same function. Text is in the profile's StringTable.
struct Function {
  StringId name;
  StringId file;      // full path as the source had it, or kBuiltInFile
  StringId object;    // package or library; "" where the source knows none
  uint32_t line = 0;  // the function's first line; 0: unknown

  friend bool operator==(const Function&, const Function&) = default;

  template <class H>
  friend H AbslHashValue(H state, const Function& f) {
    const auto pair = [](uint32_t a, uint32_t b) {
      return uint64_t{a} << 32 | b;
    };
    return H::combine(std::move(state), pair(f.name.row(), f.file.row()),
                      pair(f.object.row(), f.line));
  }
};

// Rows in order of first appearance.
using FunctionTable = std::vector<Function>;

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_FUNCTION_TABLE_H_
