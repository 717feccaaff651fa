#include "converter/diff/notes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "converter/diff/words.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

std::string MoreText(size_t count) {
  return " and " + GroupDigits(static_cast<int64_t>(count)) + " more";
}

// "a", "a, b and 3 more"
template <class List, class Text>
std::string Listed(const List& list, size_t most, Text text_of) {
  std::string text;
  const size_t shown = std::min(list.size(), most);
  for (size_t i = 0; i < shown; ++i) {
    if (i != 0) text += ", ";
    text += text_of(list[i]);
  }
  return shown == list.size() ? text : text + MoreText(list.size() - shown);
}

std::string PlacedName(const DiffFunction& function) {
  const std::string place = QuotedPlace(function, function.line);
  return QuotedName(function) + (place.empty() ? "" : " (" + place + ')');
}

std::string CommonFactorText(const DiffTotal& total) {
  if (!(total.common_factor > 0)) return "";
  const std::string compared = ComparedText(total.common_factor, "much");
  if (compared == "as much as before") return "";
  return EventName(total.event) + ": all functions alike cost " + compared +
         "; whether the machine or the program is the cause cannot be told";
}

// Of what is judged, where it is much.
std::string UnmatchedCostText(const DiffTotal& total) {
  constexpr double kMuch = .01;
  std::string parts;
  const auto add = [&](double part, std::string_view side) {
    if (!total.is_judged || !(part >= kMuch)) return;
    if (!parts.empty()) parts += " and ";
    parts += PartText(part) + " of " + std::string(side);
  };
  add(total.base_unmatched, "base");
  add(total.current_unmatched, "current");
  if (parts.empty()) return "";
  const bool is_one = parts.find(" and ") == parts.npos;
  return EventName(total.event) + ": " + parts + (is_one ? " is" : " are") +
         " in functions without a counterpart";
}

std::string UnmatchedText(const DiffSide& side, std::string_view name) {
  if (side.unmatched_functions == 0) return "";
  return GroupDigits(side.unmatched_functions) + " of " +
         Counted{side.functions, "function", "functions"}.Text() + " of " +
         std::string(name) +
         (side.unmatched_functions == 1 ? " has" : " have") + " no counterpart";
}

// "base does not list functions with less than 0.1 % …"
std::string FoldedText(const DiffSide& snapshot, std::string_view its_name,
                       const DiffSide& other, std::string_view other_name) {
  if (!(snapshot.least_told > 0)) return "";
  const std::string count =
      Counted{other.folded_functions, "function", "functions"}.Text();
  return std::string(its_name) + " does not list functions with less than " +
         LimitText(snapshot.least_told) + " of everything; " + count + " of " +
         std::string(other_name) +
         " that may be such are compared with these as one, `<others>`";
}

std::string PrefixText(const std::string& prefix, std::string_view name) {
  if (prefix.empty()) return "";
  return "files of " + std::string(name) + " are without " + Quoted(prefix);
}

}  // namespace

std::string FilesText(const DiffSide& side) {
  constexpr size_t kMost = 3;
  return Listed(side.files, kMost, Quoted);
}

std::string PathText(const DiffBlame& blame) {
  constexpr size_t kAtEachEnd = 4;
  if (blame.steps.size() < 2) return "";
  const size_t steps = blame.steps.size();
  std::string text;
  for (size_t i = 0; i < steps; ++i) {
    if (i != 0) text += " → ";
    const bool is_cut = steps > 2 * kAtEachEnd + 1 && i == kAtEachEnd;
    if (is_cut) {
      const size_t left_out = steps - 2 * kAtEachEnd;
      text += "(" + GroupDigits(static_cast<int64_t>(left_out)) + " more)";
      i += left_out - 1;
    } else {
      text += QuotedName(blame.steps[i].function);
    }
  }
  return text;
}

std::string OthersText(const DiffFinding& finding) {
  constexpr size_t kMost = 3;
  if (finding.others.empty()) return "";
  std::vector<const DiffFinding*> named;
  for (const DiffFinding& other : finding.others) {
    if (other.kind != Subject::Kind::kPath) named.push_back(&other);
  }
  std::string text = "and " + GroupDigits(std::ssize(finding.others));
  text += finding.blame ? " more by the same cause" : " more with it";
  const int64_t paths = std::ssize(finding.others) - std::ssize(named);
  if (named.empty()) return text + ", all of paths";
  if (paths != 0) text += ", " + GroupDigits(paths) + " of paths";
  return text + ": " + Listed(named, kMost, [](const DiffFinding* other) {
           return SubjectText(*other);
         });
}

std::string BudgetLine(const DiffBudget& budget) {
  constexpr std::string_view kWords[] = {"kept", "cannot tell", "broken"};
  return std::string(kWords[static_cast<size_t>(budget.answer)]) + ": " +
         Quoted(budget.text) + "; " + budget.sentence;
}

std::string PairText(const DiffPair& pair) {
  const bool is_moved = pair.change == ProbablePair::Change::kMoved;
  return PlacedName(pair.base) + " → " + PlacedName(pair.current) +
         (is_moved ? ", moved" : ", renamed");
}

std::vector<std::string> NotesOf(const DiffReport& report) {
  std::vector<std::string> notes;
  const auto add = [&](std::string note) {
    if (!note.empty()) notes.push_back(std::move(note));
  };
  for (const DiffTotal& total : report.totals) {
    add(CommonFactorText(total));
    add(UnmatchedCostText(total));
  }
  add(FoldedText(report.base, "base", report.current, "current"));
  add(FoldedText(report.current, "current", report.base, "base"));
  add(UnmatchedText(report.base, "base"));
  add(UnmatchedText(report.current, "current"));
  add(PrefixText(report.base_prefix, "base"));
  add(PrefixText(report.current_prefix, "current"));
  if (!report.config.empty()) {
    add("settings and budgets are those of " + Quoted(report.config));
  }
  for (const Oddity& oddity : report.oddities) add(Unquoted(oddity.Text()));
  if (report.equal != 0 && !report.findings.empty()) {
    add(Counted{report.equal, "figure is", "figures are"}.Text() + " the same");
  }
  return notes;
}

}  // namespace prof2cg
