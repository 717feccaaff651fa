// What the profiles in a speedscope file are of; see speedscope.cc for the
// rule.
#ifndef PROF2CG_CONVERTER_READERS_SPEEDSCOPE_PARTS_H_
#define PROF2CG_CONVERTER_READERS_SPEEDSCOPE_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "converter/readers/amount.h"
#include "converter/readers/speedscope_contents.h"

namespace prof2cg {

// A profile of the file: of an event and a thread.
struct SpeedscopePart {
  const SpeedscopeContents::Profile* profile;
  size_t stacks_begin;
  size_t weights_begin;
  size_t events_begin;
  size_t column = 0;
  Amount size = 1;  // of its unit, in that of the column
  uint32_t thread = 0;
};

// A part for each profile, with what it has. They borrow the contents.
std::vector<SpeedscopePart> SpeedscopePartsOf(
    const SpeedscopeContents& contents);

// The events' columns; gives each part its own and the size of its unit. Throws
// Error if there are too many.
std::vector<AmountColumn> FindSpeedscopeColumns(
    const SpeedscopeContents& contents, std::vector<SpeedscopePart>& parts);

// The threads' names, none if they are not told; gives each part, with its
// column, its own.
std::vector<std::string_view> FindSpeedscopeThreads(
    std::vector<SpeedscopePart>& parts);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_SPEEDSCOPE_PARTS_H_
