#include "converter/diff/fold_unlisted.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "graph/compare/match_functions.h"
#include "graph/compare/unlisted.h"
#include "graph/passes/fold_others.h"

namespace prof2cg {
namespace {

// Whether it is a snapshot that does not list all.
bool IsFolded(const Side& side) {
  return side.sum.provenance.least_told && FindOthers(side.sum);
}

SideSum SumOf(const Side& side, FunctionId FunctionPair::*function) {
  return {side.sum, side.profiles.size(), function};
}

// A profile as its side's sum, which `sum` is with its functions folded.
SideProfile Fold(const Profile& profile,
                 const std::vector<FunctionId>& functions,
                 const std::vector<bool>& is_told, const WithOthers& sum) {
  std::vector<bool> is_told_here;
  for (const FunctionId f : functions) {
    is_told_here.push_back(is_told[f.row()]);
  }
  WithOthers part = FoldOthers(profile, is_told_here);
  std::vector<FunctionId> rows(part.profile.functions.size(),
                               *FindOthers(sum.profile));
  for (size_t row = 0; row < functions.size(); ++row) {
    rows[part.functions[row].row()] = sum.functions[functions[row].row()];
  }
  return {std::move(rows), std::move(part.profile)};
}

// Profiles are kept: what is left of them is as little as the snapshot has.
Side Fold(const Side& side, const std::vector<bool>& is_told) {
  WithOthers sum = FoldOthers(side.sum, is_told);
  Side folded{side.files, side.reader, {}, {}};
  side.ForEachProfile(
      [&](const Profile& profile, const std::vector<FunctionId>& functions) {
        folded.profiles.push_back(Fold(profile, functions, is_told, sum));
      });
  folded.sum = std::move(sum.profile);
  return folded;
}

double LeastOf(const Side& side) {
  return IsFolded(side) ? side.sum.provenance.least_told.value_or(0) : 0;
}

}  // namespace

void FoldedSides::Tell(DiffReport& report) const {
  report.base.folded_functions = of_base;
  report.current.folded_functions = of_current;
  report.base.least_told = LeastOf(sides.base);
  report.current.least_told = LeastOf(sides.current);
}

std::optional<FoldedSides> FoldUnlisted(const Sides& sides, const Gate& gate) {
  const bool is_base = IsFolded(sides.base);
  const bool is_current = IsFolded(sides.current);
  if (!is_base && !is_current) return std::nullopt;
  const std::vector<FunctionPair> pairs =
      MatchFunctions(sides.base.sum, sides.current.sum);
  const SideSum base = SumOf(sides.base, &FunctionPair::base);
  const SideSum current = SumOf(sides.current, &FunctionPair::current);
  const auto told = [&](const SideSum& side, const SideSum& other,
                        bool is_other_folded) {
    return is_other_folded
               ? FindTold(other, side, pairs, gate)
               : std::vector<bool>(side.profile.functions.size(), true);
  };
  const std::vector<bool> of_base = told(base, current, is_current);
  const std::vector<bool> of_current = told(current, base, is_base);
  return FoldedSides{{Fold(sides.base, of_base),
                      Fold(sides.current, of_current), sides.prefixes},
                     std::ranges::count(of_base, false),
                     std::ranges::count(of_current, false)};
}

}  // namespace prof2cg
