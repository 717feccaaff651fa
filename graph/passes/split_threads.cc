#include "graph/passes/split_threads.h"

#include <algorithm>
#include <utility>

#include "graph/grouping.h"
#include "graph/passes/fold_contexts.h"

namespace prof2cg {
namespace {

// With the same ids.
StringTable CopyOf(const StringTable& strings) {
  StringTable copy;
  copy.Reserve(strings.size());
  for (size_t row = 0; row < strings.size(); ++row) {
    copy.Intern(strings[StringId(row)]);
  }
  return copy;
}

}  // namespace

ThreadSplit::ThreadSplit(const Profile& profile)
    : profile_(profile), first_(profile.functions.size(), UINT32_MAX) {
  const std::vector<Context>& contexts = profile.contexts->contexts;
  const auto thread_of = [&](size_t row) { return contexts[row].thread; };
  Grouping grouping(contexts.size(),
                    std::max<size_t>(1, profile.threads.size()), thread_of);
  contexts_.resize(contexts.size());
  places_.resize(contexts.size());
  for (size_t row = 0; row < contexts.size(); ++row) {
    places_[row] = grouping.Take(thread_of(row));
    contexts_[places_[row]] = ContextId(row);
    has_calls_ |= contexts[row].calls != 0;
    uint32_t& first = first_[contexts[row].function.row()];
    first = std::min(first, contexts[row].thread);
  }
  begins_ = std::move(grouping).Begins();
  for (size_t row = 0; row < contexts.size(); ++row) {
    places_[row] -= begins_[thread_of(row)];
  }
  std::ranges::replace(first_, UINT32_MAX, 0);
}

Profile ThreadSplit::Of(size_t thread) const {
  Profile part;
  part.strings = CopyOf(profile_.strings);
  part.events = profile_.events;
  part.functions = profile_.functions;
  part.threads = profile_.threads;
  part.provenance = profile_.provenance;
  part.command = profile_.command;
  part.facts = profile_.facts;
  part.naming = profile_.naming;
  part.share_by = profile_.share_by;
  part.is_traced = profile_.is_traced;
  part.graph.counts.resize(part.functions.size());
  for (size_t f = 0; f < part.functions.size(); ++f) {
    if (has_calls_ || first_[f] != thread) continue;
    part.graph.counts[f] = profile_.graph.counts[f];
  }
  part.contexts = TreeOf(thread);
  FoldContexts(part);
  return part;
}

ContextTree ThreadSplit::TreeOf(size_t thread) const {
  const ContextTree& whole = *profile_.contexts;
  ContextTree tree;
  tree.self = CostTable(profile_.events.size());
  for (size_t i = begins_[thread]; i < begins_[thread + 1]; ++i) {
    const size_t row = contexts_[i].row();
    Context context = whole.contexts[row];
    if (context.parent.is_valid()) {
      context.parent = ContextId(places_[context.parent.row()]);
    }
    tree.contexts.push_back(context);
    tree.self.Append(whole.self[row]);
  }
  return tree;
}

std::vector<bool> ThreadSplit::FunctionsOf(size_t thread) const {
  std::vector<bool> functions(profile_.functions.size());
  for (size_t f = 0; f < functions.size(); ++f) {
    functions[f] = first_[f] == thread;
  }
  for (size_t i = begins_[thread]; i < begins_[thread + 1]; ++i) {
    const ContextId context = contexts_[i];
    functions[profile_.contexts->contexts[context.row()].function.row()] = true;
  }
  return functions;
}

}  // namespace prof2cg
