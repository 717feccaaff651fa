// A profile thread by thread.
#ifndef PROF2CG_GRAPH_PASSES_SPLIT_THREADS_H_
#define PROF2CG_GRAPH_PASSES_SPLIT_THREADS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

class ThreadSplit {
 public:
  // Borrows `profile`, which has contexts. O(contexts).
  explicit ThreadSplit(const Profile& profile);

  size_t threads() const { return begins_.size() - 1; }
  bool HasContexts(size_t thread) const {
    return begins_[thread] != begins_[thread + 1];
  }

  // The profile of one thread: its contexts, without sizes of blocks, and the
  // graph that folding them gives. Functions stand in the rows of the whole
  // profile, those of other threads without figures. Where contexts do not tell
  // how often a function was called, that is told in the first thread that has
  // it. The profiles of all threads add up to the folded whole. O(functions +
  // strings + contexts of the thread).
  Profile Of(size_t thread) const;

  // The functions that the thread has contexts of; and in the first thread,
  // those that no thread has. A bit per row.
  std::vector<bool> FunctionsOf(size_t thread) const;

 private:
  ContextTree TreeOf(size_t thread) const;

  const Profile& profile_;
  bool has_calls_ = false;           // whether contexts count any
  std::vector<ContextId> contexts_;  // thread by thread
  std::vector<uint32_t> begins_;     // per thread, and the end
  std::vector<uint32_t> places_;     // per context: in its thread
  std::vector<uint32_t> first_;      // per function: the first thread it is of
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SPLIT_THREADS_H_
