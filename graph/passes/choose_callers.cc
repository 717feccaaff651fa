#include "graph/passes/choose_callers.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <utility>

#include "absl/hash/hash.h"
#include "graph/context_tree.h"
#include "graph/cost_table.h"
#include "graph/passes/context_classes.h"
#include "graph/passes/cycles.h"
#include "graph/passes/find_callers.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

// What a part of a function's calls cost, and how many they are.
struct Parts {
  explicit Parts(size_t events) : costs(events) {}

  void Add(size_t row, int64_t count, std::span<const int64_t> more) {
    if (row >= calls.size()) {
      calls.resize(row + 1);
      costs.Resize(row + 1);
    }
    calls[row] = SaturatingAdd(calls[row], std::max<int64_t>(0, count));
    costs.Add(row, more);
  }

  std::vector<int64_t> calls;
  CostTable costs;  // inclusive
};

// Parts of a whole, which is shared out by calls; without calls, by the first
// event. Adds to `misplaced`, an amount per event.
void AddMisplaced(const Parts& parts, size_t part, const Parts& wholes,
                  size_t whole, std::span<double> misplaced) {
  const bool has_calls = wholes.calls[whole] > 0;
  const auto weight = [&](const Parts& of, size_t row) {
    return static_cast<double>(has_calls ? of.calls[row] : of.costs[row][0]);
  };
  const double all = weight(wholes, whole);
  if (!(all > 0)) return;
  const double share = weight(parts, part) / all;
  for (size_t e = 0; e < misplaced.size(); ++e) {
    const auto cost = static_cast<double>(parts.costs[part][e]);
    const auto sum = static_cast<double>(wholes.costs[whole][e]);
    misplaced[e] += std::abs(cost - sum * share) / 2;
  }
}

// Takes what was misplaced when functions are told apart by so many callers.
class Choice {
 public:
  Choice(const Profile& profile, const CallerCriterion& criterion)
      : criterion_(criterion),
        events_(profile.events),
        totals_(profile.graph.self.Totals()),
        chosen_(profile.functions.size()),
        misplaced_(profile.functions.size() * totals_.size()) {}

  std::span<double> Misplaced(FunctionId f) {
    return {misplaced_.data() + f.row() * totals_.size(), totals_.size()};
  }

  // `names`, per function: how many it would have.
  void Take(uint32_t callers, const std::vector<size_t>& names) {
    for (size_t row = 0; row < chosen_.size(); ++row) {
      TakeFunction(FunctionId(row), callers, names[row]);
    }
    std::ranges::fill(misplaced_, 0);
  }

  std::vector<DifferingCallers> Worst() && {
    std::erase_if(chosen_, [](const auto& c) { return c.callers == 0; });
    std::ranges::stable_sort(chosen_, std::greater(),
                             &DifferingCallers::misplaced);
    size_t names = 0;
    std::erase_if(chosen_, [&](const DifferingCallers& choice) {
      const bool has_room = names + choice.names <= criterion_.names;
      if (has_room) names += choice.names;
      return !has_room;
    });
    return std::move(chosen_);
  }

 private:
  // What is held is of a moment, not of calls; few of anything are chance.
  bool IsTelling(EventId event, double misplaced) const {
    constexpr double kFew = 10;
    const bool is_count = events_[event].unit == Unit::kCount;
    return events_[event].kind == Kind::kFlow && totals_[event.row()] > 0 &&
           (!is_count || misplaced >= kFew);
  }

  // A count beside the first event is a detail.
  bool IsMajor(EventId event) const {
    return event.row() == 0 || events_[event].unit != Unit::kCount;
  }
  bool IsBetterReason(EventId event, double part,
                      const DifferingCallers& than) const {
    if (!than.event.is_valid()) return true;
    return std::pair(IsMajor(event), part) >
           std::pair(IsMajor(than.event), than.misplaced);
  }

  void TakeFunction(FunctionId f, uint32_t callers, size_t names) {
    DifferingCallers& best = chosen_[f.row()];
    for (size_t e = 0; e < totals_.size(); ++e) {
      if (!IsTelling(EventId(e), Misplaced(f)[e])) continue;
      const double part = Misplaced(f)[e] / static_cast<double>(totals_[e]);
      if (!(part >= criterion_.misplaced)) continue;
      best.function = f;
      best.callers = callers;
      best.names = names;
      if (!IsBetterReason(EventId(e), part, best)) continue;
      best.event = EventId(e);
      best.misplaced = part;
    }
  }

  const CallerCriterion& criterion_;
  const EventSet& events_;
  const std::vector<int64_t> totals_;     // per event
  std::vector<DifferingCallers> chosen_;  // per function; no callers: not
  std::vector<double> misplaced_;         // per function and event
};

void ChooseByCalls(const Profile& profile, Choice& choice) {
  const CallGraph& graph = profile.graph;
  const size_t events = profile.events.size();
  Parts callers(events), functions(events);
  std::vector<size_t> names(profile.functions.size());
  std::vector<std::pair<FunctionId, FunctionId>> pairs;
  RowIndex index;
  if (!names.empty()) {
    functions.Add(names.size() - 1, 0, std::vector<int64_t>(events));
  }
  for (size_t row = 0; row < graph.calls.size(); ++row) {
    const Call& call = graph.calls[row];
    if (call.caller == call.callee) continue;
    const auto new_pair = static_cast<uint32_t>(pairs.size());
    const std::pair pair(call.caller, call.callee);
    const uint32_t at =
        index.FindOrAdd(absl::HashOf(pair), new_pair,
                        [&](uint32_t other) { return pairs[other] == pair; });
    if (at == new_pair) {
      pairs.push_back(pair);
      ++names[call.callee.row()];
    }
    callers.Add(at, call.counts.total, graph.call_inclusive[row]);
    functions.Add(call.callee.row(), call.counts.total,
                  graph.call_inclusive[row]);
  }
  const std::vector<bool> is_in_cycle =
      FindMutualRecursion(NumberCycles(graph));
  for (size_t at = 0; at < pairs.size(); ++at) {
    const FunctionId callee = pairs[at].second;
    if (is_in_cycle[callee.row()]) continue;
    AddMisplaced(callers, at, functions, callee.row(),
                 choice.Misplaced(callee));
  }
  choice.Take(1, names);
}

// Of the contexts in which their functions are not active already: they hold
// all cost, and none twice.
class ContextChoice {
 public:
  ContextChoice(const Profile& profile, Choice& choice)
      : contexts_(profile.contexts->contexts),
        inclusive_(SumInclusive(*profile.contexts)),
        walk_(contexts_),
        choice_(choice) {
    const std::vector<uint32_t> both(profile.functions.size(), 2);
    levels_ = FindLevels(contexts_, both);
    names_.resize(profile.functions.size());
  }

  void Run(uint32_t most) {
    ContextClasses classes(contexts_, levels_);
    Parts parts = PartsOf(classes);
    const auto any = [](size_t) { return true; };
    for (uint32_t callers = 1; callers <= most; ++callers) {
      ContextClasses finer = classes.RefinedBy(walk_.Next(any));
      if (finer.size() == classes.size()) continue;
      Parts finer_parts = PartsOf(finer);
      std::ranges::fill(names_, 0);
      for (size_t c = 0; c < finer.size(); ++c) {
        const size_t first = finer.First(c);
        const FunctionId f = contexts_[first].function;
        ++names_[f.row()];
        AddMisplaced(finer_parts, c, parts, classes[first],
                     choice_.Misplaced(f));
      }
      choice_.Take(callers, names_);
      classes = std::move(finer);
      parts = std::move(finer_parts);
    }
  }

 private:
  Parts PartsOf(const ContextClasses& classes) const {
    Parts parts(inclusive_.events());
    const std::vector<int64_t> nothing(inclusive_.events());
    for (size_t row = 0; row < contexts_.size(); ++row) {
      const bool is_first = levels_[row] == 1;
      parts.Add(classes[row], is_first ? contexts_[row].calls : 0,
                is_first ? inclusive_[row] : nothing);
    }
    return parts;
  }

  const std::vector<Context>& contexts_;
  const CostTable inclusive_;
  CallerWalk walk_;
  std::vector<uint32_t> levels_;
  std::vector<size_t> names_;  // per function
  Choice& choice_;
};

}  // namespace

std::vector<DifferingCallers> ChooseCallers(const Profile& profile,
                                            const CallerCriterion& criterion) {
  Choice choice(profile, criterion);
  if (profile.contexts) {
    ContextChoice(profile, choice).Run(criterion.callers);
  } else {
    ChooseByCalls(profile, choice);
  }
  return std::move(choice).Worst();
}

}  // namespace prof2cg
