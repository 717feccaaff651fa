// Several profiles as one.
#ifndef PROF2CG_GRAPH_PASSES_MERGE_H_
#define PROF2CG_GRAPH_PASSES_MERGE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "graph/context_tree_builder.h"
#include "graph/profile.h"
#include "graph/profile_builder.h"

namespace prof2cg {

// Adds profiles up one by one, so that thousands of them need the memory of
// their union: functions, calls and contexts are matched by value and their
// figures are summed, as pstats.Stats.add does; a call's self cost, and
// contexts, only where all profiles have them. Threads are matched by name, the
// first of that name with the first. Facts stay where all profiles agree.
// Addition is associative and, but for the order of rows, commutative.
class Merger {
 public:
  // Gives the row in the sum of each of the profile's functions. Throws Error if
  // the events differ from those added so far.
  std::vector<FunctionId> Add(const Profile& profile);

  // At least one profile was added.
  Profile Merge() &&;

 private:
  void AddContexts(const Profile& profile,
                   const std::vector<FunctionId>& merged);
  // Rows of the sum's threads, by rows of the profile's.
  std::vector<uint32_t> AddThreads(const Profile& profile);

  std::optional<ProfileBuilder> sum_;
  bool lacks_call_self_ = false;  // then their sum would be a partial one
  std::optional<ContextTreeBuilder> contexts_;
  // By name and how many of that name come before.
  std::map<std::pair<StringId, uint32_t>, uint32_t> threads_;
  size_t profiles_ = 0;
  int64_t without_contexts_ = 0;  // of them
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_MERGE_H_
