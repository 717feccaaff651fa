#include "graph/compare/blame.h"

#include "graph/compare/blame_search.h"

namespace prof2cg {

Blame BlameFinder::Find(EventId event, uint32_t function) const {
  return BlameSearch(ChangeTerms(graph_, order_, event), function,
                     FunctionChange(graph_, event, function).difference())
      .Run();
}

}  // namespace prof2cg
