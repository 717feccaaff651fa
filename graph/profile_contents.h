// What a profile says, by value: for tests that compare profiles, or one with
// the figures of something that is no profile. Small ones: each context stands
// there with its whole stack.
#ifndef PROF2CG_GRAPH_PROFILE_CONTENTS_H_
#define PROF2CG_GRAPH_PROFILE_CONTENTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
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

// A stack from its root: functions, each with the line of the call before it.
using ContextKey = std::vector<std::pair<FunctionKey, uint32_t>>;

struct ContextFigures {
  int64_t calls = 0;
  std::vector<int64_t> self;

  friend bool operator==(const ContextFigures&,
                         const ContextFigures&) = default;
};

// In the order of rows.
struct Contents {
  std::vector<std::pair<FunctionKey, FunctionFigures>> functions;
  std::vector<std::pair<CallKey, CallFigures>> calls;
  std::optional<std::vector<std::pair<ContextKey, ContextFigures>>> contexts =
      {};

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
  if (!profile.contexts) return contents;
  contents.contexts.emplace();
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const Context& context = profile.contexts->contexts[row];
    ContextKey key;
    if (context.parent.is_valid()) {
      key = (*contents.contexts)[context.parent.row()].first;
    }
    key.emplace_back(KeyOf(profile, context.function), context.line);
    contents.contexts->push_back(
        {std::move(key), {context.calls, copy(profile.contexts->self[row])}});
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
  if (contents.contexts) std::ranges::sort(*contents.contexts, by_key);
  return contents;
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROFILE_CONTENTS_H_
