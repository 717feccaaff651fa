#include "converter/diff/github.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "converter/diff/places.h"
#include "converter/diff/words.h"
#include "converter/display/text_cells.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

constexpr int64_t kRoom = kAnnotations;

std::string Escaped(std::string_view text, std::string_view characters) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : Printable(text)) {
    if (characters.find(c) == characters.npos) {
      out += c;
    } else {
      out += {'%', kHex[static_cast<uint8_t>(c) >> 4],
              kHex[static_cast<uint8_t>(c) & 15]};
    }
  }
  return out;
}

std::string EscapedMessage(std::string_view text) {
  return Escaped(text, "%\r\n");
}

std::string EscapedProperty(std::string_view text) {
  return Escaped(text, "%\r\n:,");
}

std::string TitleOf(const DiffFinding& finding) {
  const std::string change = ChangeOf(finding);
  return SubjectText(finding) + (change.empty() ? "" : ": " + change);
}

std::string CommandOf(std::string_view kind, const DiffFinding& finding,
                      std::string_view root) {
  std::string line = "::" + std::string(kind) + ' ';
  if (const auto place = PlaceOf(finding, root)) {
    line += "file=" + EscapedProperty(place->file) +
            ",line=" + std::to_string(place->line) + ',';
  }
  line += "title=" + EscapedProperty(TitleOf(finding)) + "::";
  if (finding.blame) line += EscapedMessage(finding.blame->sentence) + "%0A";
  return line + EscapedMessage(finding.why) + '\n';
}

// Appends budgets that are broken, as far as there is room; how many there are.
int64_t AddBudgets(const DiffReport& report, std::string& out) {
  int64_t count = 0;
  for (const DiffBudget& budget : report.budgets) {
    if (budget.is_kept || ++count > kRoom) continue;
    out += "::error title=" + EscapedProperty(Quoted(budget.text)) +
           "::" + EscapedMessage(budget.sentence) + '\n';
  }
  return count;
}

// Appends those of `answer` behind `count` others; how many there was no room
// for.
int64_t AddCommands(const DiffReport& report, Answer answer,
                    std::string_view kind, std::string_view root, int64_t count,
                    std::string& out) {
  for (const DiffFinding& finding : report.findings) {
    if (finding.answer != answer) continue;
    if (count < kRoom) {
      out += CommandOf(kind, finding, root);
    }
    ++count;
  }
  return std::max<int64_t>(count - kRoom, 0);
}

}  // namespace

std::string DiffAnnotations(const DiffReport& report, std::string_view root) {
  std::string out;
  const int64_t broken = AddBudgets(report, out);
  const int64_t worse =
      AddCommands(report, Answer::kWorse, "error", root, broken, out);
  const int64_t unknown =
      AddCommands(report, Answer::kCannotTell, "warning", root, 0, out);
  std::string rest;
  if (worse > 0) {
    rest = Counted{worse, "more finding is", "more findings are"}.Text() +
           " worse";
  }
  if (unknown > 0) {
    if (!rest.empty()) rest += ", ";
    rest += GroupDigits(unknown) + " more cannot be told";
  }
  if (!rest.empty()) out += "::notice title=prof2cg diff::" + rest + '\n';
  return out;
}

std::string GithubOutputs(const DiffReport& report, std::string_view path) {
  const auto worst =
      std::ranges::find(report.findings, Answer::kWorse, &DiffFinding::answer);
  std::string out = "verdict=" + std::string(AnswerKey(report.answer)) + '\n';
  out += "worst=";
  if (worst != report.findings.end()) out += TitleOf(*worst);
  return out + "\nreport=" + Printable(path) + '\n';
}

}  // namespace prof2cg
