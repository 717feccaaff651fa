#include <string>
#include <string_view>

#include "converter/diff/report_formats.h"
#include "converter/flag_groups.h"
#include "converter/flag_values.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

void StartSide(Options& options, std::string_view file,
               std::vector<std::string> DiffOptions::*side) {
  options.diff_side = side;
  (options.diff.*side).emplace_back(file);
}

const ReportFormat* ReportFormatNamed(std::string_view name) {
  const ReportFormat* format = FindReportFormat(name);
  if (format != nullptr) return format;
  std::string known;
  for (const ReportFormat& f : ReportFormats()) {
    known += " " + std::string(f.name);
  }
  throw Error("--report " + std::string(name) + ": there are:" + known);
}

// "json=FILE", or "json" for standard output.
void AddReport(Options& options, std::string_view report) {
  const size_t equals = std::min(report.find('='), report.size());
  const std::string file(report.substr(std::min(equals + 1, report.size())));
  options.diff.reports.push_back(
      {ReportFormatNamed(report.substr(0, equals)), file.empty() ? "-" : file});
}

}  // namespace

FlagGroup Sides() {
  return {
      "prof2cg diff: what is compared",
      {{0, "base", "FILE", "old profile, and all files that follow it",
        [](Options& o, std::string_view a) {
          StartSide(o, a, &DiffOptions::base);
        }},
       {0, "new", "FILE", "new profile, and all files that follow it",
        [](Options& o, std::string_view a) {
          StartSide(o, a, &DiffOptions::current);
        }},
       {0, "path-map", "s/FROM/TO/",
        "rename files by a regular expression; may be repeated", AddPathRule},
       {'f', "format", "FORMAT", "of all files; default: found by content",
        [](Options& o, std::string_view a) {
          o.load.reader = ReaderNamed(a);
        }}},
      {Command::kDiff}};
}

FlagGroup Gates() {
  return {
      "prof2cg diff: what counts as worse",
      {{0, "config", "FILE",
        "what follows, and budgets; default: prof2cg.toml, if there is one",
        [](Options& o, std::string_view a) { o.diff.config = a; },
        Times::kOnce},
       {0, "gate", "LIST",
        "judge these events; default: all that do not scatter, as calls do",
        [](Options& o, std::string_view a) {
          o.diff.settings.events = SplitList(a);
        }},
       {0, "threshold", "[EVENT:]SIZE",
        "more than SIZE, 5% or +100 or ns:+2ms; of both, both",
        [](Options& o, std::string_view a) {
          o.diff.settings.thresholds.emplace_back(a);
        }},
       {0, "min-share", "PERCENT",
        "nothing below this share of an event; default: 0.1",
        [](Options& o, std::string_view a) {
          o.diff.settings.least_share = ToShare("--min-share", a);
        }},
       {0, "alpha", "PART",
        "of what is told of time, so much may be chance; default: 0.05",
        [](Options& o, std::string_view a) {
          o.diff.settings.alpha = ToPositive("--alpha", a, "a part of 1");
        }},
       {0, "paired", nullptr, "the nth of each side ran side by side",
        [](Options& o, std::string_view) { o.diff.settings.is_paired = true; }},
       {0, "max-unmatched", "PERCENT",
        "of cost without counterpart; more: cannot tell; default: 50",
        [](Options& o, std::string_view a) {
          o.diff.settings.most_unmatched = ToShare("--max-unmatched", a);
        }},
       {0, "self-test", nullptr,
        "plant what should be found, and show that it is",
        [](Options& o, std::string_view) { o.diff.tests_itself = true; }},
       {0, "fail-inconclusive", nullptr, "status 3 where it cannot be told",
        [](Options& o, std::string_view) { o.diff.fails_inconclusive = true; }},
       {0, "bisect", nullptr, "status 125 for that, and for any trouble",
        [](Options& o, std::string_view) { o.diff.is_bisecting = true; }}},
      {Command::kDiff}};
}

FlagGroup Reports() {
  return {
      "prof2cg diff: how it is told",
      {{0, "all", nullptr, "all that differs, not only what counts",
        [](Options& o, std::string_view) { o.diff.shows_all = true; }},
       {0, "report", "FORMAT[=FILE]",
        "as json, md, junit, sarif or github, too; may be repeated", AddReport},
       {'o', "outfile", "FILE",
        "write the text to FILE; or a picture, as x.svg, beside the text",
        SetOutput, Times::kOnce},
       {'t', "to", "FORMAT", "of the picture; default: by -o's extension",
        [](Options& o, std::string_view a) { o.writer = WriterNamed(a); }},
       {0, "event", "NAME",
        "what the picture is coloured by; default: the first that is judged",
        SetEvent},
       {0, "color", "WHEN", "auto (default), always or never", SetColor}},
      {Command::kDiff}};
}

}  // namespace prof2cg
