#include "converter/top/outliers_text.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "converter/display/display_width.h"
#include "converter/display/figures.h"
#include "converter/display/text_cells.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// What goes first when there is little room; see FigureColumn.
enum Rank : int { kVariation, kLeast, kGreatest, kMean };

// "3.1 ×"; "0.02 ×"
std::string Times(double times) {
  char text[32];
  std::snprintf(text, sizeof(text), times < 1 ? "%.2f ×" : "%.1f ×", times);
  return text;
}

// A cost of which no fractions are measured.
Figure Cost(double cost, const Event& event) {
  const bool is_small = cost > -1 && cost < 1;
  return ScaleCost(is_small ? 0 : cost, event.unit);
}

class OutliersWriter {
 public:
  OutliersWriter(const OutlierReport& report, const TextOptions& options)
      : report_(report), options_(options) {
    if (options_.width != 0) {
      options_.width = std::max(options_.width, kNarrowest);
    }
  }

  std::string Write() {
    WriteTotals();
    for (const Outlier& outlier : report_.outliers) WriteOutlier(outlier);
    WriteMore();
    WriteTable();
    WriteRest();
    return std::move(out_);
  }

 private:
  void WriteTotals();
  void WriteOutlier(const Outlier& outlier);
  void WriteMore();
  std::string ReasonOf(const Outlier& outlier) const;
  std::string PlaceOf(const Outlier& outlier) const;
  void WriteTable();
  void WriteRest();
  template <class FigureOf>
  FigureColumn Column(std::string title, int rank, FigureOf figure_of) const;
  FigureColumn DeviationColumn() const;

  // "3.20 s", "12.0 k Ir"
  std::string CostText(double cost) const {
    const std::string text = Cost(cost, report_.event).Text();
    const bool is_time = report_.event.unit == Unit::kNanoseconds;
    return is_time ? text : text + ' ' + Printable(report_.event.name);
  }

  const OutlierReport& report_;
  TextOptions options_;
  std::string out_;
};

void OutliersWriter::WriteTotals() {
  const auto odd = static_cast<int64_t>(report_.odd);
  const std::string text =
      GroupDigits(static_cast<int64_t>(report_.inputs.size())) +
      " profiles, median " + CostText(report_.median_total) + "; " +
      (odd == 0 ? "none is odd" : Counted{odd, "is odd", "are odd"}.Text());
  out_ += Wrap(Words(text), options_.width) + '\n';
}

// "3.1 × the median, and 66.0% of it is in other functions than …"
std::string OutliersWriter::ReasonOf(const Outlier& outlier) const {
  std::string reason;
  if (outlier.odd.HasOddTotal()) {
    reason = Times(outlier.odd.times) + " the median";
  }
  if (outlier.odd.HasOddShares()) {
    reason += (reason.empty() ? "" : ", and ") + Percent(outlier.moved) +
              " of it is in other functions than with the others";
  }
  return reason + ".";
}

std::string OutliersWriter::PlaceOf(const Outlier& outlier) const {
  const OutlierFunction& f = outlier.function;
  const std::string place = ShownPlace(f.file, f.object, f.line);
  std::string text = "The greatest difference is in " + ShownName(f.plain_name);
  if (!place.empty()) text += " (" + place + ")";
  text += ": " + CostText(outlier.self);
  if (outlier.total > 0) {
    text += ", " + Percent(outlier.self / outlier.total) + " of it";
  }
  return text + "; with the others on average " +
         CostText(outlier.self_of_others) + ".";
}

void OutliersWriter::WriteOutlier(const Outlier& outlier) {
  const std::string input = Printable(report_.inputs[outlier.odd.profile]);
  out_ += Styled(input, TextStyle::kBold, options_.has_colour) + ": " +
          CostText(outlier.total) + '\n';
  const size_t indent = 2;
  AppendFaint(ReasonOf(outlier), options_, out_, indent);
  AppendFaint(PlaceOf(outlier), options_, out_, indent);
  out_ += '\n';
}

// Odd profiles that are not shown.
void OutliersWriter::WriteMore() {
  const auto more = static_cast<int64_t>(report_.odd - report_.outliers.size());
  if (more == 0) return;
  AppendFaint(Counted{more, "more is odd", "more are odd"}.Text(), options_,
              out_);
  out_ += '\n';
}

template <class FigureOf>
FigureColumn OutliersWriter::Column(std::string title, int rank,
                                    FigureOf figure_of) const {
  FigureColumn column{.title = std::move(title), .rank = rank};
  std::vector<Figure> figures;
  for (const OutlierFunction& f : report_.list) {
    figures.push_back(Cost(figure_of(f.self), report_.event));
  }
  column.cells = Align(figures);
  return column;
}

FigureColumn OutliersWriter::DeviationColumn() const {
  FigureColumn column = Column("deviation", FigureColumn::kAlways,
                               [](const Spread& s) { return s.Deviation(); });
  column.detail_rank = kVariation;
  for (const OutlierFunction& f : report_.list) {
    column.details.push_back({Percent(f.self.Variation())});
  }
  return column;
}

void OutliersWriter::WriteTable() {
  TextTable table;
  table.name_title = "function";
  table.columns = {
      DeviationColumn(),
      Column("mean", kMean, [](const Spread& s) { return s.mean(); }),
      Column("least", kLeast, [](const Spread& s) { return s.least().value; }),
      Column("greatest", kGreatest,
             [](const Spread& s) { return s.greatest().value; })};
  for (const OutlierFunction& f : report_.list) {
    table.names.push_back({ShownName(f.plain_name), TextStyle::kBold});
    table.places.push_back(
        {ShownPlace(f.file, f.object, f.line), TextStyle::kFaint});
  }
  if (!report_.list.empty()) out_ += table.Render(options_) + '\n';
}

void OutliersWriter::WriteRest() {
  AppendFaint(
      GroupDigits(static_cast<int64_t>(report_.list.size())) + " of " +
          Counted{static_cast<int64_t>(report_.functions), "function",
                  "functions"}
              .Text() +
          " by the standard deviation of self cost, in % of its mean; odd: "
          "more than 5 deviations (1.4826 MAD) and 1.5 × off the median total, "
          "or 10% of cost elsewhere",
      options_, out_);
}

}  // namespace

std::string OutliersText(const OutlierReport& report,
                         const TextOptions& options) {
  return OutliersWriter(report, options).Write();
}

}  // namespace prof2cg
