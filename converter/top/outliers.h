// What `prof2cg top --outliers` shows: how far the cost of each function
// scatters over many profiles, and which of those are odd.
#ifndef PROF2CG_CONVERTER_TOP_OUTLIERS_H_
#define PROF2CG_CONVERTER_TOP_OUTLIERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/compare/odd_profiles.h"
#include "graph/compare/spread.h"
#include "graph/profile.h"

namespace prof2cg {

struct OutlierOptions {
  std::string event = {};  // by name; "": the first
  size_t rows = 30;        // functions, and odd profiles, to list; 0: all
};

struct OutlierFunction {
  std::string name;
  std::string plain_name;  // converter/names/plain_name.h
  std::string file;
  std::string object;
  uint32_t line = 0;
  Spread self;
  Spread inclusive;
};

struct Outlier {
  OddProfile odd;
  double total = 0;
  double moved = 0;           // see Contrast
  OutlierFunction function;   // that differs most from the others
  double self = 0;            // its cost here
  double self_of_others = 0;  // and on average
};

struct OutlierReport {
  Event event;
  std::vector<std::string> inputs;  // as they were named
  double median_total = 0;
  double usual_moved = 0;  // the median
  size_t functions = 0;    // of all inputs
  // The first of them by the standard deviation of their self cost, falling.
  std::vector<OutlierFunction> list;
  size_t odd = 0;                 // profiles
  std::vector<Outlier> outliers;  // the first of them, the farthest first
};

// Loads each input twice, one by one: memory is that of the greatest one, of
// the union of all functions, and of a few numbers an input. Throws Error if
// there are fewer than kLeastProfiles, one is standard input, an event is not
// in all, or an input changes meanwhile.
OutlierReport MakeOutlierReport(
    const std::vector<std::string>& inputs,
    const std::function<Profile(const std::string&)>& load,
    const OutlierOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_OUTLIERS_H_
