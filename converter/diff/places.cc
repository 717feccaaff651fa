#include "converter/diff/places.h"

#include <algorithm>
#include <ranges>

#include "graph/function_table.h"

namespace prof2cg {
namespace {

// Python calls what is no file "<frozen importlib>", "<string>" and so on.
bool IsFile(std::string_view name) {
  return !name.empty() && name != kBuiltInFile && name[0] != '<';
}

std::optional<SourcePlace> LineOf(const DiffFunction& function, uint32_t line) {
  if (function.side == DiffFunction::Side::kBase || line == 0 ||
      !IsFile(function.file)) {
    return std::nullopt;
  }
  return SourcePlace{function.file, line};
}

std::optional<SourcePlace> LineOf(const DiffFunction& function) {
  return LineOf(function, function.line);
}

std::optional<SourcePlace> NewSiteOf(const std::optional<DiffCall>& call) {
  if (!call || call->new_lines.empty()) return std::nullopt;
  return LineOf(call->caller, call->new_lines[0]);
}

std::optional<SourcePlace> WholePlaceOf(const DiffFinding& finding) {
  if (finding.blame) {
    const DiffBlame& blame = *finding.blame;
    if (const auto site = NewSiteOf(blame.call)) return site;
    if (const auto place = LineOf(blame.function)) return place;
    if (blame.call) {
      if (const auto place = LineOf(blame.call->caller)) return place;
    }
  }
  if (const auto site = NewSiteOf(finding.call)) return site;
  if (const auto place = LineOf(finding.function)) return place;
  if (finding.call) {
    if (const auto place = LineOf(finding.call->caller)) return place;
  }
  if (!finding.blame) return std::nullopt;
  for (const DiffStep& step : std::views::reverse(finding.blame->steps)) {
    if (const auto place = LineOf(step.function)) return place;
  }
  return std::nullopt;
}

void LeaveOut(std::string_view root, std::string& file) {
  if (root.ends_with('/')) root.remove_suffix(1);
  const bool is_within = !root.empty() && file.starts_with(root) &&
                         file.size() > root.size() + 1 &&
                         file[root.size()] == '/';
  if (is_within) file.erase(0, root.size() + 1);
}

}  // namespace

std::optional<SourcePlace> PlaceOf(const DiffFinding& finding,
                                   std::string_view root) {
  std::optional<SourcePlace> place = WholePlaceOf(finding);
  if (place) LeaveOut(root, place->file);
  return place;
}

SourcePlace PlaceOf(const DiffReport& report, const DiffBudget& budget,
                    std::string_view root) {
  SourcePlace place{report.config, std::max(budget.line, 1u)};
  LeaveOut(root, place.file);
  return place;
}

}  // namespace prof2cg
