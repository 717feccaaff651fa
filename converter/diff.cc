#include "converter/diff.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/check_budgets.h"
#include "converter/diff/compare_sides.h"
#include "converter/diff/config.h"
#include "converter/diff/draw_difference.h"
#include "converter/diff/fold_unlisted.h"
#include "converter/diff/github.h"
#include "converter/diff/make_report.h"
#include "converter/diff/report_formats.h"
#include "converter/diff/self_test.h"
#include "converter/diff/sides.h"
#include "converter/diff/text.h"
#include "converter/io/output.h"
#include "converter/message.h"
#include "converter/status.h"
#include "converter/terminal.h"
#include "graph/compare/joined_profile.h"
#include "graph/compare/judge.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

Sides LoadSides(const Options& options) {
  const DiffOptions& diff = options.diff;
  return LoadSides(diff.base, diff.current, options.path_rules, options.load);
}

// All that is known of two sides.
struct Comparison {
  Sides sides;
  JoinedGraph graph;
  Judgement judgement;
  DiffReport report;
};

// Budgets are held to what is known of each function, whatever a snapshot on
// the other side lists.
Comparison CompareFolded(const Sides& sides, FoldedSides folded,
                         const DiffOptions& diff) {
  auto [graph, repeats] = CompareSides(folded.sides.base, folded.sides.current);
  Judgement judgement = Judge(graph, repeats, diff.gate);
  DiffReport report = MakeDiffReport(folded.sides, graph, judgement, diff.gate);
  folded.Tell(report);
  const ComparedSides whole = CompareSides(sides.base, sides.current);
  CheckBudgets(diff, sides, whole.graph, whole.repeats, report);
  return {std::move(folded.sides), std::move(graph), std::move(judgement),
          std::move(report)};
}

Comparison Compare(const Options& options) {
  const DiffOptions& diff = options.diff;
  Sides sides = LoadSides(options);
  if (std::optional<FoldedSides> folded = FoldUnlisted(sides, diff.gate)) {
    return CompareFolded(sides, *std::move(folded), diff);
  }
  auto [graph, repeats] = CompareSides(sides.base, sides.current);
  Judgement judgement = Judge(graph, repeats, diff.gate);
  DiffReport report = MakeDiffReport(sides, graph, judgement, diff.gate);
  CheckBudgets(diff, sides, graph, repeats, report);
  return {std::move(sides), std::move(graph), std::move(judgement),
          std::move(report)};
}

std::vector<std::string> InputsOf(const DiffOptions& diff) {
  std::vector<std::string> inputs = diff.base;
  inputs.insert(inputs.end(), diff.current.begin(), diff.current.end());
  return inputs;
}

void Write(const std::string& text, const std::string& file,
           const Options& options) {
  Output out(file, InputsOf(options.diff));
  out.Write(text);
  out.Commit();
}

// The first event that is judged and that calls cost, or the first of all.
std::string EventToDraw(const Comparison& comparison) {
  for (const std::string& event : comparison.judgement.events) {
    if (comparison.graph.events.Find(event)) return event;
  }
  return "";
}

void WritePicture(const Comparison& comparison, const Options& options) {
  const auto& [sides, graph, judgement, report] = comparison;
  if (graph.events.size() == 0) {
    throw Error("a snapshot of calls alone has no costs to draw");
  }
  const Writer& writer = *options.writer;
  PictureOptions picture = options.picture;
  picture.event =
      options.event.empty() ? EventToDraw(comparison) : options.event;
  if (!picture.most_nodes) picture.most_nodes = writer.most_nodes;
  const Profile joined =
      JoinedProfile(graph, sides.base.sum, sides.current.sum);
  Output out(options.output, InputsOf(options.diff));
  const Picture drawn = DrawDifference(
      graph, joined, report, std::move(picture), writer.shows_all_events);
  writer.draw(drawn, out);
  out.Commit();
  if (!drawn.cut.empty()) Warn(options.output + ": " + drawn.cut);
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
  const bool is_for_text = !options.output.empty() && options.writer == nullptr;
  const std::string output = is_for_text ? options.output : kStream;
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
  return test.works ? 0 : kTrouble;
}

int CompareAndTell(Options options) {
  ReadConfig(options.diff);
  if (options.diff.tests_itself) return TestAndTell(options);
  const Comparison comparison = Compare(options);
  if (options.writer != nullptr) WritePicture(comparison, options);
  WriteReports(comparison.report, options);
  return StatusOf(comparison.report.answer, options.diff);
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
