// What part of a profile the user wants to see, whatever the output.
#ifndef PROF2CG_CONVERTER_FILTER_H_
#define PROF2CG_CONVERTER_FILTER_H_

#include <string>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Patterns of functions (converter/names/choose.h), with pprof's meaning; none:
// no such filter. They are applied in this order.
struct FilterOptions {
  std::vector<std::string> focus = {};   // only stacks that hold one of these
  std::vector<std::string> ignore = {};  // only stacks that hold none of these
  std::vector<std::string> hide = {};    // these disappear from their stacks
  std::vector<std::string> show = {};    // all others disappear
};

// Throws Error if no function has a name that is asked for, or nothing is left.
void Filter(Profile& profile, const FilterOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_FILTER_H_
