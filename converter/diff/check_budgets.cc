#include "converter/diff/check_budgets.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/budget_text.h"
#include "converter/diff/naming.h"
#include "converter/diff/sentences.h"
#include "converter/diff/words.h"
#include "converter/display/fixed_text.h"
#include "converter/display/text_cells.h"
#include "converter/names/function_pattern.h"
#include "graph/compare/budgets.h"
#include "graph/compare/gate.h"
#include "graph/error.h"
#include "graph/passes/fold_others.h"

namespace prof2cg {
namespace {

// With as many decimals as tell it from a limit that it exceeds.
std::string TimesText(double times, double limit) {
  constexpr int kMostDecimals = 6;
  int decimals = 1;
  for (double scale = 10; decimals < kMostDecimals; ++decimals, scale *= 10) {
    const bool is_told =
        times <= limit || std::round(times * scale) / scale > limit;
    if (is_told) break;
  }
  return FixedText(times, decimals);
}

// "4.00 KiB of alloc_bytes", "12 Ir"
template <class Cost>
std::string AmountOfText(const Event& event, Cost cost) {
  const std::string amount = AmountText(event, cost);
  return event.unit == Unit::kCount ? amount
                                    : amount + " of " + EventName(event);
}

// "3 times", and of others as above.
std::string CostText(const Event& event, int64_t cost) {
  if (event.name == kCallsEvent) return Counted{cost, "time", "times"}.Text();
  return AmountOfText(event, cost);
}

// The same for one call of another function: "3.0 times".
std::string CostPerCallText(const Event& event, const BudgetUse& use,
                            double limit) {
  const double cost =
      static_cast<double>(use.cost) / static_cast<double>(use.measure);
  if (event.name == kCallsEvent) return TimesText(cost, limit) + " times";
  return AmountOfText(event, cost);
}

// Whether a file is `path`, in that folder, or fits that glob, from any folder
// of the file's path on.
bool IsUnder(std::string_view file, std::string path) {
  if (path.ends_with('/')) path.pop_back();
  for (const std::string& glob : {path, path + "/*"}) {
    if (MatchesGlob(file, glob) || MatchesGlob(file, "*/" + glob)) return true;
  }
  return false;
}

bool IsGlob(const BudgetText& text) {
  return text.function.find_first_of("*?[") != std::string::npos;
}

class BudgetChecker {
 public:
  BudgetChecker(const Sides& sides, const JoinedGraph& graph,
                const Repeats& repeats)
      : sides_(sides), graph_(graph), repeats_(repeats) {}

  DiffBudget Check(const BudgetText& text) const {
    const Budget budget{text.event,
                        text.kind,
                        text.limit,
                        text.unit,
                        RowsNamed(text.function),
                        text.kind == Budget::Kind::kPerCall
                            ? RowsNamed(text.per_call_of)
                            : std::vector<uint32_t>()};
    const BudgetUse use = Use(budget, graph_, repeats_);
    const std::string name = budget.functions.size() == 1 && !IsGlob(text)
                                 ? Quoted(text.function)
                                 : QuotedName(Name(use.function));
    return {DiffBudget::Kind::kBudget, text.text,
            use.exceeding == 0 ? Answer::kNotWorse : Answer::kWorse,
            name + Sentence(text, use), text.line};
  }

  DiffBudget Check(const CallerRuleText& text) const {
    const CallerRule rule{RowsNamed(text.callee), RowsUnder(text.path)};
    const NewCalls calls = FindNewCalls(rule, graph_, repeats_, Others());
    const Answer answer = !calls.proven.empty()     ? Answer::kWorse
                          : !calls.possible.empty() ? Answer::kCannotTell
                                                    : Answer::kNotWorse;
    return {DiffBudget::Kind::kRule, text.text, answer, Sentence(text, calls),
            text.line};
  }

 private:
  std::vector<uint32_t> RowsNamed(const std::string& name) const;
  std::vector<uint32_t> RowsUnder(const std::string& path) const;
  // What follows the function's name.
  std::string Sentence(const BudgetText& text, const BudgetUse& use) const;
  std::string Sentence(const CallerRuleText& text, const NewCalls& calls) const;
  // What a snapshot has for functions that it does not list.
  std::optional<uint32_t> Others() const;
  DiffFunction Name(uint32_t function) const {
    return NameFunction(sides_, graph_, function);
  }

  const Sides& sides_;
  const JoinedGraph& graph_;
  const Repeats& repeats_;
};

// In the narrower of both ways, if any function has it.
std::vector<uint32_t> BudgetChecker::RowsNamed(const std::string& name) const {
  using Match = FunctionPattern::Match;
  FunctionPattern pattern(name);
  Match narrowest = Match::kGlob;
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < graph_.functions.size(); ++row) {
    const auto [base, current] = graph_.functions[row];
    const auto match_in = [&](const Side& side, FunctionId f) {
      return f.is_valid() ? pattern.Matches(side.sum, f, narrowest)
                          : Match::kNone;
    };
    const Match match = std::min(match_in(sides_.base, base),
                                 match_in(sides_.current, current));
    if (match > narrowest) continue;
    if (match < narrowest) rows.clear();
    narrowest = match;
    rows.push_back(row);
  }
  return rows;
}

std::vector<uint32_t> BudgetChecker::RowsUnder(const std::string& path) const {
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < graph_.functions.size(); ++row) {
    if (path.empty() || IsUnder(Name(row).file, path)) rows.push_back(row);
  }
  return rows;
}

std::string BudgetChecker::Sentence(const BudgetText& text,
                                    const BudgetUse& use) const {
  const Event event = EventNamed(graph_, text.event);
  std::string sentence = text.event == kCallsEvent ? " is called " : " costs ";
  switch (text.kind) {
    case Budget::Kind::kAmount:
      sentence += CostText(event, use.cost);
      break;
    case Budget::Kind::kOfBase:
      sentence += CostText(event, use.cost) + ", in the base " +
                  CostText(event, use.measure);
      break;
    case Budget::Kind::kPerCall:
      sentence += CostPerCallText(event, use, text.limit) + " per call of " +
                  Quoted(text.per_call_of);
      break;
  }
  sentence += ": the budget is " + Unquoted(text.limit_text);
  if (use.exceeding < 2) return sentence;
  const auto more = static_cast<int64_t>(use.exceeding) - 1;
  return sentence + "; " +
         Counted{more, "more function exceeds", "more functions exceed"}
             .Text() +
         " it";
}

std::optional<uint32_t> BudgetChecker::Others() const {
  const auto base = FindOthers(sides_.base.sum);
  const auto current = FindOthers(sides_.current.sum);
  for (uint32_t row = 0; row < graph_.functions.size(); ++row) {
    const FunctionPair& pair = graph_.functions[row];
    if ((base && pair.base == *base) || (current && pair.current == *current)) {
      return row;
    }
  }
  return std::nullopt;
}

std::string BudgetChecker::Sentence(const CallerRuleText& text,
                                    const NewCalls& new_calls) const {
  const bool are_proven = !new_calls.proven.empty();
  const std::vector<uint32_t>& calls =
      are_proven ? new_calls.proven : new_calls.possible;
  if (calls.empty()) return "no caller of " + Quoted(text.callee) + " is new";
  const auto [caller, callee] = graph_.calls[calls.front()];
  const DiffFunction named = Name(caller);
  const std::string place = QuotedPlace(named, named.line);
  std::string sentence = QuotedName(named);
  if (!place.empty()) sentence += " (" + place + ')';
  sentence += are_proven ? " is a new caller of " : " may be a new caller of ";
  sentence += QuotedName(Name(callee));
  if (!are_proven) {
    sentence +=
        ": the snapshot does not list all functions, as `--least 0` does";
  }
  if (calls.size() < 2) return sentence;
  const auto more = static_cast<int64_t>(calls.size()) - 1;
  return sentence + "; " +
         Counted{more, "more call is", "more calls are"}.Text() +
         (are_proven ? " new" : " as unknown");
}

}  // namespace

void CheckBudgets(const DiffOptions& options, const Sides& sides,
                  const JoinedGraph& graph, const Repeats& repeats,
                  DiffReport& report) {
  const BudgetChecker checker(sides, graph, repeats);
  const auto check = [&](const auto& text, const std::string& what) {
    try {
      report.budgets.push_back(checker.Check(text));
    } catch (const Error& error) {
      throw Error(what + " '" + text.text + "': " + error.what())
          .In(options.config);
    }
    report.answer = std::max(report.answer, report.budgets.back().answer);
  };
  for (const BudgetText& text : options.budgets) check(text, "budget");
  for (const CallerRuleText& text : options.rules) check(text, "rule");
  report.config = options.config;
  report.why = VerdictText(report);
}

}  // namespace prof2cg
