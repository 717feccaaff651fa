// From which lines a function is called, before and now.
#ifndef PROF2CG_GRAPH_COMPARE_CALL_SITES_H_
#define PROF2CG_GRAPH_COMPARE_CALL_SITES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/compare/joined_graph.h"
#include "graph/passes/call_index.h"
#include "graph/profile.h"

namespace prof2cg {

// A place of a caller that calls a callee.
struct CallSite {
  std::optional<uint32_t> base;     // the line; none: it is new
  std::optional<uint32_t> current;  // the line; none: it is gone
  int64_t base_calls = 0;
  int64_t current_calls = 0;

  bool is_new() const { return !base; }
  bool is_gone() const { return !current; }
  friend bool operator==(const CallSite&, const CallSite&) = default;
};

// Tells the sites of both sides apart by their order and by how far they are
// from their caller's first line, since code that is added above moves all that
// follows. Borrows the profiles and the graph. To make it is O(functions +
// calls).
class CallSiteFinder {
 public:
  CallSiteFinder(const Profile& base, const Profile& current,
                 const JoinedGraph& graph);

  // The sites of a joined call by line now, and those that are gone behind. As
  // many are the same as the side with fewer has. None at all where a side that
  // has the call does not know all of its lines. O(calls of the caller), and as
  // AlignLines.
  std::vector<CallSite> Find(uint32_t call) const;

 private:
  struct Site {
    int64_t distance;  // from the caller's first line
    uint32_t line;
    int64_t calls;
  };
  struct Side {
    const Profile& profile;
    CallIndex calls;
    FunctionId FunctionPair::*function;
  };

  // In order of lines.
  std::vector<Site> SitesOf(const Side& side, JoinedCall call,
                            uint32_t first_line) const;
  uint32_t FirstLine(const Side& side, JoinedCall call) const;

  const JoinedGraph& graph_;
  Side base_;
  Side current_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_CALL_SITES_H_
