#include "graph/passes/refinement_limits.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "graph/passes/name_limit.h"

namespace prof2cg {

RefinementLimits::RefinementLimits(Refinement& at)
    : at_(at),
      estimate_(at.estimate),
      parts_left_(kParts + kPartsPerCall * at.profile.graph.calls.size()) {
  for (const bool has_levels : at.options.has_levels) {
    names_ += has_levels ? 2 : 1;
  }
}

void RefinementLimits::LimitNames() {
  std::vector<size_t> more(at_.profile.graph.counts.size());
  for (size_t i = 1; i < at_.extensions.rows.size(); ++i) {
    const size_t f = at_.FunctionOf(at_.extensions.rows[i].context);
    const bool is_first =
        at_.extensions.rows[i - 1].context != at_.extensions.rows[i].context;
    if (is_first || at_.depths.Asked(FunctionId(f)) <= at_.known.depth)
      continue;
    more[f] += at_.options.has_levels[f] ? 2 : 1;
  }
  const size_t most = at_.options.max_names;
  const std::vector<FunctionId> greatest =
      FindGreatest(more, most - std::min(most, names_));
  for (const FunctionId f : greatest) {
    at_.depths.Ask(f, at_.known.depth);
    more[f.row()] = 0;
  }
  for (const size_t names : more) names_ += names;
  if (!greatest.empty()) at_.depths.Update();
}

void RefinementLimits::LimitParts() {
  const size_t contexts = estimate_.contexts.size();
  std::vector<uint32_t> children(contexts - at_.known.first_context);
  for (const Extension& extension : at_.extensions.rows) {
    children[extension.context - at_.known.first_context] +=
        at_.Grows(extension);
  }
  std::vector<size_t> parts(at_.profile.graph.counts.size());  // per caller
  for (uint32_t row = at_.known.first_context; row < contexts; ++row) {
    const uint32_t group = row - at_.known.first_context;
    if (children[group] == 0) continue;
    for (uint32_t i = at_.from.begins[group]; i < at_.from.begins[group + 1];
         ++i) {
      at_.PrefetchParts(i);
      if (!at_.NeedsRefining(estimate_.calls[at_.from.parts[i]])) continue;
      parts[at_.FunctionOf(row)] += children[group];
    }
  }
  const std::vector<FunctionId> greatest = FindGreatest(parts, parts_left_);
  for (const FunctionId f : greatest) {
    at_.depths.Limit(f, at_.known.depth);
    parts[f.row()] = 0;
  }
  const size_t all = std::reduce(parts.begin(), parts.end());
  parts_left_ -= all;
  estimate_.calls.reserve(estimate_.calls.size() + all);
  estimate_.call_figures.Reserve(estimate_.calls.size() + all);
  if (!greatest.empty()) at_.depths.Update();
}

}  // namespace prof2cg
