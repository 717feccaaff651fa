// Which functions are worth telling apart by who called them.
#ifndef PROF2CG_GRAPH_PASSES_CHOOSE_CALLERS_H_
#define PROF2CG_GRAPH_PASSES_CHOOSE_CALLERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// The criterion: what would a viewer that knows calls, but not what each of
// them led to, put at the wrong caller? A function's cost is then shared out to
// its callers by how often they called it, or by the first event where calls
// are not counted. What that misplaces of an event's total is
//
//   1/2 Σ over callers |cost when called from there - its share|
//
// Events that are flows count, and of blocks and other counts what is 10 or
// more.
struct CallerCriterion {
  double misplaced = 0.01;  // this part of an event's total, or more
  uint32_t callers = 8;     // at most
  size_t names = 1000;      // that are new, at most: the worst functions first
};

// A function whose callers differ.
struct DifferingCallers {
  FunctionId function;
  uint32_t callers = 0;  // how many tell it apart
  size_t names = 0;      // how many functions that makes
  EventId event;         // the reason
  double misplaced = 0;  // that part of the event's total
};

// The reason is the event of which most is misplaced; counts that follow from
// what a program does (calls of an allocator, cache misses) are one only where
// neither the first event, nor time or bytes are. The worst come first; those
// of one part in the order of functions. With contexts,
// callers of callers are looked at, and recursion counts once; without, only
// the calls into a function, and none of functions that call each other, since
// what these calls cost overlaps. O((functions + calls + contexts) * events *
// callers).
std::vector<DifferingCallers> ChooseCallers(const Profile& profile,
                                            const CallerCriterion& criterion);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CHOOSE_CALLERS_H_
