#include "graph/context_tree_builder.h"

#include <tuple>

#include "absl/hash/hash.h"

namespace prof2cg {

ContextId ContextTreeBuilder::Enter(ContextId parent, FunctionId function,
                                    uint32_t line) {
  uint32_t& recent = recent_[Place(parent)];
  const Context context{parent, function, line};
  if (recent != RowIndex::kNoRow && Is(recent, context)) {
    return ContextId(recent);
  }
  const auto new_row = static_cast<uint32_t>(contexts());
  const uint32_t row =
      index_.FindOrAdd(absl::HashOf(parent, function, line), new_row,
                       [&](uint32_t other) { return Is(other, context); });
  recent = row;
  if (row == new_row) {
    tree_.contexts.push_back(context);
    tree_.self.Resize(contexts());
    recent_.push_back(RowIndex::kNoRow);
  }
  return ContextId(row);
}

}  // namespace prof2cg
