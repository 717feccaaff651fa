// Fuzzes functions told apart by their callers. The first bytes choose how, the
// others are a profile of any format: whatever it says, nothing of it is lost,
// there is no context that cannot be, and all outputs can show the result.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/text_buffer.h"
#include "converter/picture/draw.h"
#include "converter/readers/reader.h"
#include "converter/separate.h"
#include "converter/top/json.h"
#include "converter/top/report.h"
#include "converter/top/text.h"
#include "converter/writers/writer.h"
#include "graph/error.h"
#include "graph/passes/choose_callers.h"
#include "graph/passes/complete.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"
#include "graph/passes/separation_laws.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

void Require(bool is_true, const std::string& violation) {
  if (is_true) return;
  std::fprintf(stderr, "%s\n", violation.c_str());
  std::abort();
}

struct Choice {
  static constexpr size_t kBytes = 4;

  explicit Choice(const uint8_t* bytes) {
    const auto bit = [&](int i) { return (bytes[0] >> i & 1) != 0; };
    drops_contexts = bit(0);
    draws_layout = bit(7);
    separate.chooses_callers = bit(1);
    if (bit(2)) separate.callers.of_all = bytes[1] % 8;
    if (bit(3)) separate.levels.of_all = 1 + bytes[1] / 8 % 4;
    const uint32_t of_some = bytes[2] % 4;
    const std::string some = bytes[2] / 4 % 2 != 0 ? "*" : "*[ae]*";
    if (bit(4)) separate.callers.of_some = {{some, of_some}};
    if (bit(5)) separate.levels.of_some = {{some, 1 + of_some}};
    if (bit(6)) separate.max_names = bytes[3];
  }

  uint32_t most_callers() const {
    if (separate.chooses_callers) return CallerCriterion().callers;
    uint32_t most = separate.callers.of_all.value_or(0);
    for (const NumberOfLike& some : separate.callers.of_some) {
      most = std::max(most, some.number);
    }
    return most;
  }

  bool drops_contexts;
  bool draws_layout;
  SeparateOptions separate;
};

// As converter/load.h has it.
Profile Read(std::string_view bytes, bool drops_contexts) {
  Profile profile = DetectReader(bytes.substr(0, kHeadBytes)).read(bytes);
  if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
  if (profile.functions.empty()) throw Error("no function");
  if (drops_contexts) profile.contexts.reset();
  Complete(profile);
  return profile;
}

// Its contexts are of the functions themselves again.
CallGraph FoldedBack(Profile profile) {
  const Separation& separation = *profile.separation;
  std::vector<CallCounts> counts(separation.bases.size());
  for (size_t row = 0; row < separation.functions.size(); ++row) {
    counts[separation.functions[row].base.row()] += profile.graph.counts[row];
  }
  profile.graph.counts = std::move(counts);
  for (Context& context : profile.contexts->contexts) {
    context.function = separation[context.function].base;
  }
  profile.functions = std::move(profile.separation->bases);
  profile.separation.reset();
  return FoldedGraph(profile, CallSites::kApart);
}

// What contexts tell is exact; so is, where no more than one caller is told, a
// function that has one.
void CheckMarks(const Profile& profile, const Choice& choice,
                const std::vector<bool>& before) {
  const std::vector<bool>& marks = profile.provenance.estimated_functions;
  if (profile.contexts) Require(marks.empty(), "an estimate of contexts");
  if (choice.most_callers() > 1) return;
  const std::vector<SeparatedFunction>& rows = profile.separation->functions;
  for (size_t row = 0; row < marks.size(); ++row) {
    const FunctionId base = rows[row].base;
    const bool is_part = (row > 0 && rows[row - 1].base == base) ||
                         (row + 1 < rows.size() && rows[row + 1].base == base);
    const bool was_marked = !before.empty() && before[base.row()];
    Require(!marks[row] || is_part || was_marked, "an estimate of a whole");
  }
}

void CheckReadBack(const Profile& profile, std::string_view format) {
  TextBuffer out;
  if (!FindWriter(format)->write(profile, out).empty()) return;
  const Profile read = FindReader(format)->read(out.text());
  Require(read.Check().empty(), read.Check());
  Require(read.graph.self == profile.graph.self, "it is read otherwise");
  Require(Summarize(read, CallSelf::kLeftOut).Text() ==
              Summarize(profile, CallSelf::kLeftOut).Text(),
          "of other origin");
}

// Joins call sites, as pictures need it.
void WriteAll(Profile& profile, bool draws_layout) {
  TextBuffer out;
  for (const Writer* writer : Writers()) {
    out.Clear();
    if (writer->write != nullptr) writer->write(profile, out);
  }
  const TopReport report = MakeTopReport(profile, {});
  TopText(report, {});
  TopJson(report);
  JoinCallSites(profile);
  PictureOptions options;
  options.most_nodes = 20;
  const Picture picture = Draw(profile, options, true);
  FindWriter("dot")->draw(picture, out);
  if (draws_layout) FindWriter("svg")->draw(picture, out);
}

void Check(std::string_view bytes, const Choice& choice) {
  Profile profile = Read(bytes, choice.drops_contexts);
  const CallGraph folded = profile.contexts
                               ? FoldedGraph(profile, CallSites::kApart)
                               : profile.graph;
  const auto functions = SumFunctions(profile);
  const auto calls = SumCalls(profile);
  const FunctionPairs pairs = PairsOf(profile);
  const std::vector<bool> marks = profile.provenance.estimated_functions;
  Separate(profile, choice.separate);
  const std::string violation = profile.Check();
  Require(violation.empty(), violation);
  if (!profile.separation) return;
  if (!profile.contexts) {
    Require(SumFunctions(profile) == functions, "functions are not their sum");
    Require(SumCalls(profile) == calls, "calls are not their sum");
  }
  const std::string ghost = FindGhost(profile, pairs);
  Require(ghost.empty(), ghost + ": nobody called it so");
  CheckMarks(profile, choice, marks);
  for (const char* format : {"callgrind", "pstats"}) {
    CheckReadBack(profile, format);
  }
  WriteAll(profile, choice.draws_layout);
  if (!profile.contexts) return;
  Require(FoldedBack(std::move(profile)) == folded, "another call graph");
}

}  // namespace
}  // namespace prof2cg

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using prof2cg::Choice;
  if (size < Choice::kBytes) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    prof2cg::Check(bytes.substr(Choice::kBytes), Choice(data));
  } catch (const prof2cg::Error&) {
    // Malformed, or nothing that can be shown, and said so.
  }
  return 0;
}
