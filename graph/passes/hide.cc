#include "graph/passes/hide.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "graph/context_tree_builder.h"
#include "graph/ids.h"
#include "graph/passes/estimate_hidden.h"
#include "graph/passes/keep_rows.h"
#include "graph/passes/replace_contexts.h"

namespace prof2cg {
namespace {

class ContextHider {
 public:
  ContextHider(const ContextTree& tree, const std::vector<bool>& hidden)
      : tree_(tree),
        hidden_(hidden),
        places_(tree.contexts.size()),
        visible_(tree.self.events()),
        removed_(tree.self.events()) {}

  ContextTree Run() {
    for (size_t row = 0; row < places_.size(); ++row) Move(row);
    return std::move(visible_).Build();
  }

  // The cost of stacks that were hidden whole, per event.
  const std::vector<int64_t>& removed() const { return removed_; }

 private:
  // Where a context is in the result.
  struct Place {
    ContextId context;  // it or the nearest that remains; not valid: none does
    uint32_t line = 0;  // of the call site in that one, of a hidden context
  };

  bool IsHidden(ContextId context) const {
    return hidden_[tree_.contexts[context.row()].function.row()];
  }

  void Move(size_t row) {
    const Context& context = tree_.contexts[row];
    Place place{ContextId(), context.line};
    if (context.parent.is_valid()) {
      const Place& parent = places_[context.parent.row()];
      place.context = parent.context;
      if (IsHidden(context.parent)) place.line = parent.line;
    }
    if (!hidden_[context.function.row()]) {
      place.context = visible_.Enter(place.context, context.function,
                                     place.line, context.thread);
      visible_.AddCalls(place.context, context.calls);
    }
    AddSelf(place.context, tree_.self[row]);
    places_[row] = place;
  }

  void AddSelf(ContextId context, std::span<const int64_t> self) {
    if (context.is_valid()) {
      visible_.AddSelf(context, self);
      return;
    }
    for (size_t e = 0; e < self.size(); ++e) {
      removed_[e] = SaturatingAdd(removed_[e], self[e]);
    }
  }

  const ContextTree& tree_;
  const std::vector<bool>& hidden_;
  std::vector<Place> places_;  // a row per context
  ContextTreeBuilder visible_;
  std::vector<int64_t> removed_;
};

std::vector<int64_t> HideExactly(Profile& profile,
                                 const std::vector<bool>& hidden) {
  ContextHider hider(*profile.contexts, hidden);
  ReplaceContexts(profile, hider.Run());
  for (Provenance::Columns& event : profile.provenance.events) {
    event.self = std::max(event.self, Origin::kDerived);
  }
  return hider.removed();
}

void NoteRemoved(Profile& profile, const std::vector<int64_t>& removed) {
  for (size_t e = 0; e < removed.size(); ++e) {
    const std::string text = profile.events[EventId(e)].name +
                             " of hidden functions that nobody visible called:"
                             " left out";
    profile.provenance.Note(text, text, removed[e]);
  }
}

}  // namespace

void Hide(Profile& profile, const std::vector<bool>& hidden) {
  if (std::ranges::find(hidden, true) == hidden.end()) return;
  NoteRemoved(profile, profile.contexts ? HideExactly(profile, hidden)
                                        : EstimateHidden(profile, hidden));
  std::vector<bool> keep = hidden;
  keep.flip();
  keep.resize(profile.functions.size(), true);
  KeepFunctions(profile, keep);
}

}  // namespace prof2cg
