// The call graph in gprof's output, gprof_graph.h, behind one of these headings
// (GNU; AIX, Darwin and others of BSD's kin):
//
//   index % time    self  children    called     name
//
//                                     called/total       parents
//   index  %time    self descendents  called+self    name      index
//                                     called/total       children
//
// Entries end with a line of hyphens, the last one with a form feed behind it,
// or where the text ends or the next listing begins. What stands in front of
// the heading is skipped, and so is the flat profile.
//
// Behind them all, names are listed with their indices, static functions of one
// name with their files:
//
//   Index by function name
//      [7] other                   [3] spin (main.c)           [8] spin
//      (other.c)
//
// Times are seconds with two decimals. Embedded toolchains count cycles
// instead, "index %      self", and say below if those are thousands, "(K)", or
// millions.
//
// How a function's cost is shared out among its callers gprof does not know: by
// how often each called it. The parts of a call, its callee's own and that of
// the callee's callees, are shared out so both, and are added up. A member of a
// cycle has at least what the calls from outside the cycle cost.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/line_cursor.h"
#include "converter/readers/gprof_graph.h"
#include "converter/readers/reader.h"
#include "graph/cost_table.h"
#include "graph/passes/incoming_calls.h"

namespace prof2cg {
namespace {

constexpr std::string_view kIndex = "index ";
constexpr std::string_view kGranularity = "granularity: ";

bool IsMainHeading(std::string_view line) {
  if (!line.starts_with(kIndex)) return false;
  const std::string_view text = Trim(line.substr(kIndex.size()));
  return text.starts_with('%') &&
         (text.ends_with("name") || text.ends_with("index"));
}
bool IsHeading(std::string_view line) {
  const std::string_view text = Trim(line);
  return IsMainHeading(line) ||
         (text.starts_with("called/total ") &&
          (text.ends_with("parents") || text.ends_with("children")));
}
bool IsRule(std::string_view line) {
  return line.starts_with("--") && line.find_first_not_of('-') == line.npos;
}
// Of an entry a line begins with a blank or a bracket.
bool EndsGraph(std::string_view line) {
  return !line.empty() && line[0] != '[' && !IsRule(line) &&
         kBlanks.find(line[0]) == kBlanks.npos;
}

double MultipleOf(std::string_view line) {
  const std::string_view text = Trim(line);
  if (text.starts_with("(K)")) return 1e3;
  if (text.starts_with("(M)")) return 1e6;
  return 1;
}

// Of a name in the index: "main.c" of "spin (main.c)", else "".
std::string_view FileOf(std::string_view name) {
  const size_t bracket = name.rfind(" (");
  if (bracket == name.npos || !name.ends_with(')')) return "";
  const std::string_view file =
      name.substr(bracket + 2, name.size() - bracket - 3);
  const bool is_file =
      file.find('.') != file.npos && file.find_first_of(kBlanks) == file.npos;
  return is_file ? file : "";
}

// Where the next "[12] " or "(12) " begins, or the line ends.
size_t NextIndex(std::string_view line, size_t begin) {
  for (size_t i = begin; i < line.size(); ++i) {
    if (line[i] != '[' && line[i] != '(') continue;
    const size_t end = line.find_first_not_of("0123456789", i + 1);
    const bool is_index = end != line.npos && end > i + 1 &&
                          (line[end] == ']' || line[end] == ')') &&
                          line.substr(end + 1).starts_with(' ');
    if (is_index && (i == 0 || line[i - 1] == ' ')) return i;
  }
  return line.size();
}

GprofGraph::Files FilesInIndex(std::string_view bytes) {
  GprofGraph::Files files;
  const size_t index = bytes.rfind("\nIndex by function name");
  if (index == bytes.npos) return files;
  LineCursor lines(bytes.substr(index + 1));
  while (lines.Next()) {
    const std::string_view line = lines.line();
    for (size_t i = NextIndex(line, 0); i < line.size();) {
      const size_t begin = line.find_first_of(kBlanks, i);
      const size_t next = NextIndex(line, begin);
      const std::string_view file =
          FileOf(Trim(line.substr(begin, next - begin)));
      const auto number = ParseInt(line.substr(i + 1, begin - i - 2));
      if (number && !file.empty()) files.emplace(*number, file);
      i = next;
    }
  }
  return files;
}

// To what the calls from outside their cycles cost.
void RaiseMembersOfCycles(const std::vector<GprofGraph::Entry>& entries,
                          CallGraph& graph) {
  const CostTable incoming = SumIncomingCalls(graph).inclusive;
  for (size_t f = 0; f < entries.size(); ++f) {
    if (!entries[f].in_cycle) continue;
    int64_t& inclusive = graph.inclusive[f][0];
    inclusive = std::max(inclusive, incoming[f][0]);
  }
}

class GprofReader {
 public:
  explicit GprofReader(std::string_view bytes)
      : lines_(bytes), files_(FilesInIndex(bytes)) {}

  Profile Read() {
    SkipToHeading();
    bool is_time = false;
    do {
      if (IsMainHeading(lines_.line())) {
        is_time = lines_.line().find("time") != std::string_view::npos;
      }
    } while ((has_line_ = lines_.Next()) && IsHeading(lines_.line()));
    if (is_time) {
      return ReadEntries({"ns", "Time [ns]", Unit::kNanoseconds}, 1e9);
    }
    return ReadEntries({"cycles", "Cycles", Unit::kCount},
                       has_line_ ? MultipleOf(lines_.line()) : 1);
  }

 private:
  void SkipToHeading() {
    while (lines_.Next()) {
      const std::string_view line = lines_.line();
      if (IsHeading(line)) return;
      if (line.starts_with(kGranularity)) granularity_ = line;
    }
    lines_.FailAtEnd("a call graph, as gprof -q prints it");
  }

  Profile ReadEntries(const Event& event, double unit) {
    GprofGraph graph(event, unit, true, std::move(files_));
    for (; has_line_ && !EndsGraph(lines_.line()); has_line_ = lines_.Next()) {
      const std::string_view line = lines_.line();
      if (IsRule(line)) {
        graph.EndEntry();
      } else if (!Trim(line).empty()) {
        graph.AddLine(line);
      }
    }
    NoteShares(graph);
    const std::vector<GprofGraph::Entry> entries = graph.entries();
    Profile profile = std::move(graph).Build();
    RaiseMembersOfCycles(entries, profile.graph);
    return profile;
  }

  void NoteShares(GprofGraph& graph) {
    Profile& profile = graph.profile();
    profile.share_by = ShareBy::kCallCounts;
    if (!granularity_.empty()) {
      profile.facts.push_back({"Granularity", std::string(granularity_.substr(
                                                  kGranularity.size()))});
    }
    Provenance& provenance = profile.provenance;
    provenance.events[0].inclusive = Origin::kEstimated;
    provenance.events[0].call_inclusive = Origin::kEstimated;
    provenance.Note(
        "call's cost is by how often it was made: gprof knows no more",
        "calls' costs are by how often they were made: gprof knows no more",
        graph.shared_calls());
    provenance.Note("entry is cut short: it is taken as it is",
                    "entries are cut short: they are taken as they are",
                    graph.is_in_entry());
  }

  LineCursor lines_;
  GprofGraph::Files files_;
  bool has_line_ = false;
  std::string_view granularity_;
};

// Has what gprof prints above a listing, or a heading.
bool Sniff(std::string_view head) {
  LineCursor lines(head);
  while (lines.Next()) {
    const std::string_view line = lines.line();
    if (line == "Flat profile:" || line == "call graph profile:" ||
        line.starts_with("granularity: each sample hit covers ") ||
        IsMainHeading(line)) {
      return true;
    }
  }
  return false;
}

Profile Read(std::string_view bytes) { return GprofReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kGprof = {
    .name = "prof",
    .description = "gprof's call graph: GNU, BSD's kin, embedded",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
