// All figures of an event that are compared, by what they are figures of.
#ifndef PROF2CG_GRAPH_COMPARE_SUBJECTS_H_
#define PROF2CG_GRAPH_COMPARE_SUBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
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
  };
  static constexpr size_t kKinds = 5;

  Kind kind = Kind::kTotal;
  uint32_t row = 0;  // of the JoinedGraph's functions or calls

  friend bool operator==(const Subject&, const Subject&) = default;
};

// What the profiles of one side have of an event, or of calls: without one.
class SideFigures {
 public:
  SideFigures(const std::vector<Figures>& profiles,
              std::optional<EventId> event);

  size_t size() const { return profiles_.size(); }
  // Of a profile: Σ self cost, or Σ calls of functions.
  int64_t total(size_t profile) const { return totals_[profile]; }
  int64_t Of(const Subject& subject, size_t profile) const;

 private:
  const std::vector<Figures>& profiles_;
  std::optional<EventId> event_;
  std::vector<int64_t> totals_;
};

// The total, then by function, then by call. Calls visit(Subject).
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
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SUBJECTS_H_
