#include "converter/diff/words.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "converter/display/display_width.h"
#include "converter/display/figures.h"
#include "converter/display/fixed_text.h"
#include "converter/display/text_cells.h"
#include "converter/io/utf8.h"
#include "converter/names/plain_name.h"
#include "graph/compare/gate.h"
#include "graph/function_table.h"

namespace prof2cg {
namespace {

// From which ratio on people think in factors.
constexpr double kFactor = 2;
// Below which difference two figures look the same.
constexpr double kUnchanged = .0005;

std::string WithoutBackquotes(std::string text) {
  std::ranges::replace(text, '`', '\'');
  return text;
}

// In so many columns, and not in more bytes than these need: marks that are
// put on one letter have no width.
std::string Shortened(std::string_view text, size_t columns) {
  constexpr size_t kBytes = 6;  // a column's: a letter and a mark
  const std::string shown = ShortenName(Printable(text), columns);
  size_t end = 0;
  while (end < shown.size()) {
    const size_t next = end + DecodeWtf8(shown, end).bytes;
    if (next > kBytes * columns) return shown.substr(0, end) + "…";
    end = next;
  }
  return shown;
}

bool IsIdentifier(std::string_view name) {
  constexpr size_t kLongest = 40;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= kLongest &&
         std::ranges::all_of(name, is_word);
}

// Zero has its unit as well.
std::string ScaledText(double cost, Unit unit) {
  Figure figure = ScaleCost(cost, unit);
  if (cost == 0 && unit == Unit::kNanoseconds) figure.unit = "ns";
  if (cost == 0 && unit == Unit::kBytes) figure.unit = "B";
  return figure.Text();
}

std::string WithEvent(std::string text, const Event& event, bool is_one) {
  if (event.unit != Unit::kCount) return text;
  if (event.name == kCallsEvent) return text + (is_one ? " call" : " calls");
  return text + ' ' + EventName(event);
}

bool IsOfCall(const DiffFinding& finding) {
  return finding.kind == Subject::Kind::kCall && finding.call;
}

std::string RatioText(double ratio) {
  constexpr double kWhole = 99.95;
  return (ratio < kWhole ? FixedText(ratio, 1)
                         : GroupDigits(std::llround(std::min(ratio, 1e18)))) +
         " ×";
}

}  // namespace

std::string Unquoted(std::string_view text) {
  constexpr size_t kLongest = 500;
  return WithoutBackquotes(Shortened(text, kLongest));
}

std::string Quoted(std::string_view text) {
  return '`' + WithoutBackquotes(Shortened(text, kLongestName)) + '`';
}

std::string QuotedName(const DiffFunction& function) {
  return function.name.empty() ? Quoted("(no name)")
                               : Quoted(PlainName(function.name));
}

std::string QuotedPath(const std::vector<DiffFunction>& path) {
  constexpr size_t kFirst = 2;
  constexpr size_t kLast = 4;
  constexpr size_t kLongest = 40;  // of many names
  std::string text;
  for (size_t i = 0; i < path.size(); ++i) {
    if (i != 0) text += " > ";
    if (i == kFirst && path.size() > kFirst + kLast + 1) {
      text += "… > ";
      i = path.size() - kLast;
    }
    const std::string name = QuotedName(path[i]);
    text += Shortened(name.substr(1, name.size() - 2), kLongest);
  }
  return Quoted(text);
}

std::string QuotedPlace(const DiffFunction& function, uint32_t line) {
  constexpr size_t kLongest = 60;
  if (function.file.empty() || function.file == kBuiltInFile) return "";
  const std::string place = ShownPlace(function.file, "", line);
  return Quoted(ShortenPath(place, kLongest));
}

std::string EventName(const Event& event) {
  if (IsIdentifier(event.name)) return event.name;
  return Quoted(event.name);
}

std::vector<QuotedPart> QuotedParts(std::string_view sentence) {
  std::vector<QuotedPart> parts;
  for (bool is_name = false;; is_name = !is_name) {
    const size_t end = std::min(sentence.find('`'), sentence.size());
    if (end != 0 || is_name)
      parts.push_back({sentence.substr(0, end), is_name});
    if (end == sentence.size()) return parts;
    sentence.remove_prefix(end + 1);
  }
}

int64_t DifferenceOf(const DiffFinding& finding) {
  return Difference(finding.base, finding.current);
}

std::string FigureText(const Event& event, int64_t cost) {
  return event.unit == Unit::kCount
             ? GroupDigits(cost)
             : ScaledText(static_cast<double>(cost), event.unit);
}

std::string AmountText(const Event& event, int64_t cost) {
  return WithEvent(FigureText(event, cost), event, cost == 1);
}

std::string AmountText(const Event& event, double cost) {
  return WithEvent(ScaledText(cost, event.unit), event, cost == 1);
}

std::string DifferenceText(const Event& event, int64_t difference) {
  return (difference > 0 ? "+" : "") + FigureText(event, difference);
}

std::string PartText(double part) {
  if (part > 0 && part < kUnchanged) return "<0.1 %";
  return FixedText(100 * part, 1) + " %";
}

std::string LimitText(double part) {
  std::string text = FixedText(100 * part, 3);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " %";
}

std::string ChangeText(int64_t base, int64_t current) {
  if (base == current) return "same";
  if (base == 0) return "from 0";
  if (base < 0 || current < 0) return "";
  if (current == 0) return "-100 %";
  const double ratio = static_cast<double>(current) / static_cast<double>(base);
  if (ratio >= kFactor) return RatioText(ratio);
  return (ratio > 1 ? "+" : "-") + PartText(std::abs(ratio - 1));
}

std::string ChangeOf(const DiffFinding& finding) {
  using enum DiffFunction::Side;
  const DiffFunction::Side side = finding.function.side;
  if (finding.base == 0 && side == kCurrent) return "new";
  if (finding.current == 0 && side == kBase) return "gone";
  return ChangeText(finding.base, finding.current);
}

std::string ComparedText(double ratio, std::string_view adverb) {
  const std::string how(adverb);
  if (std::abs(ratio - 1) < kUnchanged) return "as " + how + " as before";
  if (ratio >= kFactor) return RatioText(ratio) + " as " + how;
  const std::string percent = PartText(std::abs(ratio - 1));
  const std::string way = ratio > 1 ? " more" : " less";
  return percent + way + (how == "much" ? "" : ' ' + how);
}

std::string_view AnswerName(Answer answer) {
  switch (answer) {
    case Answer::kNotWorse:
      return "not worse";
    case Answer::kCannotTell:
      return "cannot tell";
    case Answer::kWorse:
      return "worse";
  }
  return "";
}

std::string_view AnswerKey(Answer answer) {
  switch (answer) {
    case Answer::kNotWorse:
      return "not_worse";
    case Answer::kCannotTell:
      return "cannot_tell";
    case Answer::kWorse:
      return "worse";
  }
  return "";
}

std::string_view CauseKey(Cause::Kind kind) {
  constexpr std::string_view kKeys[] = {"self",  "more_calls", "new_call",
                                        "entry", "cycle",      "unexplained"};
  return kKeys[static_cast<size_t>(kind)];
}

std::string MeasureName(const DiffFinding& finding) {
  const std::string name = EventName(finding.event);
  switch (finding.kind) {
    case Subject::Kind::kSelf:
      return "self " + name;
    case Subject::Kind::kInclusive:
      return "incl " + name;
    case Subject::Kind::kTotal:
    case Subject::Kind::kCalls:
    case Subject::Kind::kCall:
    case Subject::Kind::kPath:
      return name;
  }
  return name;
}

std::string QuotedSubject(const DiffFinding& finding) {
  if (finding.kind == Subject::Kind::kTotal) return "(all)";
  if (finding.kind == Subject::Kind::kPath) return QuotedPath(finding.path);
  if (!IsOfCall(finding)) return QuotedName(finding.function);
  return QuotedName(finding.call->caller) + " → " +
         QuotedName(finding.call->callee);
}

std::string QuotedPlace(const DiffFinding& finding) {
  if (!IsOfCall(finding)) {
    return QuotedPlace(finding.function, finding.function.line);
  }
  const DiffCall& call = *finding.call;
  const auto& sites = call.new_lines.empty() ? call.gone_lines : call.new_lines;
  return QuotedPlace(call.caller, sites.empty() ? call.caller.line : sites[0]);
}

std::string SubjectText(const DiffFinding& finding) {
  const std::string name = EventName(finding.event);
  if (finding.kind == Subject::Kind::kTotal) return name + " in all";
  if (IsOfCall(finding)) {
    return name + " of " + QuotedName(finding.call->callee) + " from " +
           QuotedName(finding.call->caller);
  }
  if (finding.kind == Subject::Kind::kPath) {
    return name + " of " + QuotedPath(finding.path);
  }
  const bool is_self = finding.kind == Subject::Kind::kSelf;
  return name + " of " + QuotedName(finding.function) +
         (is_self ? " itself" : "");
}

}  // namespace prof2cg
