// What tests of comparisons share.
#ifndef PROF2CG_GRAPH_COMPARE_COMPARE_TEST_SUPPORT_H_
#define PROF2CG_GRAPH_COMPARE_COMPARE_TEST_SUPPORT_H_

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/compare/joined_graph.h"
#include "graph/profile_contents.h"

namespace prof2cg {

// Pairs of what has the same key(profile, function); keys are unique.
template <class KeyOfFunction>
std::vector<FunctionPair> PairsBy(const Profile& base, const Profile& current,
                                  KeyOfFunction key) {
  std::vector<FunctionPair> pairs;
  std::map<decltype(key(base, FunctionId())), size_t> rows;
  for (size_t f = 0; f < base.functions.size(); ++f) {
    rows[key(base, FunctionId(f))] = pairs.size();
    pairs.push_back({FunctionId(f), FunctionId()});
  }
  for (size_t f = 0; f < current.functions.size(); ++f) {
    const auto found = rows.find(key(current, FunctionId(f)));
    if (found == rows.end()) {
      pairs.push_back({FunctionId(), FunctionId(f)});
    } else {
      pairs[found->second].current = FunctionId(f);
    }
  }
  return pairs;
}

inline std::vector<FunctionPair> PairsByName(const Profile& base,
                                             const Profile& current) {
  return PairsBy(base, current, [](const Profile& profile, FunctionId f) {
    return profile.Name(f);
  });
}

inline JoinedGraph JoinByName(const Profile& base, const Profile& current) {
  return JoinGraphs(base, current, PairsByName(base, current));
}

// The row of the function of that name.
inline uint32_t RowOf(const JoinedGraph& graph, const Profile& base,
                      const Profile& current, std::string_view name) {
  for (uint32_t row = 0; row < graph.functions.size(); ++row) {
    const auto [before, now] = graph.functions[row];
    if (before.is_valid() && base.Name(before) == name) return row;
    if (now.is_valid() && current.Name(now) == name) return row;
  }
  return UINT32_MAX;
}

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_COMPARE_TEST_SUPPORT_H_
