#include "graph/passes/keep_rows.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/cost_table.h"
#include "graph/ids.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

// Per function of `from`: its row in the builder, if it is kept.
std::vector<FunctionId> AddFunctions(const Profile& from,
                                     const std::vector<bool>& keep,
                                     ProfileBuilder& builder) {
  std::vector<FunctionId> kept(from.functions.size());
  for (size_t f = 0; f < kept.size(); ++f) {
    if (!keep[f]) continue;
    kept[f] = builder.AddFunction(from.functions[f]);
    builder.AddCounts(kept[f], from.graph.counts[f]);
    builder.AddSelf(kept[f], from.graph.self[f]);
    builder.AddInclusive(kept[f], from.graph.inclusive[f]);
    if (from.provenance.IsFunctionEstimated(f)) builder.MarkEstimated(kept[f]);
  }
  return kept;
}

void AddCall(const Profile& from, size_t row,
             const std::vector<FunctionId>& kept, ProfileBuilder& builder) {
  const CallGraph& graph = from.graph;
  Call call = graph.calls[row];
  call.caller = kept[call.caller.row()];
  call.callee = kept[call.callee.row()];
  if (!call.caller.is_valid() || !call.callee.is_valid()) return;
  const bool has_self = graph.call_self.rows() != 0;
  builder.AddCall(call, graph.call_inclusive[row],
                  has_self ? graph.call_self[row] : std::span<const int64_t>());
  if (from.provenance.IsEstimated(row)) {
    builder.MarkEstimated(builder.calls() - 1);
  }
}

void KeepRows(Profile& profile, const std::vector<bool>& keep_functions,
              const std::vector<bool>& keep_calls) {
  ProfileBuilder builder(profile.events);
  builder.profile().strings = std::move(profile.strings);
  const std::vector<FunctionId> kept =
      AddFunctions(profile, keep_functions, builder);
  for (size_t row = 0; row < keep_calls.size(); ++row) {
    if (keep_calls[row]) AddCall(profile, row, kept, builder);
  }
  Profile rest = std::move(builder).Build();
  profile.strings = std::move(rest.strings);
  profile.functions = std::move(rest.functions);
  profile.graph = std::move(rest.graph);
  profile.provenance.estimated_calls =
      std::move(rest.provenance.estimated_calls);
  profile.provenance.estimated_functions =
      std::move(rest.provenance.estimated_functions);
  if (!profile.contexts) return;
  for (Context& context : profile.contexts->contexts) {
    context.function = kept[context.function.row()];
  }
}

bool HasFigure(CallCounts counts) { return counts != CallCounts(); }
bool HasFigure(std::span<const int64_t> costs) {
  return std::ranges::any_of(costs, [](int64_t cost) { return cost != 0; });
}

}  // namespace

void KeepFunctions(Profile& profile, const std::vector<bool>& keep) {
  KeepRows(profile, keep, std::vector<bool>(profile.graph.calls.size(), true));
}

void KeepFigures(Profile& profile) {
  const CallGraph& graph = profile.graph;
  std::vector<bool> functions(profile.functions.size());
  for (size_t f = 0; f < functions.size(); ++f) {
    functions[f] = HasFigure(graph.counts[f]) || HasFigure(graph.self[f]) ||
                   HasFigure(graph.inclusive[f]);
  }
  std::vector<bool> calls(graph.calls.size());
  for (size_t row = 0; row < calls.size(); ++row) {
    const Call& call = graph.calls[row];
    calls[row] =
        HasFigure(call.counts) || HasFigure(graph.call_inclusive[row]) ||
        (graph.call_self.rows() != 0 && HasFigure(graph.call_self[row]));
    if (!calls[row]) continue;
    functions[call.caller.row()] = functions[call.callee.row()] = true;
  }
  KeepRows(profile, functions, calls);
}

}  // namespace prof2cg
