#include "graph/compare/joined_paths.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "graph/grouping.h"
#include "graph/passes/walk_contexts.h"

namespace prof2cg {
namespace {

constexpr uint32_t kNone = JoinedPath::kNone;

// The path of each context: enter(parent, function) gives that of a function
// which is not active.
template <class Enter>
std::vector<uint32_t> FindPaths(const std::vector<Context>& contexts,
                                const std::vector<uint32_t>& functions,
                                Enter enter) {
  std::vector<uint32_t> paths(contexts.size());
  // The first context of each function on the walk's stack.
  std::vector<uint32_t> first(functions.size(), kNone);
  WalkContexts(
      contexts,
      [&](uint32_t row) {
        const Context& context = contexts[row];
        const uint32_t function = context.function.row();
        if (first[function] != kNone) {
          paths[row] = paths[first[function]];
          return;
        }
        first[function] = row;
        paths[row] = enter(
            context.parent.is_valid() ? paths[context.parent.row()] : kNone,
            functions[function]);
      },
      [&](uint32_t row) {
        uint32_t& active = first[contexts[row].function.row()];
        if (active == row) active = kNone;
      });
  return paths;
}

}  // namespace

void JoinedPaths::Add(const ContextTree& tree,
                      const std::vector<uint32_t>& functions) {
  FindPaths(tree.contexts, functions,
            [this](uint32_t parent, uint32_t function) {
              return Enter(parent, function);
            });
}

std::vector<uint32_t> JoinedPaths::Of(
    const ContextTree& tree, const std::vector<uint32_t>& functions) const {
  return FindPaths(tree.contexts, functions,
                   [this](uint32_t parent, uint32_t function) {
                     return Find(parent, function);
                   });
}

std::vector<uint32_t> JoinedPaths::ChainOf(uint32_t path) const {
  std::vector<uint32_t> chain;
  for (; path != kNone; path = paths_[path].parent) chain.push_back(path);
  std::ranges::reverse(chain);
  return chain;
}

uint32_t JoinedPaths::Enter(uint32_t parent, uint32_t function) {
  const auto new_row = static_cast<uint32_t>(paths_.size());
  const uint32_t row = index_.FindOrAdd(
      absl::HashOf(parent, function), new_row, [&](uint32_t other) {
        return paths_[other].parent == parent &&
               paths_[other].function == function;
      });
  if (row == new_row) {
    paths_.push_back({.parent = parent, .function = function});
  }
  return row;
}

uint32_t JoinedPaths::Find(uint32_t parent, uint32_t function) const {
  return index_.Find(absl::HashOf(parent, function), [&](uint32_t other) {
    return paths_[other].parent == parent && paths_[other].function == function;
  });
}

void JoinedPaths::TellApart(size_t calls) {
  std::vector<uint32_t> paths_of(calls);
  for (const JoinedPath& path : paths_) {
    if (path.call != kNone) ++paths_of[path.call];
  }
  for (JoinedPath& path : paths_) {
    path.is_apart = path.call != kNone && paths_of[path.call] > 1;
  }
}

// Those of nobody come last.
void JoinedPaths::IndexChildren() {
  const size_t n = paths_.size();
  const auto parent_of = [this, n](size_t path) {
    return std::min<size_t>(paths_[path].parent, n);
  };
  Grouping grouping(n, n + 1, parent_of);
  children_.resize(n);
  for (uint32_t path = 0; path < n; ++path) {
    children_[grouping.Take(parent_of(path))] = path;
  }
  children_begin_ = std::move(grouping).Begins();
}

}  // namespace prof2cg
