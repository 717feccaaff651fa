// One part of a callgrind file.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_

#include <cstddef>
#include <cstdint>

#include "converter/io/text_sink.h"
#include "converter/writers/callgrind_plan.h"

namespace prof2cg {

// What the format could not hold.
struct CallgrindLoss {
  int64_t negative_costs = 0;   // written as 0
  int64_t uncounted_calls = 0;  // written as 1
};

// Writes the functions of `part` with their calls, before the first of them the
// calls from outside.
CallgrindLoss WriteCallgrindPart(const CallgrindPlan& plan, size_t part,
                                 TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_
