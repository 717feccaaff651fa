#include "converter/diff.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/compare_sides.h"
#include "converter/diff/github.h"
#include "converter/diff/make_report.h"
#include "converter/diff/report_formats.h"
#include "converter/diff/self_test.h"
#include "converter/diff/sides.h"
#include "converter/diff/text.h"
#include "converter/io/output.h"
#include "converter/message.h"
#include "converter/terminal.h"
#include "graph/compare/judge.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr int kRegression = 1;
constexpr int kTroubled = 2;
constexpr int kInconclusive = 3;
constexpr int kCannotTest = 125;  // `git bisect run` skips the commit

Sides LoadSides(const Options& options) {
  const DiffOptions& diff = options.diff;
  return LoadSides(diff.base, diff.current, diff.path_rules, options.load);
}

DiffReport Compare(const Sides& sides, const Gate& gate) {
  const ComparedSides compared = CompareSides(sides.base, sides.current);
  return MakeDiffReport(sides, compared.graph,
                        Judge(compared.graph, compared.repeats, gate), gate);
}

void Write(const std::string& text, const std::string& file,
           const Options& options) {
  std::vector<std::string> inputs = options.diff.base;
  inputs.insert(inputs.end(), options.diff.current.begin(),
                options.diff.current.end());
  Output out(file, inputs);
  out.Write(text);
  out.Commit();
}

// What later steps of a workflow of GitHub can ask for.
void AppendGithubOutputs(const DiffReport& report, const DiffOptions& diff) {
  const char* file = std::getenv("GITHUB_OUTPUT");
  const auto has_name = [](std::string_view name) {
    return [=](const ReportFile& r) { return r.format->name == name; };
  };
  if (file == nullptr || std::ranges::none_of(diff.reports, has_name("github")))
    return;
  const auto markdown = std::ranges::find_if(diff.reports, has_name("md"));
  std::ofstream out(file, std::ios::app | std::ios::binary);
  out << GithubOutputs(report,
                       markdown == diff.reports.end() ? "" : markdown->file);
  if (!out.flush()) throw Error("cannot write").In(file);
}

void WriteReports(const DiffReport& report, const Options& options) {
  constexpr const char* kStream = "-";
  bool is_stream_taken = false;
  AppendGithubOutputs(report, options.diff);
  for (const auto& [format, file] : options.diff.reports) {
    is_stream_taken |= file == kStream;
    Write(format->write(report), file, options);
  }
  if (is_stream_taken) return;
  const std::string output = options.output.empty() ? kStream : options.output;
  const DiffTextOptions text = {
      {TerminalWidth(output), UseColor(options.color, output)},
      options.diff.shows_all};
  Write(DiffText(report, text), output, options);
}

int StatusOf(Answer answer, const DiffOptions& options) {
  switch (answer) {
    case Answer::kNotWorse:
      return 0;
    case Answer::kWorse:
      return kRegression;
    case Answer::kCannotTell:
      if (options.is_bisecting) return kCannotTest;
      return options.fails_inconclusive ? kInconclusive : 0;
  }
  return 0;
}

// Trouble if the gate does not work.
int TestAndTell(const Options& options) {
  const SelfTest test = TestGate(LoadSides(options), options.diff.gate);
  std::string text;
  for (const std::string& line : test.lines) {
    text += "self-test: " + line + '\n';
  }
  text += test.works ? "the gate works: it finds these and nothing else\n"
                     : "the gate does not work as it should\n";
  Write(text, options.output.empty() ? "-" : options.output, options);
  return test.works ? 0 : kTroubled;
}

int CompareAndTell(const Options& options) {
  if (options.diff.tests_itself) return TestAndTell(options);
  const DiffReport report = Compare(LoadSides(options), options.diff.gate);
  WriteReports(report, options);
  return StatusOf(report.answer, options.diff);
}

}  // namespace

int RunDiff(const Options& options) {
  if (!options.diff.is_bisecting) return CompareAndTell(options);
  try {
    return CompareAndTell(options);
  } catch (const Error& error) {
    Tell(error.Line());
    return kCannotTest;
  }
}

}  // namespace prof2cg
