#include "graph/passes/focus.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "graph/context_tree.h"
#include "graph/passes/estimate_focus.h"
#include "graph/passes/keep_rows.h"
#include "graph/passes/replace_contexts.h"

namespace prof2cg {
namespace {

// Whether the stack is more than the beginning of others.
bool IsStack(const ContextTree& tree, size_t row) {
  return tree.contexts[row].calls != 0 ||
         std::ranges::any_of(tree.self[row],
                             [](int64_t cost) { return cost != 0; });
}

// Per context: whether it is in the result, itself or as the way to others.
struct Parts {
  std::vector<bool> selected;
  std::vector<bool> kept;
};

Parts Select(const ContextTree& tree, const std::vector<bool>& chosen,
             bool with_chosen) {
  const size_t rows = tree.contexts.size();
  std::vector<bool> holds(rows);  // a chosen function
  for (size_t row = 0; row < rows; ++row) {
    const Context& context = tree.contexts[row];
    holds[row] = chosen[context.function.row()] ||
                 (context.parent.is_valid() && holds[context.parent.row()]);
  }
  Parts parts{std::vector<bool>(rows), std::vector<bool>(rows)};
  for (size_t row = rows; row-- > 0;) {
    parts.selected[row] = holds[row] == with_chosen && IsStack(tree, row);
    if (parts.selected[row]) parts.kept[row] = true;
    const ContextId parent = tree.contexts[row].parent;
    if (parts.kept[row] && parent.is_valid()) parts.kept[parent.row()] = true;
  }
  return parts;
}

ContextTree Keep(const ContextTree& tree, const Parts& parts) {
  ContextTree rest;
  rest.self = CostTable(tree.self.events());
  std::vector<ContextId> ids(tree.contexts.size());
  for (size_t row = 0; row < ids.size(); ++row) {
    if (!parts.kept[row]) continue;
    ids[row] = ContextId(rest.contexts.size());
    Context context = tree.contexts[row];
    if (context.parent.is_valid()) context.parent = ids[context.parent.row()];
    rest.contexts.push_back(context);
    rest.self.Resize(rest.contexts.size());
    if (parts.selected[row]) rest.self.Add(ids[row].row(), tree.self[row]);
  }
  return rest;
}

void KeepStacks(Profile& profile, const std::vector<bool>& chosen,
                bool with_chosen) {
  const ContextTree& tree = *profile.contexts;
  ReplaceContexts(profile, Keep(tree, Select(tree, chosen, with_chosen)));
  std::vector<bool> keep(profile.functions.size());
  for (const Context& context : profile.contexts->contexts) {
    keep[context.function.row()] = true;
  }
  KeepFunctions(profile, keep);
}

}  // namespace

void Focus(Profile& profile, const std::vector<bool>& chosen) {
  if (profile.contexts) {
    KeepStacks(profile, chosen, true);
  } else {
    EstimateFocus(profile, chosen);
  }
}

void Ignore(Profile& profile, const std::vector<bool>& chosen) {
  if (profile.contexts) {
    KeepStacks(profile, chosen, false);
  } else {
    EstimateIgnored(profile, chosen);
  }
}

}  // namespace prof2cg
