// What `prof2cg diff` is asked for.
#ifndef PROF2CG_CONVERTER_DIFF_OPTIONS_H_
#define PROF2CG_CONVERTER_DIFF_OPTIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/budget_text.h"
#include "graph/compare/gate.h"

namespace prof2cg {

struct ReportFormat;  // converter/diff/report_formats.h

// A report beside the one on standard output.
struct ReportFile {
  const ReportFormat* format = nullptr;
  std::string file;  // "-": standard output, instead of the text
};

// What the command line says of the gate.
struct GateSettings {
  std::optional<std::vector<std::string>> events = {};
  std::vector<std::string> thresholds = {};  // SetThreshold
  std::optional<double> least_share = {};
  std::optional<double> alpha = {};
  std::optional<bool> is_paired = {};
  std::optional<double> most_unmatched = {};
};

struct DiffOptions {
  std::vector<std::string> base;
  std::vector<std::string> current;
  std::string config;  // file; "": not given
  GateSettings settings;
  // What the file says, but for the settings above (config.h).
  Gate gate;
  std::vector<BudgetText> budgets;
  std::vector<CallerRuleText> rules;
  std::vector<ReportFile> reports;
  bool shows_all = false;
  bool tests_itself = false;        // whether the gate can fail
  bool fails_inconclusive = false;  // status 3 where nothing can be told
  bool is_bisecting = false;        // and 125, of trouble too: for git bisect
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_OPTIONS_H_
