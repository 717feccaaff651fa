#include "graph/passes/fold_others.h"

#include <span>
#include <utility>

#include "graph/function_table.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

bool IsOthers(const Profile& profile, FunctionId f) {
  return profile.Name(f) == kOthers && profile.File(f) == kBuiltInFile;
}

class OthersFolder {
 public:
  // `graph` is that of the profile, or what its contexts say.
  OthersFolder(const Profile& profile, const CallGraph& graph,
               const std::vector<bool>& is_told)
      : profile_(profile), graph_(graph), builder_(profile.events) {
    SetFacts();
    AddFunctions(is_told);
    AddFigures();
    AddCalls();
  }

  WithOthers Take() && {
    return {std::move(builder_).Build(), std::move(rows_)};
  }

 private:
  void SetFacts() {
    Profile& folded = builder_.profile();
    folded.naming = profile_.naming;
    folded.command = profile_.command;
    folded.facts = profile_.facts;
    folded.is_traced = profile_.is_traced;
    folded.provenance = profile_.provenance;
    folded.provenance.estimated_functions.clear();
    folded.provenance.estimated_calls.clear();
  }

  FunctionId Add(const Function& f) {
    const auto text = [&](StringId id) {
      return builder_.Intern(profile_.strings[id]);
    };
    return builder_.AddFunction(
        {text(f.name), text(f.file), text(f.object), f.line});
  }

  void AddFunctions(const std::vector<bool>& is_told) {
    rows_.resize(profile_.functions.size());
    for (size_t row = 0; row < rows_.size(); ++row) {
      if (!is_told[row] || IsOthers(profile_, FunctionId(row))) continue;
      rows_[row] = Add(profile_.functions[row]);
    }
    others_ = builder_.AddFunction({builder_.Intern(kOthers),
                                    builder_.Intern(kBuiltInFile),
                                    builder_.Intern("")});
    builder_.MarkEstimated(others_);
    for (FunctionId& row : rows_) {
      if (!row.is_valid()) row = others_;
    }
  }

  void AddFigures() {
    for (size_t row = 0; row < rows_.size(); ++row) {
      const FunctionId into = rows_[row];
      builder_.AddCounts(into, graph_.counts[row]);
      builder_.AddSelf(into, graph_.self[row]);
      builder_.AddInclusive(
          into, into == others_ ? graph_.self[row] : graph_.inclusive[row]);
      if (profile_.provenance.IsFunctionEstimated(row)) {
        builder_.MarkEstimated(into);
      }
    }
  }

  void AddCalls() {
    const bool has_self = graph_.call_self.rows() != 0;
    for (size_t row = 0; row < graph_.calls.size(); ++row) {
      Call call = graph_.calls[row];
      call.caller = rows_[call.caller.row()];
      call.callee = rows_[call.callee.row()];
      if (call.caller == others_) {
        if (call.callee == others_) continue;
        call.line = 0;  // of several files
        builder_.AddInclusive(others_, graph_.call_inclusive[row]);
      }
      builder_.AddCall(
          call, graph_.call_inclusive[row],
          has_self ? graph_.call_self[row] : std::span<const int64_t>());
      if (&graph_ == &profile_.graph && profile_.provenance.IsEstimated(row)) {
        builder_.MarkEstimated(builder_.calls() - 1);
      }
    }
  }

  const Profile& profile_;
  const CallGraph& graph_;
  ProfileBuilder builder_;
  std::vector<FunctionId> rows_;  // by those of profile_
  FunctionId others_;
};

}  // namespace

std::optional<FunctionId> FindOthers(const Profile& profile) {
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    if (IsOthers(profile, FunctionId(row))) return FunctionId(row);
  }
  return std::nullopt;
}

WithOthers FoldOthers(const Profile& profile,
                      const std::vector<bool>& is_told) {
  if (profile.contexts && HasSeveralSites(profile.graph)) {
    const CallGraph joined = FoldedGraph(profile, CallSites::kJoined);
    return OthersFolder(profile, joined, is_told).Take();
  }
  return OthersFolder(profile, profile.graph, is_told).Take();
}

std::vector<double> LeastFigures(const CallGraph& graph, double least) {
  int64_t calls = 0;
  for (const CallCounts counts : graph.counts) {
    calls = SaturatingAdd(calls, counts.total);
  }
  std::vector<double> figures = {least * static_cast<double>(calls)};
  for (const int64_t total : graph.self.Totals()) {
    figures.push_back(least * static_cast<double>(total));
  }
  return figures;
}

}  // namespace prof2cg
