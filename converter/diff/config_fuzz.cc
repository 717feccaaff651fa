// Fuzzes prof2cg.toml: whatever it is, either settings come out that a
// comparison can use or an Error.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "converter/diff/config.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

void Check(bool is_so, const char* what) {
  if (is_so) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

bool IsAmount(double number) { return std::isfinite(number) && number >= 0; }

void CheckGate(const Gate& gate) {
  Check(IsAmount(gate.least_share), "a share that is none");
  Check(IsAmount(gate.alpha), "an alpha that is none");
  Check(IsAmount(gate.most_unmatched), "a part that is none");
}

// Each says the same when it is read again.
void CheckBudgets(const DiffOptions& options) {
  for (const BudgetText& budget : options.budgets) {
    const BudgetText again = ParseBudget(budget.text);
    Check(budget.line > 0, "a budget on no line");
    Check(IsAmount(budget.limit), "a limit that nothing exceeds");
    Check(again.limit == budget.limit && again.kind == budget.kind &&
              again.event == budget.event && again.function == budget.function,
          "another budget");
  }
  for (const CallerRuleText& rule : options.rules) {
    const CallerRuleText again = ParseCallerRule(rule.text);
    Check(rule.line > 0, "a rule on no line");
    Check(again.callee == rule.callee && again.path == rule.path,
          "another rule");
  }
}

}  // namespace
}  // namespace prof2cg

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace prof2cg;
  DiffOptions options;
  try {
    ParseConfig({reinterpret_cast<const char*>(data), size}, options);
    CheckGate(options.gate);
    CheckBudgets(options);
  } catch (const Error&) {
    // Malformed, and said so.
  }
  return 0;
}
