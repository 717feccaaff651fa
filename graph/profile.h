// A profile: the one thing that readers make, passes change and writers save.
#ifndef PROF2CG_GRAPH_PROFILE_H_
#define PROF2CG_GRAPH_PROFILE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/call_graph.h"
#include "graph/context_tree.h"
#include "graph/event_set.h"
#include "graph/function_table.h"
#include "graph/provenance.h"
#include "graph/separation.h"
#include "graph/string_table.h"

namespace prof2cg {

// How people know a function, as its source is used to.
enum class Naming {
  kModuleLineName,  // Python: "json/decoder.py", 20, "decode":
                    // decoder:20:decode
  kObjectName,      // compiled code: the library it is in, and its name
  kFileName,        // sampled scripts: the process (object) and file it is in
};

// What tells how much of a function's cost each of its callers has, where
// pictures share it out (passes/shares_by_call_ratios.h).
enum class ShareBy {
  kCallCosts,    // what the calls cost, of which the source knows more
  kCallCounts,   // gprof: how often they were made. What it prints is the same
                 // rule's, rounded. It leaves out functions' counts of 0
  kCallerCosts,  // VTune's gprof-cc: what the callers cost, as gprof2dot has it
};

// What people want to know of how a profile was made: "Clock", "TSC, 2.4 GHz".
struct Fact {
  std::string name;
  std::string value;

  friend bool operator==(const Fact&, const Fact&) = default;
};

// A movable value that owns all its tables. Costs are whole numbers in the unit
// of their event. Rows stand in order of first appearance in the input, so
// nothing that is printed depends on a hash or an address.
struct Profile {
  StringTable strings;
  EventSet events;
  FunctionTable functions;
  CallGraph graph;
  std::optional<ContextTree> contexts;
  std::optional<Separation> separation;  // none: functions stand for themselves
  std::vector<StringId> threads;  // names; none: the source does not tell
  Provenance provenance;
  std::string command;  // the profiled program, where known
  std::vector<Fact> facts;
  Naming naming = Naming::kObjectName;
  ShareBy share_by = ShareBy::kCallCosts;
  // All calls were followed, so that contexts hold them all; else contexts are
  // samples of what was active.
  bool is_traced = false;

  std::string_view Name(FunctionId f) const {
    return strings[functions[f.row()].name];
  }
  std::string_view File(FunctionId f) const {
    return strings[functions[f.row()].file];
  }
  // The function itself, where it is told apart by its callers.
  const Function& Base(FunctionId f) const {
    return separation ? separation->bases[(*separation)[f].base.row()]
                      : functions[f.row()];
  }

  // Asserts what every Profile holds: tables of matching sizes, ids in range,
  // unique functions, calls and contexts, parents before children. O(n log n);
  // meant for tests and fuzzing. Returns the first violation, or "".
  std::string Check() const;
};

// Figures of `profile` by origin: every count and cost of every row; those of
// calls' self costs only if asked for, since most formats have no place for
// them.
enum class CallSelf { kIncluded, kLeftOut };
Fidelity Summarize(const Profile& profile,
                   CallSelf call_self = CallSelf::kIncluded);

// Rows that contradict each other, as real profiles of threads do.
struct Contradictions {
  int64_t self_above_inclusive = 0;  // functions
  int64_t call_above_callee = 0;     // calls of functions without recursion
  int64_t negative = 0;              // costs and counts below zero
  int64_t calls_above_callee = 0;    // functions called less than their calls
  // How much one function's inclusive cost exceeds all self costs together, of
  // the first event: what a profiler lost, or threads spent beside each other.
  int64_t missing_self = 0;

  friend bool operator==(const Contradictions&,
                         const Contradictions&) = default;
};

// Counts them, allowing for the rounding of seconds to nanoseconds. O(n).
Contradictions FindContradictions(const Profile& profile);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROFILE_H_
