// Calling contexts told apart by a function and its last callers.
#ifndef PROF2CG_GRAPH_PASSES_CONTEXT_CLASSES_H_
#define PROF2CG_GRAPH_PASSES_CONTEXT_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "graph/context_tree.h"
#include "graph/ids.h"
#include "graph/row_index.h"

namespace prof2cg {

// Per context: how often its function is active there, itself included, and at
// most as often as `most` has for that function. O(functions + contexts).
std::vector<uint32_t> FindLevels(const std::vector<Context>& contexts,
                                 const std::vector<uint32_t>& most);

// Contexts in classes, numbered in order of first appearance: those of a class
// become one function. They are refined caller by caller.
class ContextClasses {
 public:
  // Functions at their levels.
  ContextClasses(const std::vector<Context>& contexts,
                 const std::vector<uint32_t>& levels)
      : of_(contexts.size()) {
    Number([&](size_t row) {
      return Key(contexts[row].function.row(), levels[row]);
    });
  }

  // Contexts of a class that differ in this, a value per context, part.
  ContextClasses RefinedBy(const std::vector<FunctionId>& value) const {
    ContextClasses refined;
    refined.of_.resize(of_.size());
    refined.Number([&](size_t row) { return Key(of_[row], value[row].row()); });
    return refined;
  }

  size_t size() const { return first_.size(); }
  uint32_t operator[](size_t context) const { return of_[context]; }
  // A context of the class.
  uint32_t First(size_t c) const { return first_[c]; }

 private:
  ContextClasses() = default;

  using Key = std::pair<uint32_t, uint32_t>;

  template <class KeyOf>
  void Number(KeyOf key_of) {
    constexpr size_t kAhead = 16;
    RowIndex index;
    std::vector<Key> keys;  // per class
    for (uint32_t row = 0; row < of_.size(); ++row) {
      if (row + kAhead < of_.size()) {
        index.Prefetch(absl::HashOf(key_of(row + kAhead)));
      }
      const Key key = key_of(row);
      const auto new_class = static_cast<uint32_t>(keys.size());
      of_[row] =
          index.FindOrAdd(absl::HashOf(key), new_class,
                          [&](uint32_t other) { return keys[other] == key; });
      if (of_[row] != new_class) continue;
      keys.push_back(key);
      first_.push_back(row);
    }
  }

  std::vector<uint32_t> of_;     // per context
  std::vector<uint32_t> first_;  // per class
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_CONTEXT_CLASSES_H_
