// What to do without where there would be too many names.
#ifndef PROF2CG_GRAPH_PASSES_NAME_LIMIT_H_
#define PROF2CG_GRAPH_PASSES_NAME_LIMIT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/ids.h"
#include "graph/provenance.h"

namespace prof2cg {

// The functions that ask for most, a figure per row, in that order: so many
// that the others ask for at most `room` together. O(n log n).
std::vector<FunctionId> FindGreatest(const std::vector<size_t>& asked,
                                     size_t room);

// So many functions are told apart by fewer callers than asked for.
void NoteFewerCallers(Provenance& provenance, int64_t functions);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_NAME_LIMIT_H_
