// The paths by which functions of two profiles are called, as one tree.
#ifndef PROF2CG_GRAPH_COMPARE_JOINED_PATHS_H_
#define PROF2CG_GRAPH_COMPARE_JOINED_PATHS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/context_tree.h"
#include "graph/row_index.h"

namespace prof2cg {

// A chain of functions from a root: all calling contexts of them, from whatever
// lines and in whatever threads.
struct JoinedPath {
  static constexpr uint32_t kNone = UINT32_MAX;

  uint32_t parent = kNone;  // the path without the last function, if any
  uint32_t function = 0;    // the last: a row of JoinedGraph::functions
  // By which the parent's function calls it: a row of JoinedGraph::calls. None
  // of a root, or where the call graph does not have it.
  uint32_t call = kNone;
  bool is_apart = false;  // its call is on other paths as well

  bool is_root() const { return parent == kNone; }
};

// Paths of both sides' contexts, parents before children. A function that is
// active already stands for its first activation, so that a path has no
// function twice: what recursion costs is a cost of the path by which it was
// begun, and `a > b > a > c` is the path `a > c`. There are no more paths than
// contexts.
class JoinedPaths {
 public:
  // Adds what the contexts of a side have. `functions` has the joined row of
  // each of its functions. O(contexts + functions), without recursion.
  void Add(const ContextTree& tree, const std::vector<uint32_t>& functions);

  // Once both sides are added. find_call(caller, callee) gives the row of a
  // call, or kNone; `calls` is how many there are.
  template <class FindCall>
  void Finish(size_t calls, FindCall find_call) {
    for (JoinedPath& path : paths_) {
      if (path.is_root()) continue;
      path.call = find_call(paths_[path.parent].function, path.function);
    }
    TellApart(calls);
    IndexChildren();
  }

  // The path of each context; all of them were added, of this or another
  // profile. O(contexts + functions).
  std::vector<uint32_t> Of(const ContextTree& tree,
                           const std::vector<uint32_t>& functions) const;

  size_t size() const { return paths_.size(); }
  const JoinedPath& operator[](uint32_t path) const { return paths_[path]; }
  // Those that are longer by one function.
  std::span<const uint32_t> ChildrenOf(uint32_t path) const {
    const uint32_t begin = children_begin_[path];
    return {children_.data() + begin, children_begin_[path + 1] - begin};
  }
  // Paths from the root's to this one.
  std::vector<uint32_t> ChainOf(uint32_t path) const;

 private:
  uint32_t Enter(uint32_t parent, uint32_t function);
  uint32_t Find(uint32_t parent, uint32_t function) const;
  void TellApart(size_t calls);
  void IndexChildren();

  std::vector<JoinedPath> paths_;
  RowIndex index_;  // by parent and function
  std::vector<uint32_t> children_;
  std::vector<uint32_t> children_begin_;  // and the end of all
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JOINED_PATHS_H_
