#include "converter/diff/markdown.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/choose_findings.h"
#include "converter/diff/markdown_text.h"
#include "converter/diff/notes.h"
#include "converter/diff/words.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

// Findings in the table, if not all are asked for.
constexpr size_t kRows = 100;
constexpr size_t kFalls = 20;

// Kept free for the ends of what is open and for the count of what is left out.
constexpr size_t kReserve = 1024;

std::string Row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += ' ' + cell + " |";
  return row + '\n';
}

std::string ArrowText(const Event& event, int64_t base, int64_t current) {
  return FigureText(event, base) + " → " + FigureText(event, current);
}

class MarkdownWriter {
 public:
  MarkdownWriter(const DiffReport& report, const MarkdownOptions& options)
      : report_(report),
        limit_(options.limit - std::min(options.limit, kReserve)),
        chosen_(ChooseFindings(
            report,
            {.all = kRows, .less = kFalls, .shows_all = options.shows_all})),
        totals_(ChooseTotals(report, options.shows_all)) {
    for (const ChosenFindings::Group& group : chosen_.groups) {
      findings_.insert(findings_.end(), group.shown.begin(), group.shown.end());
    }
  }

  std::string Write(size_t whole_limit) {
    WriteHead();
    WriteTotals();
    WriteBudgets();
    WriteFindings();
    WriteLeftOut();
    WriteExplanations();
    WriteList("Perhaps the same, but compared as gone and new",
              report_.probable_pairs, PairText);
    WriteList("Notes", NotesOf(report_),
              [](const std::string& n) { return n; });
    if (left_out_ != 0) {
      out_ += "\n" + Counted{left_out_, "line was", "lines were"}.Text() +
              " left out: the report may have " +
              GroupDigits(static_cast<int64_t>(whole_limit)) + " bytes.\n";
    }
    return std::move(out_);
  }

 private:
  void WriteHead();
  void WriteTotals();
  void WriteBudgets();
  void WriteFindings();
  void WriteLeftOut();
  void WriteExplanations();
  template <class Items, class Text>
  void WriteList(std::string_view title, const Items& items, Text text_of);

  // Appends a line if there is room for it, else counts it.
  void Add(std::string_view line, size_t limit) {
    if (out_.size() + line.size() <= limit) {
      out_ += line;
    } else {
      ++left_out_;
    }
  }

  const DiffReport& report_;
  size_t limit_;
  ChosenFindings chosen_;
  std::vector<DiffTotal> totals_;
  std::vector<const DiffFinding*> findings_;
  int64_t left_out_ = 0;
  std::string out_;
};

void MarkdownWriter::WriteHead() {
  out_ +=
      "### prof2cg diff: " + std::string(AnswerName(report_.answer)) + "\n\n";
  if (!report_.why.empty()) out_ += MarkdownSentence(report_.why) + "\n\n";
  out_ += "base: " + MarkdownSentence(FilesText(report_.base)) + "<br>\n";
  out_ += "current: " + MarkdownSentence(FilesText(report_.current)) + "\n\n";
}

void MarkdownWriter::WriteTotals() {
  if (totals_.empty()) return;
  out_ +=
      "| in all | base → current | difference | | |\n"
      "|---|---:|---:|---:|---|\n";
  for (const DiffTotal& total : totals_) {
    Add(Row({MarkdownSentence(EventName(total.event)),
             ArrowText(total.event, total.base, total.current),
             DifferenceText(total.event, Difference(total.base, total.current)),
             ChangeText(total.base, total.current),
             total.is_judged ? "" : "not judged"}),
        limit_ / 4);
  }
}

void MarkdownWriter::WriteBudgets() {
  if (report_.budgets.empty()) return;
  out_ += "\n**Budgets**\n\n";
  for (const DiffBudget& budget : report_.budgets) {
    Add("- " + MarkdownSentence(BudgetLine(budget)) + '\n', limit_ / 2);
  }
}

void MarkdownWriter::WriteFindings() {
  if (findings_.empty()) return;
  out_ +=
      "\n| | difference | | base → current | of | function | place |\n"
      "|---|---:|---:|---:|---|---|---|\n";
  for (const DiffFinding* finding : findings_) {
    Add(Row({std::string(GroupName(GroupOf(*finding))),
             DifferenceText(finding->event, DifferenceOf(*finding)),
             ChangeOf(*finding),
             ArrowText(finding->event, finding->base, finding->current),
             MarkdownSentence(MeasureName(*finding)),
             MarkdownSentence(QuotedSubject(*finding)),
             MarkdownSentence(QuotedPlace(*finding))}),
        limit_ / 2);
  }
}

void MarkdownWriter::WriteLeftOut() {
  const std::string text = chosen_.LeftOutText();
  if (!text.empty()) out_ += "\n" + text + ".\n";
}

void MarkdownWriter::WriteExplanations() {
  if (findings_.empty()) return;
  out_ += "\n<details><summary>Why</summary>\n\n";
  for (const DiffFinding* finding : findings_) {
    std::string item = "- **" + MarkdownSentence(SubjectText(*finding)) + "**";
    const auto add = [&](const std::string& sentence) {
      if (!sentence.empty()) item += "<br>\n  " + MarkdownSentence(sentence);
    };
    if (finding->blame) {
      add(finding->blame->sentence);
      const std::string path = PathText(*finding->blame);
      if (!path.empty()) add("By way of " + path);
    }
    add(finding->why);
    add(OthersText(*finding));
    Add(item + '\n', limit_ * 7 / 8);
  }
  out_ += "\n</details>\n";
}

template <class Items, class Text>
void MarkdownWriter::WriteList(std::string_view title, const Items& items,
                               Text text_of) {
  if (items.empty()) return;
  out_ += "\n<details><summary>" + std::string(title) + "</summary>\n\n";
  for (const auto& item : items) {
    Add("- " + MarkdownSentence(text_of(item)) + '\n', limit_);
  }
  out_ += "\n</details>\n";
}

}  // namespace

std::string DiffMarkdown(const DiffReport& report,
                         const MarkdownOptions& options) {
  return MarkdownWriter(report, options).Write(options.limit);
}

}  // namespace prof2cg
