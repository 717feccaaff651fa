// A profile as stacks, for formats that hold nothing else.
#ifndef PROF2CG_CONVERTER_WRITERS_STACKS_H_
#define PROF2CG_CONVERTER_WRITERS_STACKS_H_

#include <optional>
#include <vector>

#include "graph/context_tree.h"
#include "graph/profile.h"

namespace prof2cg {

// Those that the profile has; of a call graph, an estimate. Borrows it.
class Stacks {
 public:
  explicit Stacks(const Profile& profile);

  bool are_estimated() const { return estimated_.has_value(); }
  const ContextTree& tree() const {
    return estimated_ ? *estimated_ : *profile_.contexts;
  }
  // The line that the context's function is at: the call site of what it calls
  // or, if that is not known (0), the function's first.
  uint32_t LineIn(ContextId context, uint32_t call_site) const;
  // What a user should know of them.
  std::vector<Oddity> Oddities() const;

 private:
  const Profile& profile_;
  std::optional<ContextTree> estimated_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_STACKS_H_
