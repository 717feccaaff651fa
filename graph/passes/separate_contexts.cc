#include "graph/passes/separate_contexts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/grouping.h"
#include "graph/passes/context_classes.h"
#include "graph/passes/find_callers.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/name_limit.h"
#include "graph/passes/name_separated.h"

namespace prof2cg {
namespace {

class Separator {
 public:
  Separator(Profile& profile, const SeparationRules& rules)
      : profile_(profile),
        contexts_(profile.contexts->contexts),
        callers_(rules.callers),
        max_names_(rules.max_names),
        caller_of_(FindCallers(contexts_)),
        levels_(FindLevels(contexts_, rules.levels)) {}

  void Run();

 private:
  FunctionId FunctionOf(size_t context) const {
    return contexts_[context].function;
  }

  ContextClasses Separate();
  // Each context's caller of that distance, from 1, if it tells it apart.
  std::vector<FunctionId> CallersAt(uint32_t distance);
  void KeepFewCallers(uint32_t distance, const ContextClasses& classes,
                      const ContextClasses& finer);
  FunctionId BaseOf(const ContextClasses& classes, size_t c) const {
    return FunctionOf(classes.First(c));
  }
  Separation Describe(const ContextClasses& classes);
  void AppendCallers(size_t context, std::vector<FunctionId>& callers) const;

  Profile& profile_;
  std::vector<Context>& contexts_;
  std::vector<uint32_t> callers_;  // per function: how many tell it apart
  const size_t max_names_;
  const std::vector<Caller> caller_of_;  // per context
  const std::vector<uint32_t> levels_;   // per context
  std::vector<ContextId> above_;    // per context: the last caller looked at
  std::vector<FunctionId> row_of_;  // per class: of the function it becomes
  int64_t reduced_ = 0;             // functions with fewer callers than asked
};

ContextClasses Separator::Separate() {
  ContextClasses classes(contexts_, levels_);
  above_.resize(contexts_.size());
  for (size_t row = 0; row < above_.size(); ++row) above_[row] = ContextId(row);
  for (uint32_t distance = 1;; ++distance) {
    std::vector<FunctionId> callers = CallersAt(distance);
    if (std::ranges::none_of(callers, &FunctionId::is_valid)) return classes;
    ContextClasses finer = classes.RefinedBy(callers);
    if (finer.size() > max_names_) {
      KeepFewCallers(distance, classes, finer);
      for (size_t row = 0; row < callers.size(); ++row) {
        if (callers_[FunctionOf(row).row()] < distance) callers[row] = {};
      }
      finer = classes.RefinedBy(callers);
    }
    classes = std::move(finer);
  }
}

std::vector<FunctionId> Separator::CallersAt(uint32_t distance) {
  std::vector<FunctionId> callers(contexts_.size());
  for (size_t row = 0; row < callers.size(); ++row) {
    ContextId& above = above_[row];
    if (!above.is_valid() || callers_[FunctionOf(row).row()] < distance) {
      continue;
    }
    above = caller_of_[above.row()].context;
    if (above.is_valid()) callers[row] = FunctionOf(above.row());
  }
  return callers;
}

// The functions that the caller of that distance makes most names of do without
// it.
void Separator::KeepFewCallers(uint32_t distance, const ContextClasses& classes,
                               const ContextClasses& finer) {
  std::vector<size_t> more(callers_.size());  // names, per function
  for (size_t c = 0; c < finer.size(); ++c) ++more[BaseOf(finer, c).row()];
  for (size_t c = 0; c < classes.size(); ++c) --more[BaseOf(classes, c).row()];
  const size_t room = max_names_ - std::min(max_names_, classes.size());
  for (const FunctionId f : FindGreatest(more, room)) {
    callers_[f.row()] = distance - 1;
    ++reduced_;
  }
}

Separation Separator::Describe(const ContextClasses& classes) {
  Separation separation;
  separation.bases = std::move(profile_.functions);
  std::vector<FunctionId> bases;  // per class, and of functions without one
  std::vector<bool> has_class(separation.bases.size());
  for (size_t c = 0; c < classes.size(); ++c) {
    bases.push_back(BaseOf(classes, c));
    has_class[bases.back().row()] = true;
  }
  for (size_t f = 0; f < has_class.size(); ++f) {
    if (!has_class[f]) bases.push_back(FunctionId(f));
  }
  const auto base = [&](size_t i) { return bases[i].row(); };
  Grouping grouping(bases.size(), has_class.size(), base);
  std::vector<uint32_t> order(bases.size());
  row_of_.resize(bases.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    row_of_[i] = FunctionId(grouping.Take(base(i)));
    order[row_of_[i].row()] = i;
  }
  for (const uint32_t i : order) {
    SeparatedFunction row{.base = bases[i]};
    row.callers = static_cast<uint32_t>(separation.callers.size());
    if (i < classes.size()) {
      row.level = levels_[classes.First(i)];
      AppendCallers(classes.First(i), separation.callers);
    }
    row.callers_end = static_cast<uint32_t>(separation.callers.size());
    separation.functions.push_back(row);
  }
  return separation;
}

void Separator::AppendCallers(size_t context,
                              std::vector<FunctionId>& callers) const {
  uint32_t left = callers_[FunctionOf(context).row()];
  for (ContextId above = caller_of_[context].context;
       left > 0 && above.is_valid();
       above = caller_of_[above.row()].context, --left) {
    callers.push_back(FunctionOf(above.row()));
  }
}

void Separator::Run() {
  const ContextClasses classes = Separate();
  Separation separation = Describe(classes);
  std::vector<CallCounts> counts(separation.functions.size());
  for (size_t row = counts.size(); row-- > 0;) {
    const FunctionId base = separation.functions[row].base;
    const bool is_first =
        row == 0 || separation.functions[row - 1].base != base;
    if (is_first) counts[row] = profile_.graph.counts[base.row()];
  }
  profile_.graph.counts = std::move(counts);
  for (size_t row = 0; row < contexts_.size(); ++row) {
    contexts_[row].function = row_of_[classes[row]];
  }
  profile_.functions = NameSeparated(separation, profile_.strings);
  profile_.separation = std::move(separation);
  FoldContexts(profile_);
  NoteFewerCallers(profile_.provenance, reduced_);
}

}  // namespace

void SeparateContexts(Profile& profile, const SeparationRules& rules) {
  Separator(profile, rules).Run();
}

}  // namespace prof2cg
