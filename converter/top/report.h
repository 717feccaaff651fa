// What `prof2cg top` shows: the costliest functions of a profile, and who calls
// chosen functions and whom these call.
#ifndef PROF2CG_CONVERTER_TOP_REPORT_H_
#define PROF2CG_CONVERTER_TOP_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Costs and counts fall, names rise; equal rows stand as in the profile.
enum class TopOrder { kSelf, kInclusive, kCalls, kName };

// Patterns are those of converter/names/function_pattern.h; "" is none.
struct TopOptions {
  std::string event = {};  // by name; "": the first
  // The list's columns: self, inclusive, calls, self/call, incl/call; or
  // another event's self cost by its name, its inclusive cost by
  // EVENT:inclusive. None: the usual ones.
  std::vector<std::string> columns = {};
  TopOrder order = TopOrder::kSelf;
  size_t rows = 30;             // functions to list; 0: all
  std::string filter = {};      // list only functions that contain or match it
  std::string callers_of = {};  // show who calls these functions
  std::string callees_of = {};  // show whom these functions call
  size_t sections = 5;     // functions to show callers or callees of; 0: all
  size_t neighbours = 20;  // callers, and callees, to list of each; 0: all
};

enum class TopFigure {
  kSelf,
  kInclusive,
  kCalls,
  kSelfPerCall,
  kInclusivePerCall,
};

// A column of the list.
struct TopColumn {
  std::string name;  // as it was asked for
  TopFigure figure = TopFigure::kSelf;
  bool is_of_other_event = false;  // not the report's
  Event event = {};                // whose cost it is, but for calls
  int64_t whole = 0;               // Σ self of all functions: 100 %
};

// A function that is told apart by its callers.
struct TopContext {
  struct Caller {
    std::string name;
    std::string file;
    uint32_t line = 0;  // the function's; 0: unknown
  };
  std::string base;             // the function's own name
  uint32_t level = 1;           // of recursion
  std::vector<Caller> callers;  // the nearest first
};

// Names and paths are as the profile has them: not fit for a terminal yet.
struct TopFunction {
  std::string name;
  std::string plain_name;  // converter/names/plain_name.h
  std::string file;
  std::string object;
  uint32_t line = 0;  // 0: unknown
  CallCounts counts;
  int64_t self = 0;
  int64_t inclusive = 0;
  bool is_estimated = false;               // some of its figures are
  std::optional<TopContext> context = {};  // none: functions are not told apart
  std::vector<int64_t> costs = {};  // in the list: one a column; 0 of calls
};

// A caller or callee of a section's function, and what these calls cost.
struct TopCall {
  bool is_outside = false;    // from code that the profile does not cover
  bool is_recursion = false;  // of the section's function by itself
  TopFunction other;          // its own figures; empty if outside
  uint32_t line = 0;          // of the call site; 0: unknown
  CallCounts counts;
  int64_t inclusive = 0;
  std::optional<int64_t> self;  // the callee's, where the source tells
  bool is_estimated = false;
};

// The first callers or callees, and the sum of the others.
struct TopCalls {
  std::vector<TopCall> calls;
  size_t others = 0;
  CallCounts other_counts;
  int64_t other_inclusive = 0;
  bool others_are_estimated = false;  // some of them are
};

struct TopSection {
  TopFunction function;
  std::optional<TopCalls> callers;  // those asked for
  std::optional<TopCalls> callees;
};

// Functions that have a pattern only as a part of their name, while others
// match it more narrowly and are shown.
struct TopPartMatches {
  std::string pattern;
  size_t functions = 0;
};

struct TopReport {
  Event event;
  std::vector<std::string> other_events;  // names
  Provenance::Columns origins;            // of the event's costs
  Origin counts = Origin::kMeasured;
  Origin call_counts = Origin::kMeasured;

  // Of the whole profile. The cost is Σ self: 100 %.
  size_t functions = 0;
  CallCounts calls;
  int64_t cost = 0;

  TopOrder order = TopOrder::kSelf;
  std::string filter;
  size_t matched = 0;              // functions that the filter left
  int64_t matched_self = 0;        // their cost
  int64_t listed_self = 0;         // cost of those in `list`
  std::vector<TopColumn> columns;  // none: the usual ones
  std::vector<TopFunction> list;

  bool has_sections = false;  // asked for; then they are the report's point
  std::vector<TopSection> sections;
  size_t more_sections = 0;  // functions that matched beyond these
  std::vector<TopPartMatches> part_matches;

  Contradictions contradictions;
  Fidelity fidelity;
  std::vector<Oddity> oddities;
};

// Throws Error if the profile has no such event, no figures for a column, or no
// function that a pattern names. O(functions + calls), and n log n in the rows
// that are listed.
TopReport MakeTopReport(const Profile& profile, const TopOptions& options);

// part / whole; nothing where the whole is not positive.
std::optional<double> ShareOf(int64_t part, int64_t whole);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TOP_REPORT_H_
