// Functions that are too small to be told apart, as one.
#ifndef PROF2CG_GRAPH_PASSES_FOLD_OTHERS_H_
#define PROF2CG_GRAPH_PASSES_FOLD_OTHERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// That one is called so: in the file of those that have none, kBuiltInFile.
inline constexpr std::string_view kOthers = "<others>";

// O(functions).
std::optional<FunctionId> FindOthers(const Profile& profile);

struct WithOthers {
  Profile profile;
  std::vector<FunctionId> functions;  // in it, for each that was there before
};

// The profile with all functions but those of `is_told`, a bit per row, as
// kOthers, the last row, even if there are none; one that is there already is
// of them. Its inclusive cost is what it and its calls of the others cost, and
// an estimate. Counts and self costs keep their sums. Contexts are gone, and a
// call from several lines has none if contexts had to tell its cost. O(n).
WithOthers FoldOthers(const Profile& profile, const std::vector<bool>& is_told);

// Part `least` of all calls, and behind that of each event: what decides.
std::vector<double> LeastFigures(const CallGraph& graph, double least);

// A bit per function: whether is_large(figure, column) of one of these: its
// calls, and those of one function by it, both of column 0; its inclusive cost
// of event e, of column e + 1.
template <class IsLarge>
std::vector<bool> FindLarge(const CallGraph& graph, IsLarge is_large) {
  std::vector<bool> large(graph.counts.size());
  for (size_t f = 0; f < large.size(); ++f) {
    large[f] = is_large(graph.counts[f].total, size_t{0});
    for (size_t e = 0; e < graph.inclusive.events(); ++e) {
      if (is_large(graph.inclusive[f][e], e + 1)) large[f] = true;
    }
  }
  for (const Call& call : graph.calls) {
    if (is_large(call.counts.total, size_t{0})) large[call.caller.row()] = true;
  }
  return large;
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_FOLD_OTHERS_H_
