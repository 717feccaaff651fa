// Worse, not worse, or cannot tell: of every function, call and path, and of
// all.
#ifndef PROF2CG_GRAPH_COMPARE_JUDGE_H_
#define PROF2CG_GRAPH_COMPARE_JUDGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/compare/gate.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

enum class Answer { kNotWorse, kCannotTell, kWorse };

// Why the answer is what it is.
enum class Reason {
  kEqual,            // the figures are the same
  kLess,             // it costs less
  kWithinThreshold,  // more, but not by as much as counts
  kBelowShare,       // more, but too small a part of all
  kMore,             // more, and exactly so
  kSignificant,      // more, and not by chance
  kMayBeChance,      // more, but the repeats do not prove it
  kTooFewRepeats,    // more, but so few repeats could not prove it
  kScatters,         // its figures overlap though they should not scatter
  kCommonFactor,     // all costs more alike: by the machine, or the program
  kUnmatched,        // too much of the cost has no counterpart
};

// Figures are means of the side's profiles; of events that scatter, medians,
// after the common factor of each profile (common_factors.h) is taken out.
struct Finding {
  Subject subject;
  std::string event;  // kCallsEvent or one of the graph's
  Answer answer = Answer::kNotWorse;
  Reason reason = Reason::kEqual;
  int64_t base = 0;
  int64_t current = 0;
  // Of events that scatter:
  double p = 1;           // adjusted for the family; proven up to alpha
  double detectable = 0;  // a part of base: what these repeats could have
                          // shown; infinite if nothing
};

// The profiles of both sides, in the rows of the same graph; at least one each.
struct Repeats {
  std::vector<Figures> base;
  std::vector<Figures> current;
};

// How many times as much everything costs, of an event that scatters.
struct CommonChange {
  std::string event;
  double factor = 1;
};

struct Judgement {
  Answer answer = Answer::kNotWorse;  // the worst of all findings
  // All but what is equal on both sides; the worst first, then by difference.
  std::vector<Finding> findings;
  size_t equal = 0;                 // subjects that were compared and are
  std::vector<std::string> events;  // that were judged
  std::vector<CommonChange> common_changes;
};

// Events that should not scatter are compared exactly (judge_exactly.h), the
// others by tests (judge_by_ranks.h). Where too much cost is unmatched, nothing
// is worse, and the total cannot be told.
//
// Throws Error if an event of the gate is not in the graph or has no figure on
// either side; if the gate names none, and no event that is the same in every
// run has a figure; if a threshold's unit is not that of its event; or if sides
// of pairs differ in size.
// O(n log n).
Judgement Judge(const JoinedGraph& graph, const Repeats& repeats,
                const Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JUDGE_H_
