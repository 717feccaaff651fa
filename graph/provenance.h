// Where the figures of a profile come from, and what its source lost.
#ifndef PROF2CG_GRAPH_PROVENANCE_H_
#define PROF2CG_GRAPH_PROVENANCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace prof2cg {

enum class Origin : uint8_t {
  kAbsent,     // the source does not have it
  kMeasured,   // stood in the input
  kDerived,    // follows exactly from measured figures
  kEstimated,  // shared out by a rule
};

// One kind of thing about the input that a user should know: what it was, what
// was done about it, and how often. `Text()` is the line to show.
struct Oddity {
  std::string one;   // "caller has no entry of its own: added without cost"
  std::string many;  // "callers have no entry of their own: added without cost"
  int64_t count = 0;

  std::string Text() const;
  friend bool operator==(const Oddity&, const Oddity&) = default;
};

// A tag per table and event, and a bit per row where a measured column has
// estimated rows.
struct Provenance {
  struct Columns {
    Origin self = Origin::kMeasured;
    Origin inclusive = Origin::kMeasured;
    Origin call_inclusive = Origin::kMeasured;
    Origin call_self = Origin::kMeasured;

    friend bool operator==(const Columns&, const Columns&) = default;
  };
  std::vector<Columns> events;  // one per event
  Origin counts = Origin::kMeasured;
  Origin call_counts = Origin::kMeasured;

  // A bit per function and per call: its figures, or some of them, are
  // estimated; its counts not, if those stood in the input. Empty: none is.
  std::vector<bool> estimated_functions;
  std::vector<bool> estimated_calls;
  bool is_complete = false;  // passes/complete.h has nothing left to do
  // Of a snapshot (passes/snapshot.h), whose functions have numbers for lines:
  // those with less than this part of everything may be one, kOthers.
  std::optional<double> least_told;

  std::vector<Oddity> oddities;
  int64_t lost = 0;  // entries of the input that could not be used

  // Counts `count` more of an oddity, if there are any.
  void Note(const std::string& one, const std::string& many, int64_t count);
  bool IsEstimated(size_t call) const {
    return !estimated_calls.empty() && estimated_calls[call];
  }
  bool IsFunctionEstimated(size_t function) const {
    return !estimated_functions.empty() && estimated_functions[function];
  }
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

// How many figures of a profile are of which origin.
struct Fidelity {
  int64_t measured = 0;
  int64_t derived = 0;
  int64_t estimated = 0;
  int64_t lost = 0;

  // "measured 97.2 %, estimated 2.8 %, lost 0"
  std::string Text() const;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROVENANCE_H_
