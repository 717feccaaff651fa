// What contexts of a call graph become with one caller more.
#ifndef PROF2CG_GRAPH_PASSES_FIND_EXTENSIONS_H_
#define PROF2CG_GRAPH_PASSES_FIND_EXTENSIONS_H_

#include <cstdint>
#include <vector>

#include "graph/passes/caller_depths.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/estimated_contexts.h"

namespace prof2cg {

// Contexts and calls from these rows on are of functions that know so many
// callers.
struct KnownCallers {
  uint32_t depth = 0;
  uint32_t first_context = 0;
  uint32_t first_call = 0;
};

// The rows of such calls that have a context at one end, context by context
// from first_context on; those of contexts before it, which grow no more, are
// last.
struct PartIndex {
  std::vector<uint32_t> parts;
  std::vector<uint32_t> begins;  // per context
};

// O(contexts + calls).
PartIndex IndexParts(const EstimatedContexts& estimate,
                     const KnownCallers& known, uint32_t EstimatedCall::*end);

// A context with one caller more.
struct Extension {
  uint32_t context;
  uint32_t caller;  // a context; kNone: entered from outside
};

struct Extensions {
  std::vector<Extension> rows;    // side by side for each context
  std::vector<uint32_t> of_part;  // per place in the index; kNone: it has none
};

// Those of all contexts that need one, in the order of the calls that `into`
// has by callee; first what entered functions. O(contexts + calls).
Extensions FindExtensions(const EstimatedContexts& estimate,
                          const KnownCallers& known, const PartIndex& into,
                          const EntryCalls& entries,
                          const CallerDepths& depths);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FIND_EXTENSIONS_H_
