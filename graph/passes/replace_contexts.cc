#include "graph/passes/replace_contexts.h"

#include <algorithm>
#include <utility>

#include "graph/passes/fold_contexts.h"

namespace prof2cg {

void ReplaceContexts(Profile& profile, ContextTree contexts) {
  const bool counts_are_of_contexts =
      std::ranges::any_of(profile.contexts->contexts, &Context::calls);
  if (counts_are_of_contexts) {
    std::ranges::fill(profile.graph.counts, CallCounts());
  }
  profile.contexts = std::move(contexts);
  FoldContexts(profile);
}

}  // namespace prof2cg
