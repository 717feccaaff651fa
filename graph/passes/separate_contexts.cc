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
        walk_(contexts_),
        levels_(FindLevels(contexts_, rules.levels)) {}

  void Run();

 private:
  FunctionId FunctionOf(size_t context) const {
    return contexts_[context].function;
  }

  ContextClasses Separate();
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
  CallerWalk walk_;
  const std::vector<uint32_t> levels_;  // per context
  std::vector<FunctionId> row_of_;      // per class: of the function it becomes
  int64_t reduced_ = 0;  // functions with fewer callers than asked
};

ContextClasses Separator::Separate() {
  ContextClasses classes(contexts_, levels_);
  for (uint32_t distance = 1;; ++distance) {
    const auto wants = [&](size_t row) {
      return callers_[FunctionOf(row).row()] >= distance;
    };
    std::vector<FunctionId> callers = walk_.Next(wants);
    if (std::ranges::none_of(callers, &FunctionId::is_valid)) return classes;
    ContextClasses finer = classes.RefinedBy(callers);
    if (finer.size() > max_names_) {
      KeepFewCallers(distance, classes, finer);
      for (size_t row = 0; row < callers.size(); ++row) {
        if (!wants(row)) callers[row] = {};
      }
      finer = classes.RefinedBy(callers);
    }
    classes = std::move(finer);
  }
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
  for (ContextId above = walk_.CallerOf(ContextId(context));
       left > 0 && above.is_valid(); above = walk_.CallerOf(above), --left) {
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
