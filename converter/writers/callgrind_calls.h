// The calls of a profile, grouped as a callgrind file has them.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_CALLS_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/call_graph.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// Calls in parts: those of 2^part_shift callers each. Sources have calls by
// callee, files by caller. To look up call by call what lies all over a large
// profile would take most of a writer's time, so calls are copied to where they
// belong: into their part, which is written in order, and within the part when
// its turn comes.
class CallgrindCalls {
 public:
  // Where calls of other threads `have_lines`, those that these lack are told.
  CallgrindCalls(const Profile& profile, int part_shift, size_t parts,
                 bool have_lines);

  struct Call {
    FunctionId caller;
    FunctionId callee;
    int64_t count;
  };

  // In the order of the profile.
  std::span<const Call> Of(size_t part) const {
    return {calls_.data() + begins_[part], begins_[part + 1] - begins_[part]};
  }
  // Of a call in that order.
  std::span<const int64_t> Inclusive(size_t part, size_t call) const {
    return inclusive_[begins_[part] + call];
  }
  // Whether any call site is known.
  bool has_lines() const { return !lines_.empty(); }
  // Of the call site; 0: unknown.
  uint32_t Line(size_t part, size_t call) const {
    return has_lines() ? lines_[begins_[part] + call] : 0;
  }

  // What the lines of a call do not tell.
  struct Rest {
    int64_t primitive;  // count
    bool is_estimated;
  };

  // Whether a call may need a note (converter/io/callgrind_notes.h); then the
  // rest of all is known.
  bool has_notes() const { return !rests_.empty(); }
  const Rest& RestOf(size_t part, size_t call) const {
    return rests_[begins_[part] + call];
  }
  // Whether most calls are marked as estimated.
  bool are_estimated() const { return are_estimated_; }
  // Whether any costs less than nothing.
  bool has_negative_costs() const { return has_negative_costs_; }

 private:
  std::vector<Call> calls_;
  CostTable inclusive_;
  std::vector<uint32_t> lines_;   // none at all where none is known
  std::vector<Rest> rests_;       // none at all where there is no note
  std::vector<uint32_t> begins_;  // per part
  bool are_estimated_ = false;
  bool has_negative_costs_ = false;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_CALLS_H_
