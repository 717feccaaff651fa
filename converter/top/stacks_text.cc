#include "converter/top/stacks_text.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "converter/display/display_width.h"
#include "converter/display/figures.h"
#include "converter/io/utf8.h"
#include "converter/top/report.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

// "9.77 KiB held at the end", "12 samples", "20.996 ms"
std::string WholeCost(int64_t cost, const Event& event) {
  const std::string text =
      event.unit == Unit::kCount
          ? GroupDigits(cost)
          : ScaleCost(static_cast<double>(cost), event.unit, 5).Text();
  switch (event.kind) {
    case Kind::kLive:
      return text + " held at the end";
    case Kind::kPeak:
      return text + " held at the peak";
    case Kind::kFlow:
      break;
  }
  const bool is_time = event.unit == Unit::kNanoseconds;
  return is_time ? text : text + ' ' + Printable(event.name);
}

class StacksWriter {
 public:
  StacksWriter(const StackReport& report, const TextOptions& options)
      : report_(report), options_(options) {
    if (options_.width != 0) {
      options_.width = std::max(options_.width, kNarrowest);
    }
  }

  std::string Write() {
    WriteTotals();
    Arrange();
    WriteTable();
    WriteRest();
    return std::move(out_);
  }

 private:
  // How a row stands below those before it.
  struct Place {
    size_t indent = 0;
    bool has_figures = true;
  };

  void WriteTotals();
  void Arrange();
  void WriteTable();
  void WriteRest();
  FigureColumn CostColumn() const;
  FigureColumn BlocksColumn() const;
  void AddNames(TextTable& table) const;

  const StackReport& report_;
  TextOptions options_;
  std::vector<Place> places_;  // a row each
  std::string out_;
};

void StacksWriter::WriteTotals() {
  std::string text = WholeCost(report_.cost, report_.event);
  if (report_.blocks) {
    text += " in " + Counted{report_.block_count, "block", "blocks"}.Text();
  }
  out_ += Wrap(Words(text), options_.width);
  for (const Oddity& oddity : report_.oddities) {
    AppendFaint("note: " + Printable(oddity.Text()), options_, out_);
  }
  out_ += '\n';
}

// An only caller that has all of the cost goes on below its callee; others are
// a step further in.
void StacksWriter::Arrange() {
  std::vector<size_t> path;  // the row of each depth, as far as now
  for (size_t row = 0; row < report_.rows.size(); ++row) {
    const StackRow& now = report_.rows[row];
    path.resize(now.depth + 1);
    path[now.depth] = row;
    if (now.depth == 0) {
      places_.push_back({});
      continue;
    }
    const size_t callee = path[now.depth - 1];
    const StackRow& above = report_.rows[callee];
    const bool goes_on = now.cost == above.cost && now.blocks == above.blocks;
    const bool is_first_caller = now.depth == 1;
    const size_t step = !goes_on || is_first_caller ? 2 : 0;
    places_.push_back({places_[callee].indent + step, !goes_on});
  }
}

FigureColumn StacksWriter::CostColumn() const {
  FigureColumn column{.title = report_.event.kind == Kind::kFlow
                                   ? Printable(report_.event.name)
                                   : "held"};
  std::vector<Figure> figures;
  for (size_t row = 0; row < places_.size(); ++row) {
    const bool is_shown = places_[row].has_figures;
    const int64_t cost = report_.rows[row].cost;
    const auto share = is_shown ? ShareOf(cost, report_.cost) : std::nullopt;
    figures.push_back(
        is_shown ? ScaleCost(static_cast<double>(cost), report_.event.unit)
                 : Figure());
    column.details.push_back({ShareText(share), StyleOfShare(share)});
  }
  column.cells = Align(figures);
  return column;
}

FigureColumn StacksWriter::BlocksColumn() const {
  FigureColumn column{.title = "blocks", .rank = 0};
  for (size_t row = 0; row < places_.size(); ++row) {
    column.cells.push_back({places_[row].has_figures
                                ? GroupDigits(report_.rows[row].blocks)
                                : ""});
  }
  return column;
}

void StacksWriter::AddNames(TextTable& table) const {
  for (size_t row = 0; row < places_.size(); ++row) {
    const StackRow& now = report_.rows[row];
    table.names.push_back(
        {std::string(places_[row].indent, ' ') + ShownName(now.plain_name) +
             (now.has_cut ? " …" : ""),
         now.depth == 0 ? TextStyle::kBold : TextStyle::kPlain});
    table.places.push_back(
        {ShownPlace(now.file, now.object, now.line), TextStyle::kFaint});
  }
}

void StacksWriter::WriteTable() {
  if (report_.rows.empty()) return;
  TextTable table;
  table.name_title = "by function and callers";
  table.columns.push_back(CostColumn());
  if (report_.blocks) table.columns.push_back(BlocksColumn());
  AddNames(table);
  out_ += table.Render(options_) + '\n';
}

void StacksWriter::WriteRest() {
  const auto number = [](size_t count) {
    return GroupDigits(static_cast<int64_t>(count));
  };
  AppendFaint(number(report_.shown) + " of " + number(report_.functions) +
                  (report_.functions == 1 ? " function" : " functions"),
              options_, out_);
}

}  // namespace

std::string StacksText(const StackReport& report, const TextOptions& options) {
  return StacksWriter(report, options).Write();
}

}  // namespace prof2cg
