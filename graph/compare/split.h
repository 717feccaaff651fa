// How much of a difference is more calls, and how much is dearer calls.
#ifndef PROF2CG_GRAPH_COMPARE_SPLIT_H_
#define PROF2CG_GRAPH_COMPARE_SPLIT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/compare/joined_graph.h"
#include "graph/ids.h"

namespace prof2cg {

// What a difference of cost is made of; the parts add up to it exactly.
//
// Of a function that is called by g with n calls at u each (N and U in all;
// ' is now):
//
//   calls  (N' - N) U             it is called more
//   mix    Σ n' u - N' U          more by those for whom it costs more
//   unit   Σ n' (u' - u)          a call costs more
//
// where u of a caller that is new is U. Of a single call mix is 0. Of what has
// neither calls nor cost on one side, new or gone, all is `calls`; of what has
// a cost there, but no count, all is `unit`. Parts are rounded to whole
// numbers, mix taking the rest. Differences beyond int64_t are the greatest or
// least of it.
struct Split {
  int64_t calls = 0;
  int64_t mix = 0;
  int64_t unit = 0;

  friend bool operator==(const Split&, const Split&) = default;
};

// Of a function's inclusive cost, a call's and a path's. A function's calls of
// itself are left out: they lie within others. Without an event, what a path
// costs is its calls.
Split SplitFunction(const JoinedGraph& graph, EventId event, uint32_t function);
Split SplitCall(const JoinedGraph& graph, EventId event, uint32_t call);
Split SplitPath(const JoinedGraph& graph, std::optional<EventId> event,
                uint32_t path);

// now - then; saturating.
int64_t Difference(int64_t then, int64_t now);
int64_t PathDifference(const JoinedGraph& graph, std::optional<EventId> event,
                       uint32_t path);

// Figures to calculate with. Those below 0 are none: no calls, no cost.
struct Measure {
  long double calls = 0;
  long double cost = 0;

  bool is_absent() const { return calls == 0 && cost == 0; }
  bool is_counted() const { return calls > 0 || cost == 0; }

  Measure& operator+=(const Measure& more) {
    calls += more.calls;
    cost += more.cost;
    return *this;
  }
};

struct Change {
  Measure base;
  Measure current;

  bool is_counted() const { return base.is_counted() && current.is_counted(); }
  bool is_new() const { return base.is_absent() && !current.is_absent(); }
  bool is_gone() const { return !base.is_absent() && current.is_absent(); }
  long double difference() const { return current.cost - base.cost; }

  Change& operator+=(const Change& more) {
    base += more.base;
    current += more.current;
    return *this;
  }

  // What a call has cost; if there was none, what one costs.
  long double UnitCost() const;
  // What the calls of now would have cost then, where one of what is new would
  // have cost so much. Without counts: the cost then.
  long double AtOldCost(long double of_new) const;
};

// All calls of a function, with its self cost or inclusive cost.
Change SelfChange(const JoinedGraph& graph, EventId event, uint32_t function);
Change FunctionChange(const JoinedGraph& graph, EventId event,
                      uint32_t function);
Change CallChange(const JoinedGraph& graph, EventId event, uint32_t call);
// Calls of a path by its parent, with its inclusive cost; all calls of its
// function, with the same, or without what longer paths have of that.
Change PathChange(const JoinedGraph& graph, std::optional<EventId> event,
                  uint32_t path);
Change PathCallsChange(const JoinedGraph& graph, std::optional<EventId> event,
                       uint32_t path);
Change PathSelfChange(const JoinedGraph& graph, EventId event, uint32_t path);

// Calls of a function by a caller, or from outside of the profile.
struct Source {
  std::optional<uint32_t> call;  // none: from outside
  Change change;
};

// All but a function's calls of itself. What callers do not account for is from
// outside. Where their calls cost more together than the function does, as in
// recursion, each has its part of that. O(calls of the function).
std::vector<Source> FindSources(const JoinedGraph& graph, EventId event,
                                uint32_t function);

// Of all of them together.
Change SumUp(const std::vector<Source>& sources);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_SPLIT_H_
