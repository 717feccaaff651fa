#include "converter/separate.h"

#include <algorithm>

#include "converter/display/figures.h"
#include "converter/names/choose.h"
#include "converter/names/function_pattern.h"
#include "converter/names/plain_name.h"
#include "graph/passes/choose_callers.h"
#include "graph/passes/separate_callers.h"

namespace prof2cg {
namespace {

using Numbers = std::vector<uint32_t>;  // one per function

std::vector<FunctionId> FunctionsLike(const Profile& profile,
                                      const std::string& pattern) {
  std::vector<FunctionId> found;
  for (size_t row = 0; row < profile.functions.size(); ++row) {
    const FunctionId f(row);
    if (MatchesGlob(profile.Name(f), pattern)) found.push_back(f);
  }
  return found.empty() ? ChooseFunctions(profile, pattern) : found;
}

void SetNumbers(const Profile& profile, const std::vector<NumberOfLike>& some,
                Numbers& numbers) {
  for (const auto& [pattern, number] : some) {
    for (const FunctionId f : FunctionsLike(profile, pattern)) {
      numbers[f.row()] = number;
    }
  }
}

bool IsAnyAbove(const Numbers& numbers, uint32_t bound) {
  return std::ranges::any_of(numbers, [=](uint32_t n) { return n > bound; });
}

// "parse (30.0% of ns), load (4.1% of alloc_bytes) and others".
std::string WorstOf(const Profile& profile,
                    const std::vector<DifferingCallers>& chosen) {
  constexpr size_t kNamed = 3;
  std::string text;
  for (size_t i = 0; i < std::min(kNamed, chosen.size()); ++i) {
    const DifferingCallers& worst = chosen[i];
    text += (i == 0 ? "" : ", ") + PlainName(profile.Name(worst.function)) +
            " (" + Percent(worst.misplaced) + " of " +
            profile.events[worst.event].name + ")";
  }
  return chosen.size() > kNamed ? text + " and others" : text;
}

std::string DescribeChoice(const Profile& profile,
                           const CallerCriterion& criterion,
                           const std::vector<DifferingCallers>& chosen) {
  if (chosen.empty()) {
    return "no function is told apart: none has callers that differ";
  }
  const char* functions =
      chosen.size() == 1 ? " function is" : " functions are";
  return std::to_string(chosen.size()) + functions +
         " told apart, since sharing by calls would put " +
         Percent(criterion.misplaced) +
         " of an event or more at the wrong caller: " +
         WorstOf(profile, chosen);
}

// Gives what it chose.
std::string Choose(const Profile& profile, Numbers& callers) {
  const CallerCriterion criterion;
  const std::vector<DifferingCallers> chosen =
      ChooseCallers(profile, criterion);
  for (const DifferingCallers& differing : chosen) {
    callers[differing.function.row()] = differing.callers;
  }
  return DescribeChoice(profile, criterion, chosen);
}

Numbers FindCallers(const Profile& profile, const SeparateOptions& options,
                    std::string& choice) {
  Numbers callers(profile.functions.size(), options.callers.of_all.value_or(0));
  if (options.chooses_callers) choice = Choose(profile, callers);
  SetNumbers(profile, options.callers.of_some, callers);
  return callers;
}

Numbers FindLevels(const Profile& profile, const SeparateOptions& options,
                   bool have_callers) {
  const uint32_t usual = have_callers && !options.chooses_callers ? 2 : 1;
  Numbers levels(profile.functions.size(),
                 options.levels.of_all.value_or(usual));
  SetNumbers(profile, options.levels.of_some, levels);
  return levels;
}

}  // namespace

std::string Separate(Profile& profile, const SeparateOptions& options) {
  const bool asks = options.callers.is_given() || options.chooses_callers ||
                    options.levels.is_given();
  if (!asks) return "";
  std::string choice;
  SeparationRules rules;
  rules.callers = FindCallers(profile, options, choice);
  const bool have_callers = IsAnyAbove(rules.callers, 0);
  rules.levels = FindLevels(profile, options, have_callers);
  rules.wants_levels = options.levels.is_given();
  if (!have_callers && !IsAnyAbove(rules.levels, 1)) return choice;
  if (options.max_names != 0) rules.max_names = options.max_names;
  SeparateCallers(profile, rules);
  return choice;
}

}  // namespace prof2cg
