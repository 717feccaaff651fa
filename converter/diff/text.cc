#include "converter/diff/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/choose_findings.h"
#include "converter/diff/notes.h"
#include "converter/diff/words.h"
#include "converter/display/display_width.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

// What goes first when there is little room; see FigureColumn.
enum Rank : int { kFigures, kChange, kMeasure };

constexpr size_t kIndent = 2;        // of findings, below the name of a group
constexpr size_t kDetailIndent = 4;  // of what is told of each

TextStyle StyleOf(FindingGroup group) {
  switch (group) {
    case FindingGroup::kWorse:
      return TextStyle::kHot;
    case FindingGroup::kCannotTell:
      return TextStyle::kWarm;
    case FindingGroup::kLess:
    case FindingGroup::kOther:
      return TextStyle::kBold;
  }
  return TextStyle::kPlain;
}

TextStyle StyleOf(Answer answer) {
  return answer == Answer::kWorse        ? TextStyle::kHot
         : answer == Answer::kCannotTell ? TextStyle::kWarm
                                         : TextStyle::kBold;
}

bool IsUnit(std::string_view word) {
  constexpr std::array<std::string_view, 11> kUnits = {
      "%", "×", "ns", "µs", "ms", "s", "B", "KiB", "MiB", "GiB", "TiB"};
  word = word.substr(0, word.find_first_of(",;:.)"));
  return std::ranges::find(kUnits, word) != kUnits.end();
}

// Whether a line must not end between the two: within "1 000", "3.0 ×".
bool BelongTogether(std::string_view word, std::string_view next) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (word.empty() || next.empty() || !is_digit(word.back())) return false;
  return is_digit(next[0]) || IsUnit(next);
}

// Of a sentence, each of `width` columns at most if that is not 0. A name is
// one piece: no line can begin with a part of it.
std::vector<std::string> PiecesOf(std::string_view sentence, size_t width) {
  constexpr char kBlank = '\0';  // that no line ends at
  constexpr size_t kQuotes = 4;  // and what else touches a name
  std::string fitted;
  for (const auto& [text, is_name] : QuotedParts(sentence)) {
    std::string part(text);
    if (is_name) {
      if (width != 0) part = ShortenName(part, width);
      std::ranges::replace(part, ' ', kBlank);
      part = '`' + part + '`';
    }
    fitted += part;
  }
  std::vector<std::string> pieces;
  for (std::string& word : Words(fitted)) {
    std::ranges::replace(word, kBlank, ' ');
    if (!pieces.empty() && BelongTogether(pieces.back(), word)) {
      pieces.back() += ' ' + word;
    } else {
      pieces.push_back(width == 0 ? word : ShortenName(word, width + kQuotes));
    }
  }
  return pieces;
}

// In tables names need none.
std::string WithoutQuotes(std::string text) {
  std::erase(text, '`');
  return text;
}

// Columns of a difference and of what it is between.
class DifferenceColumns {
 public:
  void Add(const Event& event, int64_t base, int64_t current,
           std::string change, TextStyle style) {
    differences_.push_back(
        {DifferenceText(event, Difference(base, current)), ""});
    difference_.details.push_back({std::move(change), style});
    base_.push_back({FigureText(event, base), ""});
    current_.push_back({FigureText(event, current), ""});
    style_.push_back(style);
  }

  std::vector<FigureColumn> Columns() && {
    difference_.cells = Align(differences_);
    const std::vector<TextCell> base = Align(base_);
    const std::vector<TextCell> current = Align(current_);
    for (size_t row = 0; row < base.size(); ++row) {
      difference_.cells[row].style = style_[row];
      figures_.cells.push_back({base[row].text + " → " + current[row].text});
    }
    std::vector<FigureColumn> columns;
    columns.push_back(std::move(difference_));
    columns.push_back(std::move(figures_));
    return columns;
  }

 private:
  FigureColumn difference_{.title = "difference", .detail_rank = kChange};
  FigureColumn figures_{.title = "base → current", .rank = kFigures};
  std::vector<Figure> differences_;
  std::vector<Figure> base_;
  std::vector<Figure> current_;
  std::vector<TextStyle> style_;
};

class DiffWriter {
 public:
  DiffWriter(const DiffReport& report, const DiffTextOptions& options)
      : report_(report),
        options_(options.text),
        shows_all_(options.shows_all),
        chosen_(ChooseFindings(report, {.all = kListed,
                                        .less = kListedFalls,
                                        .shows_all = options.shows_all})) {
    if (options_.width != 0) {
      options_.width = std::max(options_.width, kNarrowest);
    }
  }

  std::string Write() {
    WriteSides();
    WriteTotals();
    WriteVerdict();
    WriteBudgets();
    WriteFindings();
    WritePairs();
    WriteNotes();
    return std::move(out_);
  }

 private:
  void WriteSides();
  void WriteTotals();
  void WriteVerdict();
  void WriteBudgets();
  void WriteFindings();
  void WriteDetails(const DiffFinding& finding);
  void WritePairs();
  void WriteNotes();
  void WriteLines(std::string_view text, TextStyle style, size_t indent,
                  size_t hanging);
  TextTable TableOfFindings() const;

  const DiffReport& report_;
  TextOptions options_;
  bool shows_all_;
  ChosenFindings chosen_;
  std::string out_;
};

// A sentence, wrapped; lines after the first are `hanging` further in. Each is
// styled on its own, for pagers.
void DiffWriter::WriteLines(std::string_view text, TextStyle style,
                            size_t indent, size_t hanging) {
  const size_t all = options_.width;
  const size_t room = all == 0 ? 0 : all - std::min(all / 2, indent);
  const size_t names = room == 0 ? 0 : room - std::min(room / 2, hanging + 4);
  std::string lines = Wrap(PiecesOf(text, names), room, hanging);
  for (size_t start = 0; start < lines.size();) {
    const size_t end = lines.find('\n', start);
    std::string_view line = std::string_view(lines).substr(start, end - start);
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    out_.append(indent, ' ');
    out_ += Styled(line, style, options_.has_colour);
    out_ += '\n';
    start = end + 1;
  }
}

void DiffWriter::WriteSides() {
  constexpr size_t kHanging = 9;  // "current  "
  const auto write = [&](std::string_view name, const DiffSide& side) {
    std::string text(name);
    text.append(kHanging - 1 - name.size(), ' ');
    WriteLines(text + ' ' + FilesText(side), TextStyle::kPlain, 0, kHanging);
  };
  write("base", report_.base);
  write("current", report_.current);
  out_ += '\n';
}

void DiffWriter::WriteTotals() {
  if (report_.totals.empty()) return;
  TextTable table;
  table.name_title = "in all";
  table.indent = kIndent;
  DifferenceColumns columns;
  for (const DiffTotal& total : ChooseTotals(report_, shows_all_)) {
    columns.Add(total.event, total.base, total.current,
                ChangeText(total.base, total.current), TextStyle::kPlain);
    table.names.push_back(
        {WithoutQuotes(EventName(total.event)), TextStyle::kBold});
    table.places.push_back(
        {total.is_judged ? "" : "not judged", TextStyle::kFaint});
  }
  table.columns = std::move(columns).Columns();
  out_ += table.Render(options_) + '\n';
}

void DiffWriter::WriteVerdict() {
  std::string text(AnswerName(report_.answer));
  if (!report_.why.empty()) text += ": " + report_.why;
  WriteLines(text, StyleOf(report_.answer), 0, 4);
}

void DiffWriter::WriteBudgets() {
  if (report_.budgets.empty()) return;
  out_ += '\n';
  WriteLines("budgets", TextStyle::kBold, 0, 0);
  for (const DiffBudget& budget : report_.budgets) {
    WriteLines(BudgetLine(budget),
               budget.is_broken() ? TextStyle::kHot : TextStyle::kFaint,
               kIndent, 2);
  }
}

TextTable DiffWriter::TableOfFindings() const {
  TextTable table;
  table.name_title = "function";
  table.indent = kIndent;
  DifferenceColumns columns;
  FigureColumn measure{.title = "of", .rank = kMeasure};
  for (const ChosenFindings::Group& group : chosen_.groups) {
    const bool stands_out = group.group == FindingGroup::kWorse ||
                            group.group == FindingGroup::kCannotTell;
    const TextStyle style =
        stands_out ? StyleOf(group.group) : TextStyle::kPlain;
    for (const DiffFinding* finding : group.shown) {
      columns.Add(finding->event, finding->base, finding->current,
                  ChangeOf(*finding), style);
      measure.cells.push_back({WithoutQuotes(MeasureName(*finding))});
      table.names.push_back(
          {WithoutQuotes(QuotedSubject(*finding)), TextStyle::kBold});
      table.places.push_back(
          {WithoutQuotes(QuotedPlace(*finding)), TextStyle::kFaint});
    }
  }
  table.columns = std::move(columns).Columns();
  table.columns.push_back(std::move(measure));
  return table;
}

// One table, so that columns are the same; names of groups and what is told of
// each finding stand between its rows.
void DiffWriter::WriteFindings() {
  if (chosen_.shown() != 0) {
    const std::string rows = TableOfFindings().Render(options_);
    const size_t first = rows.find('\n') + 1;
    size_t start = first;
    out_ += '\n' + rows.substr(0, first);
    for (const ChosenFindings::Group& group : chosen_.groups) {
      if (group.shown.empty()) continue;
      if (start != first) out_ += '\n';
      WriteLines(GroupName(group.group), StyleOf(group.group), 0, 0);
      for (const DiffFinding* finding : group.shown) {
        const size_t end = rows.find('\n', start) + 1;
        out_ += rows.substr(start, end - start);
        WriteDetails(*finding);
        if (finding != group.shown.back()) out_ += '\n';
        start = end;
      }
    }
  }
  const std::string left_out = chosen_.LeftOutText();
  if (left_out.empty()) return;
  out_ += '\n';
  WriteLines(left_out + "; --all shows everything", TextStyle::kFaint, 0, 4);
}

void DiffWriter::WriteDetails(const DiffFinding& finding) {
  const auto write = [&](const std::string& text, TextStyle style) {
    if (!text.empty()) WriteLines(text, style, kDetailIndent, 2);
  };
  if (finding.blame) {
    write(finding.blame->sentence, TextStyle::kPlain);
    std::string path = PathText(*finding.blame);
    if (!path.empty()) path.insert(0, "by way of ");
    write(path, TextStyle::kFaint);
  }
  if (GroupOf(finding) != FindingGroup::kLess) {
    write(finding.why, TextStyle::kFaint);
  }
  write(OthersText(finding), TextStyle::kFaint);
}

void DiffWriter::WritePairs() {
  constexpr size_t kMost = 10;
  if (report_.probable_pairs.empty()) return;
  const size_t all = report_.probable_pairs.size();
  const size_t shown = shows_all_ ? all : std::min(kMost, all);
  out_ += '\n';
  WriteLines("perhaps the same, but compared as gone and new", TextStyle::kBold,
             0, 0);
  for (size_t i = 0; i < shown; ++i) {
    WriteLines(PairText(report_.probable_pairs[i]), TextStyle::kPlain, kIndent,
               2);
  }
  if (shown == all) return;
  WriteLines("and " + GroupDigits(static_cast<int64_t>(all - shown)) +
                 " more; --all shows them",
             TextStyle::kFaint, kIndent, 2);
}

void DiffWriter::WriteNotes() {
  const std::vector<std::string> notes = NotesOf(report_);
  if (!notes.empty()) out_ += '\n';
  for (const std::string& note : notes) {
    WriteLines("note: " + note, TextStyle::kFaint, 0, 4);
  }
}

}  // namespace

std::string DiffText(const DiffReport& report, const DiffTextOptions& options) {
  return DiffWriter(report, options).Write();
}

}  // namespace prof2cg
