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

// "::error file=…,line=…,title=…::", before its message.
std::string HeadOf(std::string_view kind,
                   const std::optional<SourcePlace>& place,
                   std::string_view title) {
  std::string head = "::" + std::string(kind) + ' ';
  if (place) {
    head += "file=" + EscapedProperty(place->file) +
            ",line=" + std::to_string(place->line) + ',';
  }
  return head + "title=" + EscapedProperty(title) + "::";
}

std::string CommandOf(std::string_view kind, const DiffFinding& finding,
                      std::string_view root) {
  std::string line = HeadOf(kind, PlaceOf(finding, root), TitleOf(finding));
  if (finding.blame) line += EscapedMessage(finding.blame->sentence) + "%0A";
  return line + EscapedMessage(finding.why) + '\n';
}

// Appends what has that answer, budgets before findings; how many there was no
// room for.
int64_t AddCommands(const DiffReport& report, Answer answer,
                    std::string_view kind, std::string_view root,
                    std::string& out) {
  int64_t count = 0;
  for (const DiffBudget& budget : report.budgets) {
    if (budget.answer != answer || ++count > kRoom) continue;
    out += HeadOf(kind, PlaceOf(report, budget, root), Quoted(budget.text)) +
           EscapedMessage(budget.sentence) + '\n';
  }
  for (const DiffFinding& finding : report.findings) {
    if (finding.answer != answer || ++count > kRoom) continue;
    out += CommandOf(kind, finding, root);
  }
  return std::max<int64_t>(count - kRoom, 0);
}

// The first finding that is worse, else the first budget that is broken.
std::string WorstOf(const DiffReport& report) {
  const auto finding =
      std::ranges::find(report.findings, Answer::kWorse, &DiffFinding::answer);
  if (finding != report.findings.end()) return TitleOf(*finding);
  const auto budget =
      std::ranges::find_if(report.budgets, &DiffBudget::is_broken);
  return budget == report.budgets.end() ? "" : budget->sentence;
}

}  // namespace

std::string DiffAnnotations(const DiffReport& report, std::string_view root) {
  std::string out;
  const int64_t worse = AddCommands(report, Answer::kWorse, "error", root, out);
  const int64_t unknown =
      AddCommands(report, Answer::kCannotTell, "warning", root, out);
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
  return "verdict=" + std::string(AnswerKey(report.answer)) +
         "\nworst=" + WorstOf(report) + "\nreport=" + Printable(path) + '\n';
}

}  // namespace prof2cg
