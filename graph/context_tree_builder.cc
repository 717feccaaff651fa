#include "graph/context_tree_builder.h"

#include "absl/hash/hash.h"

namespace prof2cg {

ContextId ContextTreeBuilder::Enter(ContextId parent, FunctionId function,
                                    uint32_t line, uint32_t thread) {
  Context context{parent, function, line};
  context.thread =
      parent.is_valid() ? tree_.contexts[parent.row()].thread : thread;
  uint32_t& recent = recent_[Place(parent)];
  if (recent == RowIndex::kNoRow) {
    recent = static_cast<uint32_t>(contexts());
  } else if (Is(recent, context)) {
    return ContextId(recent);
  } else {
    recent = Find(context);
  }
  const ContextId id(recent);
  if (id.row() == contexts()) Add(context);
  return id;
}

// The row of a context that is not its parent's recent child; the next one if
// it is new.
uint32_t ContextTreeBuilder::Find(const Context& context) {
  const size_t place = Place(context.parent);
  const auto find = [&](const Context& wanted, uint32_t new_row) {
    return index_.FindOrAdd(Hash(wanted), new_row,
                            [&](uint32_t row) { return Is(row, wanted); });
  };
  if (!has_several_[place]) {
    has_several_[place] = true;
    find(tree_.contexts[recent_[place]], recent_[place]);
  }
  return find(context, static_cast<uint32_t>(contexts()));
}

void ContextTreeBuilder::Add(const Context& context) {
  tree_.contexts.push_back(context);
  tree_.self.Resize(contexts());
  recent_.push_back(RowIndex::kNoRow);
  has_several_.push_back(false);
}

void ContextTreeBuilder::AddSizes(const SizeCount& more) {
  std::vector<SizeCount>& sizes = tree_.sizes;
  const auto new_row = static_cast<uint32_t>(sizes.size());
  const uint32_t row = sizes_.FindOrAdd(
      absl::HashOf(more.context, more.least), new_row, [&](uint32_t other) {
        return sizes[other].context == more.context &&
               sizes[other].least == more.least;
      });
  if (row == new_row) {
    sizes.push_back(more);
  } else {
    sizes[row].blocks = SaturatingAdd(sizes[row].blocks, more.blocks);
  }
}

uint64_t ContextTreeBuilder::Hash(const Context& context) {
  const uint64_t call = uint64_t{context.function.row()} << 32 | context.line;
  return absl::HashOf(call, context.parent, context.thread);
}

}  // namespace prof2cg
