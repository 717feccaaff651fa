// One part of a callgrind file.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/io/text_sink.h"
#include "converter/writers/callgrind_plan.h"

namespace prof2cg {

// What the format could not hold.
struct CallgrindLoss {
  int64_t negative_costs = 0;   // written as 0
  int64_t uncounted_calls = 0;  // written as 1
};

// What has been named. Parts that are made at the same time share it: each
// touches only what is first named in it.
struct CallgrindNamed {
  explicit CallgrindNamed(const CallgrindPlan& plan);

  // Whether; not of bool, whose elements are not apart in memory.
  std::vector<char> functions;  // per function
  std::vector<char> files;      // per id
  std::vector<char> objects;    // per id
};

// Writes the functions of `part` with their calls, before the first of them the
// calls from outside. Parts before and behind may be written at the same time.
CallgrindLoss WriteCallgrindPart(const CallgrindPlan& plan, size_t part,
                                 CallgrindNamed& named, TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_PART_H_
