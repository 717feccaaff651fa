// What a profile says, by value: for tests that compare profiles, or one with
// the figures of something that is no profile.
#ifndef PROF2CG_GRAPH_PROFILE_CONTENTS_H_
#define PROF2CG_GRAPH_PROFILE_CONTENTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Name, file, object, line.
using FunctionKey = std::tuple<std::string, std::string, std::string, uint32_t>;
// Caller, callee, line.
using CallKey = std::tuple<FunctionKey, FunctionKey, uint32_t>;

struct FunctionFigures {
  CallCounts counts;
  std::vector<int64_t> self;
  std::vector<int64_t> inclusive;

  friend bool operator==(const FunctionFigures&,
                         const FunctionFigures&) = default;
};

struct CallFigures {
  CallCounts counts;
  std::vector<int64_t> inclusive;
  std::vector<int64_t> self;  // empty: the source does not tell
  bool is_estimated = false;

  friend bool operator==(const CallFigures&, const CallFigures&) = default;
};

// In the order of rows.
struct Contents {
  std::vector<std::pair<FunctionKey, FunctionFigures>> functions;
  std::vector<std::pair<CallKey, CallFigures>> calls;

  friend bool operator==(const Contents&, const Contents&) = default;
};

inline FunctionKey KeyOf(const Profile& profile, FunctionId id) {
  const Function& f = profile.functions[id.row()];
  return {std::string(profile.strings[f.name]),
          std::string(profile.strings[f.file]),
          std::string(profile.strings[f.object]), f.line};
}

inline Contents ContentsOf(const Profile& profile) {
  const auto copy = [](std::span<const int64_t> costs) {
    return std::vector(costs.begin(), costs.end());
  };
  const CallGraph& graph = profile.graph;
  Contents contents;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    contents.functions.push_back(
        {KeyOf(profile, FunctionId(f)),
         {graph.counts[f], copy(graph.self[f]), copy(graph.inclusive[f])}});
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    CallFigures figures{call.counts, copy(graph.call_inclusive[c]), {}, {}};
    if (graph.call_self.rows() != 0) figures.self = copy(graph.call_self[c]);
    figures.is_estimated = profile.provenance.IsEstimated(c);
    contents.calls.push_back(
        {{KeyOf(profile, call.caller), KeyOf(profile, call.callee), call.line},
         std::move(figures)});
  }
  return contents;
}

// The same in the order of keys.
inline Contents Sorted(Contents contents) {
  const auto by_key = [](const auto& a, const auto& b) {
    return a.first < b.first;
  };
  std::ranges::sort(contents.functions, by_key);
  std::ranges::sort(contents.calls, by_key);
  return contents;
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROFILE_CONTENTS_H_
