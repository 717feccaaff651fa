// Inputs as one profile: the first half of the pipeline.
#ifndef PROF2CG_CONVERTER_LOAD_H_
#define PROF2CG_CONVERTER_LOAD_H_

#include <string>
#include <vector>

#include "converter/readers/reader.h"
#include "graph/profile.h"

namespace prof2cg {

struct LoadOptions {
  const Reader* reader = nullptr;  // null: found by content
  bool with_python = false;        // pstats by CPython's own marshal
  std::string name = {};           // of the one input; "": its path
  bool warns = true;               // of oddities, which the profile holds too
};

// Reads all inputs ("-": standard input) and merges them. What is odd about one
// of them is told on stderr, a line each, if asked for. Throws Error that names
// the input.
Profile Load(const std::vector<std::string>& inputs,
             const LoadOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_LOAD_H_
