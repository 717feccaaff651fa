#include "graph/passes/merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/cost_table.h"
#include "graph/error.h"
#include "graph/shared_text.h"

namespace prof2cg {
namespace {

// What is less certain of the two.
Origin Weaker(Origin a, Origin b) {
  if (a == Origin::kAbsent || b == Origin::kAbsent) return Origin::kAbsent;
  return std::max(a, b);
}

void MergeProvenance(const Provenance& from, Provenance& into) {
  into.counts = Weaker(into.counts, from.counts);
  into.call_counts = Weaker(into.call_counts, from.call_counts);
  for (size_t e = 0; e < into.events.size(); ++e) {
    Provenance::Columns& column = into.events[e];
    const Provenance::Columns& more = from.events[e];
    column.self = Weaker(column.self, more.self);
    column.inclusive = Weaker(column.inclusive, more.inclusive);
    column.call_inclusive = Weaker(column.call_inclusive, more.call_inclusive);
    column.call_self = Weaker(column.call_self, more.call_self);
  }
  for (const Oddity& oddity : from.oddities) {
    into.Note(oddity.one, oddity.many, oddity.count);
  }
  into.lost = SaturatingAdd(into.lost, from.lost);
  into.is_complete &= from.is_complete;
  into.least_told = into.least_told && from.least_told
                        ? std::max(into.least_told, from.least_told)
                        : std::nullopt;
}

void KeepCommonFacts(const std::vector<Fact>& others,
                     std::vector<Fact>& facts) {
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const Fact& fact : others) known.emplace(fact.name, fact.value);
  std::erase_if(facts, [&](const Fact& fact) {
    return !known.contains({fact.name, fact.value});
  });
}

}  // namespace

std::vector<FunctionId> Merger::Add(const Profile& profile) {
  if (!sum_) {
    sum_.emplace(profile.events);
    contexts_.emplace(profile.events.size());
    sum_->profile().command = profile.command;
    sum_->profile().naming = profile.naming;
    sum_->profile().share_by = profile.share_by;
    sum_->profile().is_traced = profile.is_traced;
    sum_->profile().facts = profile.facts;
    sum_->profile().provenance.is_complete = true;  // as long as all are
    sum_->profile().provenance.least_told = profile.provenance.least_told;
  }
  if (profile.events != sum_->profile().events) {
    throw Error("its events differ from those of the inputs before");
  }
  MergeProvenance(profile.provenance, sum_->profile().provenance);
  KeepCommonFacts(profile.facts, sum_->profile().facts);
  if (!profile.is_traced) sum_->profile().is_traced = false;
  if (profile.share_by != sum_->profile().share_by) {
    sum_->profile().share_by = ShareBy::kCallCosts;
  }

  std::vector<FunctionId> merged;
  merged.reserve(profile.functions.size());
  sum_->AddFunctions(WithSharedText(profile, sum_->profile().strings), merged);
  for (size_t f = 0; f < merged.size(); ++f) {
    sum_->AddCounts(merged[f], profile.graph.counts[f]);
    sum_->AddSelf(merged[f], profile.graph.self[f]);
    sum_->AddInclusive(merged[f], profile.graph.inclusive[f]);
    if (profile.provenance.IsFunctionEstimated(f)) {
      sum_->MarkEstimated(merged[f]);
    }
  }
  const bool has_self = profile.graph.call_self.rows() != 0;
  lacks_call_self_ |= !has_self && !profile.graph.calls.empty();
  const std::vector<int64_t> unknown(profile.events.size());
  for (size_t row = 0; row < profile.graph.calls.size(); ++row) {
    Call call = profile.graph.calls[row];
    call.caller = merged[call.caller.row()];
    call.callee = merged[call.callee.row()];
    sum_->AddCall(call, profile.graph.call_inclusive[row],
                  has_self ? profile.graph.call_self[row] : unknown);
    if (profile.provenance.IsEstimated(row)) {
      sum_->MarkEstimated(sum_->calls() - 1);
    }
  }
  sum_->AccumulateCalls();
  AddContexts(profile, merged);
  return merged;
}

// The sum of some would be a partial one.
void Merger::AddContexts(const Profile& profile,
                         const std::vector<FunctionId>& merged) {
  ++profiles_;
  without_contexts_ += !profile.contexts;
  if (without_contexts_ != 0) {
    contexts_.emplace(profile.events.size());
    return;
  }
  const std::vector<uint32_t> threads = AddThreads(profile);
  const ContextTree& tree = *profile.contexts;
  std::vector<ContextId> ids;
  ids.reserve(tree.contexts.size());
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const Context& context = tree.contexts[row];
    const ContextId parent =
        context.parent.is_valid() ? ids[context.parent.row()] : ContextId();
    ids.push_back(contexts_->Enter(parent, merged[context.function.row()],
                                   context.line, threads[context.thread]));
    contexts_->AddSelf(ids[row], tree.self[row]);
    contexts_->AddCalls(ids[row], context.calls);
  }
  for (SizeCount size : tree.sizes) {
    size.context = ids[size.context.row()];
    contexts_->AddSizes(size);
  }
}

// A profile that does not tell its threads has one without a name.
std::vector<uint32_t> Merger::AddThreads(const Profile& profile) {
  std::vector<StringId> names = {sum_->Intern("")};
  if (!profile.threads.empty()) {
    names.clear();
    for (const StringId name : profile.threads) {
      names.push_back(sum_->Intern(profile.strings[name]));
    }
  }
  std::vector<StringId>& known = sum_->profile().threads;
  std::map<StringId, uint32_t> times;  // of each name in this profile
  std::vector<uint32_t> rows;
  for (const StringId name : names) {
    const auto [thread, is_new] =
        threads_.try_emplace({name, times[name]++}, known.size());
    if (is_new) known.push_back(name);
    rows.push_back(thread->second);
  }
  return rows;
}

Profile Merger::Merge() && {
  Profile merged = std::move(*sum_).Build();
  if (lacks_call_self_) {
    merged.graph.call_self = CostTable(merged.events.size());
  }
  const bool has_one_thread_without_name =
      merged.threads.size() == 1 &&
      merged.strings[merged.threads.front()].empty();
  if (has_one_thread_without_name || without_contexts_ != 0) {
    merged.threads.clear();
  }
  if (without_contexts_ == 0) {
    merged.contexts = std::move(*contexts_).Build();
  } else if (static_cast<size_t>(without_contexts_) < profiles_) {
    merged.provenance.Note(
        "input has no stacks: those of the others are left out",
        "inputs have no stacks: those of the others are left out",
        without_contexts_);
  }
  return merged;
}

}  // namespace prof2cg
