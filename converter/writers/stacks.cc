#include "converter/writers/stacks.h"

#include <cstdint>

#include "graph/passes/estimate_stacks.h"

namespace prof2cg {

Stacks::Stacks(const Profile& profile) : profile_(profile) {
  if (!profile.contexts) estimated_ = EstimateStacks(profile);
}

uint32_t Stacks::LineIn(ContextId context, uint32_t call_site) const {
  if (call_site != 0) return call_site;
  const FunctionId f = tree().contexts[context.row()].function;
  return profile_.functions[f.row()].line;
}

std::vector<Oddity> Stacks::Oddities() const {
  if (!are_estimated()) return {};
  return {{"stack is estimated: the input tells only who called whom",
           "stacks are estimated: the input tells only who called whom",
           static_cast<int64_t>(tree().contexts.size())}};
}

}  // namespace prof2cg
