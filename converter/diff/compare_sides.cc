#include "converter/diff/compare_sides.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/compare/match_functions.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

std::vector<FunctionPair> MatchSides(const Side& base, const Side& current) {
  std::vector<FunctionPair> pairs = MatchFunctions(base.sum, current.sum);
  if (std::ranges::none_of(pairs, &FunctionPair::is_matched)) {
    throw Error("no function is in both sides: see --path-map");
  }
  return pairs;
}

std::vector<Figures> FiguresOfEach(const Side& side, const JoinedGraph& graph,
                                   FunctionId FunctionPair::*of_side) {
  const std::vector<uint32_t> row_of =
      RowsOf(graph.functions, of_side, side.sum.functions.size());
  std::vector<Figures> figures;
  side.ForEachProfile(
      [&](const Profile& profile, const std::vector<FunctionId>& functions) {
        std::vector<uint32_t> rows;
        for (const FunctionId f : functions) rows.push_back(row_of[f.row()]);
        figures.push_back(FiguresOf(profile, graph, rows));
      });
  return figures;
}

}  // namespace

ComparedSides CompareSides(const Side& base, const Side& current) {
  ComparedSides sides;
  sides.graph = JoinGraphs(base.sum, current.sum, MatchSides(base, current));
  sides.repeats = {FiguresOfEach(base, sides.graph, &FunctionPair::base),
                   FiguresOfEach(current, sides.graph, &FunctionPair::current)};
  sides.graph.base = MeanOf(sides.repeats.base);
  sides.graph.current = MeanOf(sides.repeats.current);
  return sides;
}

}  // namespace prof2cg
