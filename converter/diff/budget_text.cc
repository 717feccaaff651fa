#include "converter/diff/budget_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "graph/compare/known_units.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr std::string_view kBlanks = " \t";

[[noreturn]] void RefuseBudget(std::string_view text, const std::string& why) {
  throw Error("budget '" + std::string(text) + "': " + why +
              "; expected EVENT FUNCTION <= LIMIT, where LIMIT is 100, 4MiB, "
              "1.05 x base or 2 per call of FUNCTION");
}

[[noreturn]] void RefuseRule(std::string_view text, const std::string& why) {
  throw Error("rule '" + std::string(text) + "': " + why +
              "; expected no new callers of FUNCTION [under PATH]");
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

// What stands before and behind `words`; nothing if they do not occur.
struct Halves {
  std::string_view before;
  std::string_view behind;
};
std::optional<Halves> SplitAt(std::string_view text, std::string_view words) {
  const size_t place = text.find(words);
  if (place == text.npos) return std::nullopt;
  return Halves{Trimmed(text.substr(0, place)),
                Trimmed(text.substr(place + words.size()))};
}

// "4MiB", "1.05": what follows the number is left in `rest`.
double TakeNumber(std::string_view text, std::string_view& rest) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), number);
  const bool is_one = error == std::errc() && std::isfinite(number);
  if (!is_one || number < 0) {
    RefuseBudget(text, "the limit is no number from 0 on");
  }
  rest = Trimmed(rest.substr(static_cast<size_t>(end - rest.data())));
  return number;
}

void ParseAmount(std::string_view amount, BudgetText& budget) {
  budget.limit = TakeNumber(budget.text, amount);
  if (amount.empty()) return;
  const KnownUnit* known = FindUnit(amount);
  if (known == nullptr) {
    RefuseBudget(budget.text, "unknown unit '" + std::string(amount) + "'");
  }
  budget.limit *= known->size;
  budget.unit = known->unit;
}

bool IsOfBase(std::string_view rest) {
  for (const std::string_view times : {"x", "×", "*"}) {
    if (rest.starts_with(times)) {
      return Trimmed(rest.substr(times.size())) == "base";
    }
  }
  return false;
}

void ParseLimit(BudgetText& budget) {
  if (const auto halves = SplitAt(budget.limit_text, " per call of ")) {
    budget.kind = Budget::Kind::kPerCall;
    budget.per_call_of = halves->behind;
    const std::string amount(halves->before);
    ParseAmount(amount, budget);
    budget.limit_text = amount;
    return;
  }
  std::string_view rest = budget.limit_text;
  const double factor = TakeNumber(budget.text, rest);
  if (!IsOfBase(rest)) return ParseAmount(budget.limit_text, budget);
  budget.kind = Budget::Kind::kOfBase;
  budget.limit = factor;
}

}  // namespace

BudgetText ParseBudget(std::string_view text) {
  const auto sides = SplitAt(text, "<=");
  if (!sides) RefuseBudget(text, "no <=");
  const auto words = SplitAt(sides->before, " ");
  if (!words) RefuseBudget(text, "no event and function before <=");
  BudgetText budget{.text = std::string(Trimmed(text)),
                    .event = std::string(words->before),
                    .function = std::string(words->behind),
                    .limit_text = std::string(sides->behind)};
  ParseLimit(budget);
  return budget;
}

CallerRuleText ParseCallerRule(std::string_view text) {
  constexpr std::string_view kStart = "no new callers of ";
  std::string_view rest = text;
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  if (!rest.starts_with(kStart)) {
    RefuseRule(text, "does not begin with 'no new callers of'");
  }
  rest.remove_prefix(kStart.size() - 1);
  const auto halves = SplitAt(rest, " under ");
  const std::string_view callee = halves ? halves->before : Trimmed(rest);
  if (callee.empty()) RefuseRule(text, "no function");
  if (halves && halves->behind.empty()) RefuseRule(text, "no path");
  return {std::string(Trimmed(text)), std::string(callee),
          halves ? std::string(halves->behind) : ""};
}

}  // namespace prof2cg
