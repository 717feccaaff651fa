// Call graphs that VTune prints as gprof does, gprof_graph.h, but without
// counts of calls: vtune -report gprof-cc, of Amplifier XE too.
//
//   Index  % CPU Time:Total  CPU Time:Self  CPU Time:Children  Name      Index
//   -----  ----------------  -------------  -----------------  --------  -----
//                            0.0            3.120                _start  [2]
//   [1]    100.0             0.0            3.120              main      [1]
//                            2.050          0.890                work    [4]
//
// An entry ends with a line of blanks; all of them, where the index of names
// begins or the text ends. Times are seconds with three decimals.
//
// A function's inclusive cost is what its percentage says, which is rounded
// less than its seconds in all but long profiles, and without the calls in its
// own cycle, as there. What a call costs was measured, but within a cycle is
// not told; it has at most its callee's cost.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/line_cursor.h"
#include "converter/readers/gprof_graph.h"
#include "converter/readers/reader.h"
#include "graph/cost_table.h"

namespace prof2cg {
namespace {

bool IsHeading(std::string_view line) {
  return line.starts_with("Index ") && line.find(":Self ") != line.npos &&
         line.find(":Children ") != line.npos;
}
// "Index by function name" or "Index  Function".
bool EndsGraph(std::string_view line) { return line.starts_with("Index "); }

using Entries = std::vector<GprofGraph::Entry>;

// What 100 % are: all self costs or, where rounding has taken more from those,
// what a function has that has all.
int64_t Total(const Entries& entries, const CallGraph& graph) {
  int64_t total = 0;
  int64_t whole = 0;
  for (size_t f = 0; f < entries.size(); ++f) {
    total = SaturatingAdd(total, graph.self[f][0]);
    if (entries[f].percent == 100) {
      whole = std::max(whole, graph.inclusive[f][0]);
    }
  }
  return std::max(total, whole);
}

void SetInclusive(const Entries& entries, CallGraph& graph) {
  const auto total = static_cast<double>(Total(entries, graph));
  for (size_t f = 0; f < entries.size(); ++f) {
    const double share = std::clamp(entries[f].percent / 100, 0., 1.);
    graph.inclusive[f][0] = std::llround(share * total);
  }
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    int64_t& cost = graph.call_inclusive[row][0];
    cost = std::min(cost, graph.inclusive[graph.calls[row].callee.row()][0]);
  }
}

void SkipHeading(LineCursor& lines) {
  while (lines.Next()) {
    if (IsHeading(lines.line())) return;
  }
  lines.FailAtEnd("a call graph, as vtune -report gprof-cc prints it");
}

Profile Read(std::string_view bytes) {
  LineCursor lines(bytes);
  SkipHeading(lines);
  GprofGraph graph({"ns", "CPU time [ns]", Unit::kNanoseconds}, 1e9, false);
  while (lines.Next() && !EndsGraph(lines.line())) {
    const std::string_view line = lines.line();
    if (Trim(line).empty()) {
      graph.EndEntry();
    } else {
      graph.AddLine(line);
    }
  }
  Provenance& provenance = graph.profile().provenance;
  provenance.Note("call within a cycle has no cost in the file: none",
                  "calls within cycles have no cost in the file: none",
                  graph.calls_within_cycles());
  const Entries entries = graph.entries();
  Profile profile = std::move(graph).Build();
  profile.share_by = ShareBy::kCallerCosts;
  SetInclusive(entries, profile.graph);
  return profile;
}

bool Sniff(std::string_view head) {
  LineCursor lines(head);
  while (lines.Next()) {
    if (IsHeading(lines.line())) return true;
  }
  return false;
}

}  // namespace

extern constinit const Reader kAxe = {
    .name = "axe",
    .description = "VTune's report gprof-cc",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
