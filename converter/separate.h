// Functions told apart by who called them, as the user wants it.
#ifndef PROF2CG_CONVERTER_SEPARATE_H_
#define PROF2CG_CONVERTER_SEPARATE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// A number for functions like a pattern: a glob of the name, as Callgrind has
// it; where there are none, see converter/names/choose.h.
struct NumberOfLike {
  std::string pattern;
  uint32_t number = 0;
};

// A number for all functions, and others for some, of which the last counts.
struct NumberOfEach {
  std::optional<uint32_t> of_all = {};  // none: not given
  std::vector<NumberOfLike> of_some = {};

  bool is_given() const { return of_all || !of_some.empty(); }
};

struct SeparateOptions {
  static constexpr uint32_t kMostCallers = 50;
  static constexpr uint32_t kMostLevels = 50;
  static constexpr size_t kUsualNames = 1'000'000;

  NumberOfEach callers;  // that tell a function apart; else 0
  // Instead of a number for all: what graph/passes/choose_callers.h finds.
  bool chooses_callers = false;
  // Of recursion; else 2 where numbers of callers are given, as Callgrind has
  // it, and 1 otherwise.
  NumberOfEach levels;
  size_t max_names = kUsualNames;  // see SeparationRules; 0: any number
};

// Does nothing where nothing is asked for. Gives a line that says what was
// chosen, and why; "" where nothing was to be chosen. Throws Error if no
// function is like a pattern.
std::string Separate(Profile& profile, const SeparateOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_SEPARATE_H_
