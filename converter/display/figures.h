// Figures as people read them: "12.3 ms", "1.50 KiB", "1 234 567", "24.8%".
#ifndef PROF2CG_CONVERTER_DISPLAY_FIGURES_H_
#define PROF2CG_CONVERTER_DISPLAY_FIGURES_H_

#include <cstdint>
#include <string>

#include "graph/event_set.h"

namespace prof2cg {

// A number and its unit, apart so that a column can align both.
struct Figure {
  std::string number;
  std::string unit;  // "" for zero and for small counts

  // "12.3 ms"
  std::string Text() const;
};

// `cost`, an amount of `unit`, in the greatest unit that leaves at least one,
// to that many digits. Whole amounts of the smallest unit are exact; what would
// be rounded to zero is "<0.01".
Figure ScaleCost(double cost, Unit unit, int digits = 3);

// "1 234 567"
std::string GroupDigits(int64_t count);

// A share of 1 in at most five columns: "24.8%", "100%", ">999%"; six where it
// is negative.
std::string Percent(double share);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_FIGURES_H_
