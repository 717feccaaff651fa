// What the change of a function is made of, one step on the way to its cause.
#ifndef PROF2CG_GRAPH_COMPARE_CHANGE_TERMS_H_
#define PROF2CG_GRAPH_COMPARE_CHANGE_TERMS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/compare/call_order.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/split.h"
#include "graph/ids.h"

namespace prof2cg {

// What changed in the program itself: all else follows from it.
struct Cause {
  enum class Kind {
    kSelf,         // a call of `function` costs more itself
    kMoreCalls,    // `call` is made more often for each call of its caller
    kNewCall,      // `call` is new, or gone where cost fell
    kEntry,        // `function` is called more from outside the profile
    kCycle,        // `function` recurs more, through others: most by `call`
    kUnexplained,  // the figures do not tell, or it is many small things
  };
  Kind kind = Kind::kUnexplained;
  uint32_t function = 0;         // whose cost it is, or what is called
  std::optional<uint32_t> call;  // of JoinedGraph::calls

  friend auto operator<=>(const Cause&, const Cause&) = default;
};

// A cost that is more or less than before: by a cause, or since another
// function changed, to which the cause's call leads.
struct Term {
  long double change = 0;
  Cause cause;
  std::optional<uint32_t> next = {};
};

// Adds what a part of a change is made of: `made` by the cause, while `led` is
// what the change of `next` made. Of two that work against each other only the
// one that won counts.
void AddTerms(long double made, long double led, const Cause& cause,
              uint32_t next, std::vector<Term>& terms);

// How much more calls cost than `then` since they are made more often.
long double MadeMore(const Change& calls, long double then);

// The cause that a call, which changed so in all, is made more often or less.
Cause CallCause(const Change& change, uint32_t callee, uint32_t call);

// Gives the terms of functions, for one event. A function is entered by calls
// that lead forward in the order; those that lead back lie within them. Each is
// O(calls of the function and by it). Borrows both.
class ChangeTerms {
 public:
  ChangeTerms(const JoinedGraph& graph, const CallOrder& order, EventId event)
      : graph_(graph), order_(order), event_(event) {}

  // What a search for causes (blame_search.h) goes over are functions here.
  uint32_t PlaceOf(uint32_t function) const { return order_.PlaceOf(function); }
  uint32_t At(uint32_t place) const { return order_.At(place); }
  uint32_t FunctionOf(uint32_t function) const { return function; }
  int64_t DifferenceOf(uint32_t function) const;
  Split SplitOf(uint32_t function) const {
    return SplitFunction(graph_, event_, function);
  }

  // Why the function is entered more often: its callers, or what is outside of
  // the profile, call it more, or are called more themselves. Gives all that
  // enters.
  Change AddEntries(uint32_t function, std::vector<Term>& terms) const;

  // Why the function is called more often for each time that it is entered.
  Term Recursion(uint32_t function, const Change& entries) const;

  // Why it costs more each time that it is entered: it recurs more, a call of
  // it costs more itself, it calls others more, or these cost more.
  void AddCosts(uint32_t function, std::vector<Term>& terms) const;

 private:
  bool IsRecursive(uint32_t call) const {
    return order_.IsRecursive(graph_.calls[call]);
  }
  std::vector<Source> EntriesOf(uint32_t function) const;
  void AddSource(uint32_t function, const Source& source, long double more,
                 std::vector<Term>& terms) const;
  long double LedByCaller(const Change& call, uint32_t caller,
                          long double more) const;

  const JoinedGraph& graph_;
  const CallOrder& order_;
  const EventId event_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_CHANGE_TERMS_H_
