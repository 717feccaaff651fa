// What `prof2cg top --stacks` shows: where a cost arose, and by which callers,
// as memcheck and massif show blocks by the stack that allocated them.
#ifndef PROF2CG_CONVERTER_TOP_STACKS_H_
#define PROF2CG_CONVERTER_TOP_STACKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

struct StackOptions {
  std::string event = {};  // by name; "": the first
  size_t rows = 30;        // functions at most, without their callers; 0: all
  double least_share = 0.01;  // of the whole, for a function or caller
  size_t callers = 12;        // how many deep, up to 100; 0: 100
};

// A function whose own cost is shown (depth 0), or a caller: of the nearest row
// before it that is one less deep. Direct recursion is left out: a caller is
// another function. Names are as the profile has them.
struct StackRow {
  size_t depth = 0;
  std::string name;
  std::string plain_name;  // converter/names/plain_name.h
  std::string file;
  std::string object;
  uint32_t line = 0;   // of the call; at depth 0 the function's; 0: unknown
  int64_t cost = 0;    // at depth 0 its self cost, else the part by this caller
  int64_t blocks = 0;  // the same of the event of blocks, if there is one
  bool has_cut = false;  // its callers are too deep to be shown
};

struct StackReport {
  Event event;
  std::optional<Event> blocks;  // for alloc_bytes, alloc_blocks
  int64_t cost = 0;             // of all stacks
  int64_t block_count = 0;
  size_t functions = 0;        // that have a cost
  size_t shown = 0;            // of them
  std::vector<StackRow> rows;  // functions and callers by cost, falling

  std::vector<Oddity> oddities;
};

// Callers are shown while they have the least share.
// Throws Error if the profile has no such event or no contexts. O(contexts +
// those with a cost times the depth shown), but for sorting.
StackReport MakeStackReport(const Profile& profile,
                            const StackOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_STACKS_H_
