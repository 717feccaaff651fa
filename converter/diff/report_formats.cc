#include "converter/diff/report_formats.h"

#include <algorithm>
#include <filesystem>

#include "converter/diff/github.h"
#include "converter/diff/json.h"
#include "converter/diff/junit.h"
#include "converter/diff/markdown.h"
#include "converter/diff/sarif.h"

namespace prof2cg {
namespace {

// Files are told from here: in CI, from the top of the repository.
std::string Root() { return std::filesystem::current_path().string(); }

constexpr ReportFormat kFormats[] = {
    {"json", "all figures, exact",
     [](const DiffReport& report) { return DiffJson(report); }},
    {"md", "Markdown, for GitHub's step summary",
     [](const DiffReport& report) { return DiffMarkdown(report, {}); }},
    {"comment", "the same, short enough for a comment",
     [](const DiffReport& report) {
       return DiffMarkdown(report, {.limit = kCommentLimit});
     }},
    {"junit", "XML, as CI servers read test results",
     [](const DiffReport& report) { return DiffJunit(report); }},
    {"sarif", "for code scanning, at the lines of causes",
     [](const DiffReport& report) { return DiffSarif(report, Root()); }},
    {"github", "annotations, as commands of GitHub's runner",
     [](const DiffReport& report) { return DiffAnnotations(report, Root()); }},
};

}  // namespace

std::span<const ReportFormat> ReportFormats() { return kFormats; }

const ReportFormat* FindReportFormat(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &ReportFormat::name);
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace prof2cg
