// Where in the source a finding is to be looked at.
#ifndef PROF2CG_CONVERTER_DIFF_PLACES_H_
#define PROF2CG_CONVERTER_DIFF_PLACES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "converter/diff/report.h"

namespace prof2cg {

// A line of a file as the current side has it; it is not escaped.
struct SourcePlace {
  std::string file = {};
  uint32_t line = 0;

  friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

// The call site that is new, if one is to blame; else the function that is, and
// else the function itself. None if no file is known: of built-ins, and of what
// only the base has. `root`, a folder, is left out where a file is in it.
std::optional<SourcePlace> PlaceOf(const DiffFinding& finding,
                                   std::string_view root = "");

// The line of the project's settings that has it, the first if that is unknown.
SourcePlace PlaceOf(const DiffReport& report, const DiffBudget& budget,
                    std::string_view root = "");

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_PLACES_H_
