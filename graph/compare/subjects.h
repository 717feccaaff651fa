// All figures of an event that are compared, by what they are figures of.
#ifndef PROF2CG_GRAPH_COMPARE_SUBJECTS_H_
#define PROF2CG_GRAPH_COMPARE_SUBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/compare/joined_graph.h"
#include "graph/ids.h"

namespace prof2cg {

// The graph's event of that name; none for kCallsEvent, or if there is none.
std::optional<EventId> FindEvent(const JoinedGraph& graph,
                                 std::string_view name);

// The same; throws Error if it is neither.
std::optional<EventId> RequireEvent(const JoinedGraph& graph,
                                    std::string_view name);

// A figure that is judged.
struct Subject {
  enum class Kind {
    kTotal,      // of the whole program
    kSelf,       // of `row`, a function
    kInclusive,  // the same
    kCalls,      // the same: how often it is called
    kCall,       // inclusive cost, or number, of `row`, a call
    kPath,       // the same of `row`, a path
  };
  static constexpr size_t kKinds = 6;

  Kind kind = Kind::kTotal;
  uint32_t row = 0;  // of the JoinedGraph's functions, calls or paths

  friend bool operator==(const Subject&, const Subject&) = default;
};

// What the profiles of one side have of an event, or of calls: without one.
class SideFigures {
 public:
  // Borrows the profiles.
  SideFigures(std::span<const Figures> profiles, std::optional<EventId> event);

  size_t size() const { return profiles_.size(); }
  // Of a profile: Σ self cost, or Σ calls of functions.
  int64_t total(size_t profile) const { return totals_[profile]; }
  int64_t Of(const Subject& subject, size_t profile) const;
  // What functions have on their own: their self cost, or calls.
  Subject::Kind own() const {
    return event_ ? Subject::Kind::kSelf : Subject::Kind::kCalls;
  }

 private:
  std::span<const Figures> profiles_;
  std::optional<EventId> event_;
  std::vector<int64_t> totals_;
};

// The part of all their cost, or calls, in functions that the other side does
// not have.
double UnmatchedShare(const JoinedGraph& graph, const SideFigures& side);

// Whether the contexts of both sides tell of the event: a source may have no
// more than its sums, or may not count calls.
bool HasPaths(const JoinedGraph& graph, std::optional<EventId> event);

// The total, then by function, by call, and by path: those whose figures are
// not the same as a call's, or a function's, anyway. Calls visit(Subject).
template <class Visit>
void ForEachSubject(const JoinedGraph& graph, std::optional<EventId> event,
                    Visit visit) {
  visit(Subject{Subject::Kind::kTotal, 0});
  for (uint32_t f = 0; f < graph.functions.size(); ++f) {
    if (event) {
      visit(Subject{Subject::Kind::kSelf, f});
      visit(Subject{Subject::Kind::kInclusive, f});
    } else {
      visit(Subject{Subject::Kind::kCalls, f});
    }
  }
  for (uint32_t c = 0; c < graph.calls.size(); ++c) {
    visit(Subject{Subject::Kind::kCall, c});
  }
  if (!HasPaths(graph, event)) return;
  for (uint32_t p = 0; p < graph.paths.size(); ++p) {
    if (graph.paths[p].is_apart) visit(Subject{Subject::Kind::kPath, p});
  }
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SUBJECTS_H_
