// A function as the two sides of a comparison know it.
#ifndef PROF2CG_GRAPH_COMPARE_FUNCTION_PAIR_H_
#define PROF2CG_GRAPH_COMPARE_FUNCTION_PAIR_H_

#include "graph/ids.h"

namespace prof2cg {

// Rows of the functions of each side; not valid: that side has none.
struct FunctionPair {
  FunctionId base;
  FunctionId current;

  bool is_matched() const { return base.is_valid() && current.is_valid(); }
  friend bool operator==(const FunctionPair&, const FunctionPair&) = default;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_FUNCTION_PAIR_H_
