// Call graphs as gprof prints them, and VTune's gprof-cc after it: an entry a
// function, with its callers above and its callees below it.
//
//                   0.00    0.06     200/400         main [3]
//   [5]     48.5    0.00    0.06    3200+7       even <cycle 1> [5]
//                   0.00    0.06    3200/6600        leaf [1]
//                                   3000             odd <cycle 1> [6]
//
// The function's line has its index, its share of all time in percent, its self
// cost, that of its callees, how often it was called, and by itself; it comes
// last in front of its callees. Theirs have the part of this function in their
// self cost and in that of their callees, how many of their calls it made, and
// of how many: figures of the whole cycle where they are in another. Within a
// cycle there is only the number of calls. VTune counts no calls.
//
// A cycle has an entry, "<cycle 1 as a whole>". It is skipped, since it follows
// from those of its members, and so are callers' lines, since their entries
// have the same.
#ifndef PROF2CG_CONVERTER_READERS_GPROF_GRAPH_H_
#define PROF2CG_CONVERTER_READERS_GPROF_GRAPH_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/profile_builder.h"

namespace prof2cg {

// A line of an entry.
struct GprofLine {
  std::string_view name;
  int64_t index = 0;
  bool is_function = false;  // not a caller or a callee
  bool in_cycle = false;
  bool is_cycle = false;  // as a whole; it has no name
  // None: left out.
  std::optional<double> percent;
  std::optional<double> self;
  std::optional<double> callees;
  std::optional<int64_t> calls;
  int64_t others = 0;  // by itself; of a callee: of how many, 0: left out
};

// None where the line is no such.
std::optional<GprofLine> ParseGprofLine(std::string_view line,
                                        bool counts_calls);

// What entries say, line by line. Functions are told apart by their indices;
// where one has the name of another and no file, its index is its file, "[12]".
class GprofGraph {
 public:
  // Files of functions, where known, by index.
  using Files = absl::flat_hash_map<int64_t, std::string_view>;

  // What the figures of costs are multiples of, in the event's unit.
  GprofGraph(const Event& event, double unit, bool counts_calls,
             Files files = {});

  void AddLine(std::string_view line);
  void EndEntry() { part_ = Part::kCallers; }
  // Behind the line of a function or cycle.
  bool is_in_entry() const { return part_ != Part::kCallers; }

  // In whole units of the event.
  int64_t Cost(double figure) const;

  // By row of functions.
  struct Entry {
    bool is_there = false;
    bool in_cycle = false;
    double percent = 0;  // of all time, with its callees
  };
  const std::vector<Entry>& entries() const { return entries_; }
  // Of callees that have several callers.
  int64_t shared_calls() const { return shared_calls_; }
  // But for those of a function by itself.
  int64_t calls_within_cycles() const { return calls_within_cycles_; }

  Profile& profile() { return builder_.profile(); }
  Profile Build() &&;

 private:
  // Where in an entry.
  enum class Part { kCallers, kCallees, kSkipped };

  void AddFunction(const GprofLine& line);
  void AddCall(const GprofLine& line);
  // The function of that index, new if need be.
  FunctionId Find(const GprofLine& line);

  ProfileBuilder builder_;
  const double unit_;
  const bool counts_calls_;
  const Files files_;
  absl::flat_hash_map<int64_t, FunctionId> functions_;  // by index
  std::vector<Entry> entries_;
  Part part_ = Part::kCallers;
  FunctionId caller_;
  int64_t shared_calls_ = 0;
  int64_t calls_within_cycles_ = 0;
  int64_t repeated_ = 0;
  int64_t hidden_calls_ = 0;
  int64_t other_lines_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_GPROF_GRAPH_H_
