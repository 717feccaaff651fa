// What holds of a profile whose functions are told apart by their callers, for
// tests: nothing is lost, and there is no context that cannot be.
#ifndef PROF2CG_GRAPH_PASSES_SEPARATION_LAWS_H_
#define PROF2CG_GRAPH_PASSES_SEPARATION_LAWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Sums that do not saturate.
using Sums = std::vector<__int128>;

inline void AddTo(Sums& sums, std::span<const int64_t> figures,
                  size_t from = 0) {
  sums.resize(std::max(sums.size(), from + figures.size()));
  for (size_t i = 0; i < figures.size(); ++i) sums[from + i] += figures[i];
}

inline FunctionId BaseOf(const Profile& profile, FunctionId f) {
  return profile.separation ? (*profile.separation)[f].base : f;
}

// Per base: calls and self cost.
inline std::map<uint32_t, Sums> SumFunctions(const Profile& profile) {
  std::map<uint32_t, Sums> sums;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    Sums& sum = sums[BaseOf(profile, FunctionId(f)).row()];
    AddTo(sum, {{profile.graph.counts[f].total}});
    AddTo(sum, profile.graph.self[f], 1);
  }
  return sums;
}

// Bases of caller and callee, and the line.
using CallOfBases = std::tuple<uint32_t, uint32_t, uint32_t>;

inline CallOfBases BasesOf(const Profile& profile, const Call& call) {
  return {BaseOf(profile, call.caller).row(),
          BaseOf(profile, call.callee).row(), call.line};
}

// Per call of bases: all figures that do not overlap. Levels of recursion count
// primitive calls and inclusive cost again.
inline std::map<CallOfBases, Sums> SumCalls(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  const size_t events = profile.events.size();
  std::map<CallOfBases, Sums> sums;
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const CallOfBases bases = BasesOf(profile, graph.calls[c]);
    Sums& sum = sums[bases];
    AddTo(sum, {{graph.calls[c].counts.total}});
    if (graph.call_self.rows() != 0) AddTo(sum, graph.call_self[c], 1);
    if (std::get<0>(bases) == std::get<1>(bases)) continue;
    AddTo(sum, {{graph.calls[c].counts.primitive}}, 1 + events);
    AddTo(sum, graph.call_inclusive[c], 2 + events);
  }
  return sums;
}

// Caller and callee, as rows of functions or of bases.
using FunctionPairs = std::set<std::pair<uint32_t, uint32_t>>;

// Those of calls; of calls that cost and count nothing only with `idle`.
inline FunctionPairs PairsOf(const Profile& profile, bool idle = true) {
  const CallGraph& graph = profile.graph;
  FunctionPairs pairs;
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    const auto is_zero = [](int64_t figure) { return figure == 0; };
    const bool is_idle = call.counts == CallCounts{} &&
                         std::ranges::all_of(graph.call_inclusive[c], is_zero);
    if (is_idle && !idle) continue;
    pairs.emplace(call.caller.row(), call.callee.row());
  }
  return pairs;
}

// The name of a function that has a caller who never called it, that caller's
// caller, and so on, or one told apart by itself; "": there is none. `pairs` is
// of the profile before.
inline std::string FindGhost(const Profile& profile,
                             const FunctionPairs& pairs) {
  const Separation& separation = *profile.separation;
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    FunctionId callee = separation.functions[row].base;
    for (const FunctionId caller : separation.CallersOf(FunctionId(row))) {
      if (caller == callee || !pairs.contains({caller.row(), callee.row()})) {
        return std::string(profile.Name(FunctionId(row)));
      }
      callee = caller;
    }
  }
  return "";
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PASSES_SEPARATION_LAWS_H_
