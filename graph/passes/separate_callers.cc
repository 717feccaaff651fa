#include "graph/passes/separate_callers.h"

#include "graph/passes/estimate_callers.h"
#include "graph/passes/separate_contexts.h"

namespace prof2cg {

void SeparateCallers(Profile& profile, const SeparationRules& rules) {
  if (profile.contexts) {
    SeparateContexts(profile, rules);
  } else {
    EstimateCallers(profile, rules);
  }
}

}  // namespace prof2cg
