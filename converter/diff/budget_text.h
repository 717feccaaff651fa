// Budgets and rules as a project writes them, a sentence each:
//
//   EVENT FUNCTION <= LIMIT
//
//     alloc_bytes render <= 4MiB
//     alloc_bytes render <= 1.05 x base
//     calls json.loads <= 2 per call of handle_request
//     ns *_handler <= 20ms per call of serve
//
//   no new callers of FUNCTION [under PATH]
//
//     no new callers of db.execute under template/**
//
// FUNCTION is a name or a glob (converter/names/function_pattern.h) and may
// have blanks; PATH is a folder or a glob.
#ifndef PROF2CG_CONVERTER_DIFF_BUDGET_TEXT_H_
#define PROF2CG_CONVERTER_DIFF_BUDGET_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/compare/budget.h"
#include "graph/event_set.h"

namespace prof2cg {

// A budget before its functions are looked up.
struct BudgetText {
  std::string text;  // all of it
  std::string event;
  std::string function;
  std::string limit_text;  // "2", "4MiB", "1.05 x base"
  Budget::Kind kind = Budget::Kind::kAmount;
  double limit = 0;
  std::optional<Unit> unit = {};
  std::string per_call_of = {};  // of kPerCall
  uint32_t line = 0;             // of the file that has it; 0: unknown
};

struct CallerRuleText {
  std::string text;  // all of it
  std::string callee;
  std::string path = {};  // "": any
  uint32_t line = 0;      // as above
};

// Throw Error that quotes the sentence and says what was expected.
BudgetText ParseBudget(std::string_view text);
CallerRuleText ParseCallerRule(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_BUDGET_TEXT_H_
