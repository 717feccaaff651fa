#include "converter/top/text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/display/display_width.h"
#include "converter/display/figures.h"
#include "converter/io/utf8.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

// What goes first when there is little room; see FigureColumn.
enum Rank : int {
  kInclusivePerCall,
  kSelfPerCall,
  kPrimitiveCalls,
  kCallSite,
  kCalls,
  kInclusiveShare,
  kInclusive,
  kSelfShare,
  kSelf,
};

constexpr std::string_view kEstimated = "~ estimated";

std::string FunctionName(const TopFunction& function) {
  return ShownName(function.plain_name);
}

std::string Place(const TopFunction& function) {
  return ShownPlace(function.file, function.object, function.line);
}

// A figure that may be an estimate.
Figure Marked(Figure figure, bool is_estimated) {
  if (is_estimated && !figure.number.empty()) figure.number.insert(0, "~");
  return figure;
}

// Counts of calls, which may be an estimate.
struct MarkedCounts {
  CallCounts counts;
  bool is_estimated = false;
};

class TopWriter {
 public:
  TopWriter(const TopReport& report, const TextOptions& options)
      : report_(report), options_(options) {
    if (options_.width != 0) {
      options_.width = std::max(options_.width, kNarrowest);
    }
  }

  std::string Write() {
    WriteTotals();
    if (report_.has_sections) {
      WriteSections();
    } else {
      WriteList();
    }
    return std::move(out_);
  }

 private:
  void WriteTotals();
  void WriteFidelity();
  void WriteList();
  void WriteSections();
  void WriteSection(const TopSection& section);
  void WriteCalls(const TopSection& section, const TopCalls& calls,
                  bool are_callers);
  void WriteFaint(std::string_view text, size_t indent = 0) {
    AppendFaint(text, options_, out_, indent);
  }

  bool HasCounts() const { return report_.counts != Origin::kAbsent; }
  bool HasInclusive() const {
    return report_.origins.inclusive != Origin::kAbsent;
  }
  Figure Scale(int64_t cost) const {
    return ScaleCost(static_cast<double>(cost), report_.event.unit);
  }
  Figure Scale(int64_t cost, bool is_estimated) const {
    return Marked(Scale(cost), is_estimated);
  }
  // A row's mark is of its costs alone where counts stood in the input.
  static MarkedCounts Counts(CallCounts counts, bool is_estimated,
                             Origin origin) {
    return {counts, is_estimated && origin != Origin::kMeasured};
  }
  MarkedCounts CountsOf(const TopFunction& f) const {
    return Counts(f.counts, f.is_estimated, report_.counts);
  }
  // Nothing where the calls are unknown.
  Figure PerCall(int64_t cost, int64_t calls) const;
  std::optional<double> Share(int64_t cost) const {
    return ShareOf(cost, report_.cost);
  }

  std::vector<FigureColumn> UsualColumns() const;
  FigureColumn ChosenColumn(size_t number) const;
  FigureColumn CostColumn(size_t number) const;
  std::vector<MarkedCounts> CountsOfList() const;
  FigureColumn SelfColumn() const;
  FigureColumn InclusiveColumn() const;
  FigureColumn PerCallColumn(bool is_inclusive) const;
  static FigureColumn CallsColumn(const std::vector<MarkedCounts>& all);

  const TopReport& report_;
  TextOptions options_;
  std::string out_;
};

Figure TopWriter::PerCall(int64_t cost, int64_t calls) const {
  if (calls <= 0) return {};
  return ScaleCost(static_cast<double>(cost) / static_cast<double>(calls),
                   report_.event.unit);
}

void TopWriter::WriteTotals() {
  std::vector<std::string> pieces;
  if (HasCounts()) {
    pieces.push_back(
        Counted{report_.calls.total, "function call", "function calls"}.Text());
    if (report_.calls.primitive != report_.calls.total) {
      pieces.push_back("(" + GroupDigits(report_.calls.primitive) +
                       " primitive)");
    }
  }
  Figure cost =
      ScaleCost(static_cast<double>(report_.cost), report_.event.unit, 5);
  if (report_.event.unit == Unit::kNanoseconds) {
    if (cost.unit.empty()) cost.unit = "ns";
    if (HasCounts()) pieces.push_back("in");
    pieces.push_back(cost.Text() + ",");
  } else {
    if (HasCounts()) pieces.back() += ',';
    pieces.push_back(cost.Text() + " " + Printable(report_.event.name) + ",");
  }
  pieces.push_back(
      Counted{static_cast<int64_t>(report_.functions), "function", "functions"}
          .Text());
  out_ += Wrap(pieces, options_.width);
  WriteFidelity();
  for (const Oddity& oddity : report_.oddities) {
    WriteFaint("note: " + Printable(oddity.Text()));
  }
  if (!report_.other_events.empty()) {
    std::string events = "event " + Printable(report_.event.name) + "; others:";
    for (const std::string& name : report_.other_events) {
      events += ' ' + Printable(name);
    }
    WriteFaint(events);
  }
  out_ += '\n';
}

// Nothing where all figures are the profiler's own.
void TopWriter::WriteFidelity() {
  const Fidelity& fidelity = report_.fidelity;
  const auto all = static_cast<double>(fidelity.measured) +
                   static_cast<double>(fidelity.derived) +
                   static_cast<double>(fidelity.estimated);
  std::vector<std::string> pieces;
  const auto add = [&](int64_t count, std::string_view what) {
    if (count == 0) return;
    pieces.push_back(Percent(static_cast<double>(count) / all) +
                     " of all figures " + std::string(what));
  };
  add(fidelity.estimated, "are estimates");
  add(fidelity.derived, "are computed from others");
  if (fidelity.lost != 0) {
    pieces.push_back(Counted{fidelity.lost, "entry of the profile is unusable",
                             "entries of the profile are unusable"}
                         .Text());
  }
  std::string text;
  for (const std::string& piece : pieces) {
    text += (text.empty() ? "note: " : ", ") + piece;
  }
  if (!text.empty()) WriteFaint(text);
}

FigureColumn TopWriter::SelfColumn() const {
  FigureColumn column{
      .title = "self", .rank = kSelf, .detail_rank = kSelfShare};
  std::vector<Figure> figures;
  for (const TopFunction& f : report_.list) {
    figures.push_back(Scale(f.self, f.is_estimated));
  }
  column.cells = Align(figures);
  for (size_t row = 0; row < report_.list.size(); ++row) {
    const std::optional<double> share = Share(report_.list[row].self);
    column.cells[row].style = StyleOfShare(share);
    column.details.push_back({ShareText(share), StyleOfShare(share)});
  }
  return column;
}

FigureColumn TopWriter::InclusiveColumn() const {
  FigureColumn column{
      .title = "inclusive", .rank = kInclusive, .detail_rank = kInclusiveShare};
  std::vector<Figure> figures;
  for (const TopFunction& f : report_.list) {
    figures.push_back(Scale(f.inclusive, f.is_estimated));
    column.details.push_back({ShareText(Share(f.inclusive))});
  }
  column.cells = Align(figures);
  return column;
}

FigureColumn TopWriter::PerCallColumn(bool is_inclusive) const {
  FigureColumn column;
  column.title = is_inclusive ? "incl/call" : "self/call";
  column.rank = is_inclusive ? kInclusivePerCall : kSelfPerCall;
  std::vector<Figure> figures;
  for (const TopFunction& f : report_.list) {
    figures.push_back(Marked(is_inclusive
                                 ? PerCall(f.inclusive, f.counts.primitive)
                                 : PerCall(f.self, f.counts.total),
                             f.is_estimated));
  }
  column.cells = Align(figures);
  return column;
}

FigureColumn TopWriter::CallsColumn(const std::vector<MarkedCounts>& all) {
  FigureColumn column{.title = "calls",
                      .details_are_left = true,
                      .rank = kCalls,
                      .detail_rank = kPrimitiveCalls};
  bool is_recursive = false;
  for (const auto& [counts, is_estimated] : all) {
    column.cells.push_back(
        {(is_estimated ? "~" : "") + GroupDigits(counts.total)});
    const bool differs = counts.primitive != counts.total;
    is_recursive |= differs;
    column.details.push_back(
        {differs ? "/" + GroupDigits(counts.primitive) : "",
         TextStyle::kFaint});
  }
  if (!is_recursive) column.details.clear();
  return column;
}

std::vector<MarkedCounts> TopWriter::CountsOfList() const {
  std::vector<MarkedCounts> counts;
  for (const TopFunction& f : report_.list) counts.push_back(CountsOf(f));
  return counts;
}

std::vector<FigureColumn> TopWriter::UsualColumns() const {
  std::vector<FigureColumn> columns = {SelfColumn()};
  if (HasInclusive()) columns.push_back(InclusiveColumn());
  if (HasCounts()) {
    columns.push_back(CallsColumn(CountsOfList()));
    if (report_.order == TopOrder::kCalls) {
      columns.back().rank = FigureColumn::kAlways;
    }
    columns.push_back(PerCallColumn(false));
    if (HasInclusive()) columns.push_back(PerCallColumn(true));
  }
  if (report_.order == TopOrder::kSelf) {
    columns[0].rank = FigureColumn::kAlways;
  }
  if (report_.order == TopOrder::kInclusive) {
    columns[1].rank = FigureColumn::kAlways;
  }
  return columns;
}

FigureColumn TopWriter::ChosenColumn(size_t number) const {
  switch (report_.columns[number].figure) {
    case TopFigure::kCalls:
      return CallsColumn(CountsOfList());
    case TopFigure::kSelfPerCall:
      return PerCallColumn(false);
    case TopFigure::kInclusivePerCall:
      return PerCallColumn(true);
    case TopFigure::kSelf:
    case TopFigure::kInclusive:
      return CostColumn(number);
  }
  return {};
}

FigureColumn TopWriter::CostColumn(size_t number) const {
  const TopColumn& chosen = report_.columns[number];
  FigureColumn column{.title = Printable(chosen.name),
                      .detail_rank = kInclusiveShare};
  std::vector<Figure> figures;
  for (const TopFunction& f : report_.list) {
    const int64_t cost = f.costs[number];
    figures.push_back(
        Marked(ScaleCost(static_cast<double>(cost), chosen.event.unit),
               f.is_estimated));
    const auto share = ShareOf(cost, chosen.whole);
    const bool is_self = chosen.figure == TopFigure::kSelf;
    column.details.push_back(
        {ShareText(share), is_self ? StyleOfShare(share) : TextStyle::kPlain});
  }
  column.cells = Align(figures);
  return column;
}

void TopWriter::WriteList() {
  TextTable table;
  table.name_title = "function";
  if (report_.columns.empty()) table.columns = UsualColumns();
  for (size_t number = 0; number < report_.columns.size(); ++number) {
    table.columns.push_back(ChosenColumn(number));
    table.columns.back().rank = FigureColumn::kAlways;
  }
  for (const TopFunction& f : report_.list) {
    table.names.push_back({FunctionName(f), TextStyle::kBold});
    table.places.push_back({Place(f), TextStyle::kFaint});
  }
  if (!report_.list.empty()) out_ += table.Render(options_) + '\n';

  constexpr std::string_view kOrders[] = {"self", "inclusive", "calls", "name"};
  const std::string order(kOrders[static_cast<size_t>(report_.order)]);
  const auto number = [](size_t count) {
    return GroupDigits(static_cast<int64_t>(count));
  };
  std::string caption;
  if (report_.functions == 0) {
    caption = "the profile is empty";
  } else {
    caption = number(report_.list.size()) + " of " + number(report_.matched) +
              (report_.matched == 1 ? " function" : " functions");
    if (!report_.filter.empty()) {
      caption += " with \"" + Printable(report_.filter) + "\"";
    }
    caption += " by " + order;
    if (const auto share = Share(report_.listed_self)) {
      const bool is_self = report_.order == TopOrder::kSelf;
      caption +=
          (is_self ? ", together " : "; their self costs are together ") +
          Percent(*share) + " of total";
    }
  }
  WriteFaint(caption);
  if (std::ranges::any_of(report_.list, &TopFunction::is_estimated)) {
    WriteFaint(kEstimated);
  }
}

void TopWriter::WriteSections() {
  bool has_estimates = false;
  for (const TopSection& section : report_.sections) {
    if (&section != &report_.sections[0]) out_ += '\n';
    WriteSection(section);
    has_estimates |= section.function.is_estimated;
    for (const auto* calls : {&section.callers, &section.callees}) {
      if (!*calls) continue;
      has_estimates |=
          (*calls)->others_are_estimated ||
          std::ranges::any_of((*calls)->calls, &TopCall::is_estimated);
    }
  }
  if (has_estimates || report_.more_sections != 0 ||
      !report_.part_matches.empty()) {
    out_ += '\n';
  }
  if (has_estimates) WriteFaint(kEstimated);
  if (report_.more_sections != 0) {
    WriteFaint(Counted{static_cast<int64_t>(report_.more_sections),
                       "more function matches", "more functions match"}
                   .Text());
  }
  for (const auto& [pattern, functions] : report_.part_matches) {
    const Counted more{static_cast<int64_t>(functions), "more function has",
                       "more functions have"};
    WriteFaint(more.Text() + " \"" + Printable(pattern) +
               "\" as a part of the name: \"*" + Printable(pattern) +
               "*\" shows " + (functions == 1 ? "it" : "them") + " too");
  }
}

void TopWriter::WriteSection(const TopSection& section) {
  const TopFunction& f = section.function;
  const std::string name = FunctionName(f);
  const std::string place = Place(f);
  out_ += Styled(name, TextStyle::kBold, options_.has_colour);
  if (!place.empty()) {
    const size_t taken = DisplayWidth(name) + 2 + DisplayWidth(place);
    const bool fits = options_.width == 0 || taken <= options_.width;
    const size_t width = std::max<size_t>(options_.width, 10) - 2;
    out_ += fits ? "  " : "\n  ";
    out_ += Styled(fits ? place : ShortenPath(place, width), TextStyle::kFaint,
                   options_.has_colour);
  }
  out_ += '\n';
  std::vector<std::string> pieces;
  const auto add = [&](std::string_view what, int64_t cost) {
    std::string piece =
        std::string(what) + ' ' + Scale(cost, f.is_estimated).Text();
    if (const auto share = Share(cost)) {
      piece += " (" + Percent(*share) + " of total)";
    }
    pieces.push_back(piece + ",");
  };
  add("self", f.self);
  if (HasInclusive()) add("inclusive", f.inclusive);
  if (HasCounts()) {
    std::string calls = CountsOf(f).is_estimated ? "~" : "";
    calls += Counted{f.counts.total, "call", "calls"}.Text();
    if (f.counts.primitive != f.counts.total) {
      calls += " (" + GroupDigits(f.counts.primitive) + " primitive)";
    }
    pieces.push_back(calls);
  } else {
    pieces.back().pop_back();
  }
  out_ += "  " + Wrap(pieces, options_.width == 0 ? 0 : options_.width - 2, 2);
  if (section.callers) WriteCalls(section, *section.callers, true);
  if (section.callees) WriteCalls(section, *section.callees, false);
}

void TopWriter::WriteCalls(const TopSection& section, const TopCalls& calls,
                           bool are_callers) {
  const TopFunction& function = section.function;
  std::vector<Figure> inclusive;
  std::vector<Figure> self;
  std::vector<MarkedCounts> counts;
  FigureColumn cost_column{.title = "inclusive"};
  FigureColumn site_column{.title = "line", .rank = kCallSite};
  bool has_sites = false;
  TextTable table;
  table.indent = 2;
  table.name_title = are_callers ? "caller" : "callee";

  const auto add = [&](int64_t cost, bool is_estimated,
                       std::optional<int64_t> own, MarkedCounts count,
                       uint32_t line) {
    inclusive.push_back(Scale(cost, is_estimated));
    cost_column.details.push_back(
        {ShareText(ShareOf(cost, function.inclusive))});
    self.push_back(own ? Scale(*own, is_estimated) : Figure{});
    counts.push_back(count);
    site_column.cells.push_back({line == 0 ? "" : std::to_string(line)});
    has_sites |= line != 0;
  };
  if (!are_callers) {
    add(function.self, function.is_estimated, function.self, CountsOf(function),
        0);
    table.names.push_back({"(self)", TextStyle::kFaint});
    table.places.emplace_back();
  }
  for (const TopCall& call : calls.calls) {
    add(call.inclusive, call.is_estimated, call.self,
        Counts(call.counts, call.is_estimated, report_.call_counts), call.line);
    if (call.is_outside || call.is_recursion) {
      table.names.push_back(
          {call.is_outside ? "(outside the profile)" : "(recursion)",
           TextStyle::kFaint});
      table.places.emplace_back();
    } else {
      table.names.push_back({FunctionName(call.other)});
      table.places.push_back({Place(call.other), TextStyle::kFaint});
    }
  }
  if (calls.others != 0) {
    const bool is_estimated = calls.others_are_estimated;
    add(calls.other_inclusive, is_estimated, std::nullopt,
        Counts(calls.other_counts, is_estimated, report_.call_counts), 0);
    const Counted more{static_cast<int64_t>(calls.others),
                       are_callers ? "more caller" : "more callee",
                       are_callers ? "more callers" : "more callees"};
    table.names.push_back({"(" + more.Text() + ")", TextStyle::kFaint});
    table.places.emplace_back();
  }
  out_ += '\n';
  if (calls.calls.empty()) {
    return WriteFaint(are_callers ? "called from nowhere" : "calls nothing", 2);
  }
  if (report_.origins.call_inclusive != Origin::kAbsent) {
    if (function.inclusive > 0) {
      WriteFaint(std::string(are_callers ? "called by" : "calls") +
                     ", with shares of its inclusive cost:",
                 2);
    }
    cost_column.cells = Align(inclusive);
    table.columns.push_back(std::move(cost_column));
  }
  const bool has_self = std::ranges::any_of(
      calls.calls, [](const TopCall& call) { return call.self.has_value(); });
  if (has_self) {
    table.columns.push_back(
        {.title = "self", .cells = Align(self), .rank = kSelfPerCall});
  }
  if (report_.call_counts != Origin::kAbsent) {
    table.columns.push_back(CallsColumn(counts));
  }
  if (has_sites) table.columns.push_back(std::move(site_column));
  out_ += table.Render(options_);
}

}  // namespace

std::string TopText(const TopReport& report, const TextOptions& options) {
  return TopWriter(report, options).Write();
}

}  // namespace prof2cg
