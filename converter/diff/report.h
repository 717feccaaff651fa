// What `prof2cg diff` tells, whatever it is told as.
#ifndef PROF2CG_CONVERTER_DIFF_REPORT_H_
#define PROF2CG_CONVERTER_DIFF_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/compare/blame.h"
#include "graph/compare/judge.h"
#include "graph/compare/probable_pairs.h"
#include "graph/event_set.h"
#include "graph/provenance.h"

namespace prof2cg {

// Names and paths are as the profiles have them: each format escapes them. In
// sentences (`why`, `sentence`) they are fit to print and stand between
// backquotes (words.h).
struct DiffFunction {
  std::string name = {};
  std::string file = {};  // as the current side has it, if it has it
  uint32_t line = 0;      // of that side; 0: unknown
  enum class Side {
    kBoth,
    kBase,
    kCurrent
  } side = Side::kBoth;  // that have it
};

// Calls of one function by another.
struct DiffCall {
  DiffFunction caller = {};
  DiffFunction callee = {};
  std::vector<uint32_t> new_lines = {};   // call sites that only current has
  std::vector<uint32_t> gone_lines = {};  // that only base has
};

struct DiffStep {
  DiffFunction function = {};
  int64_t difference = 0;
  Split split = {};
};

struct DiffBlame {
  Cause::Kind kind = Cause::Kind::kUnexplained;
  DiffFunction function = {};         // whose cost or callee it is
  std::optional<DiffCall> call = {};  // where the cause is one
  // Before and now: calls of the callee by that caller, or of the function; and
  // the inclusive cost of these calls, or self cost of the function.
  int64_t base_calls = 0;
  int64_t current_calls = 0;
  int64_t base_cost = 0;
  int64_t current_cost = 0;
  int64_t explained = 0;             // of the finding's difference
  std::vector<DiffStep> steps = {};  // from the finding's function to the cause
  // Of a path's finding: from the root to `function`, if the figures are those
  // of that path alone.
  std::vector<DiffFunction> path = {};
  std::string sentence = {};  // all of it for a reviewer (sentences.h)
};

struct DiffFinding {
  Subject::Kind kind = Subject::Kind::kTotal;
  DiffFunction function = {};         // of the total: none
  std::optional<DiffCall> call = {};  // where the subject is one
  // Where that is one: from the root to `function`.
  std::vector<DiffFunction> path = {};
  Event event = {};  // "calls" is one here
  Answer answer = Answer::kNotWorse;
  Reason reason = Reason::kEqual;
  std::string why = {};  // the reason in a line
  int64_t base = 0;
  int64_t current = 0;
  double p = 1;
  double detectable = 0;
  // Of what is worse, and of what costs less.
  std::optional<DiffBlame> blame = {};
  // Findings that this one's cause explains as well: callers, mostly, and
  // paths.
  std::vector<DiffFinding> others = {};
};

struct DiffSide {
  std::vector<std::string> files = {};
  std::string command = {};
  int64_t functions = 0;
  int64_t unmatched_functions = 0;
  // That are counted as one, since the other side is a snapshot that does not
  // list them.
  int64_t folded_functions = 0;
  // Of a snapshot: it does not list functions with less than that part; 0:
  // none.
  double least_told = 0;
};

// What an event came to in all.
struct DiffTotal {
  Event event = {};
  bool is_judged = false;
  int64_t base = 0;
  int64_t current = 0;
  // Parts of each in functions that only that side has.
  double base_unmatched = 0;
  double current_unmatched = 0;
  // How many times as much everything costs alike: of time (common_factors.h).
  double common_factor = 1;
};

struct DiffPair {
  DiffFunction base = {};
  DiffFunction current = {};
  ProbablePair::Change change;
};

// What became of a limit that the project has set itself.
struct DiffBudget {
  enum class Kind { kBudget, kRule } kind = Kind::kBudget;
  std::string text = {};  // as it is written
  Answer answer = Answer::kNotWorse;
  std::string sentence = {};  // what the figures are
  uint32_t line = 0;          // of DiffReport::config; 0: unknown

  bool is_broken() const { return answer == Answer::kWorse; }
};

struct DiffReport {
  DiffSide base = {};
  DiffSide current = {};
  Answer answer = Answer::kNotWorse;
  std::string why = {};  // in a line
  std::vector<DiffTotal> totals = {};
  // Those that are worse first; by cause, the greatest difference first.
  std::vector<DiffFinding> findings = {};
  int64_t more = 0;   // figures that differ, and are not told one by one
  int64_t equal = 0;  // figures that are
  std::vector<DiffPair> probable_pairs = {};
  std::vector<Oddity> oddities = {};
  std::vector<DiffBudget> budgets = {};
  std::string config = {};  // the file that has them; "": there is none
  double alpha = .05;
  std::string base_prefix = {};  // that was left out of files
  std::string current_prefix = {};
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_REPORT_H_
