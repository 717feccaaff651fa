#include "converter/readers/gprof_graph.h"

#include <algorithm>
#include <string>

#include "converter/io/line_cursor.h"
#include "converter/readers/amount.h"
#include "converter/readers/frames.h"
#include "graph/cost_table.h"

namespace prof2cg {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == text.npos;
}

std::optional<int64_t> ParseCount(std::string_view text) {
  return IsDigits(text) ? ParseInt(text) : std::nullopt;
}

// "12.34" or "-0.1"; a whole number is none.
std::optional<double> ParseFigure(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const size_t point = digits.find('.');
  if (point == digits.npos || !IsDigits(digits.substr(0, point)) ||
      !IsDigits(digits.substr(point + 1))) {
    return std::nullopt;
  }
  return ParseDouble(text);
}

// "name (12)": gprof was told not to print that function.
bool IsHidden(std::string_view text) {
  const size_t bracket = text.rfind('(');
  return bracket != text.npos && text.ends_with(')') &&
         IsDigits(text.substr(bracket + 1, text.size() - bracket - 2));
}

// What is left of a line, taken from both ends.
class LineRest {
 public:
  explicit LineRest(std::string_view line) : text_(Trim(line)) {}

  std::string_view text() const { return text_; }

  // "[12]" at the end.
  std::optional<int64_t> TakeIndex() {
    const size_t bracket = text_.rfind('[');
    if (bracket == text_.npos || !text_.ends_with(']')) return std::nullopt;
    const auto index =
        ParseCount(text_.substr(bracket + 1, text_.size() - bracket - 2));
    if (index) text_ = TrimEnd(text_.substr(0, bracket));
    return index;
  }

  // "<cycle 1>" or, with those words, "<cycle 1 as a whole>" at the end.
  bool TakeCycle(std::string_view words) {
    constexpr std::string_view kCycle = "<cycle ";
    const std::string end = std::string(words) + ">";
    const size_t begin = text_.rfind(kCycle);
    if (begin == text_.npos || !text_.ends_with(end)) return false;
    const size_t number = begin + kCycle.size();
    const size_t number_end = text_.size() - end.size();
    if (number_end <= number ||
        !IsDigits(text_.substr(number, number_end - number))) {
      return false;
    }
    text_ = TrimEnd(text_.substr(0, begin));
    return true;
  }

  std::optional<double> TakeFigure() {
    const std::string_view word = Word();
    const auto figure = ParseFigure(word);
    if (figure) Drop(word);
    return figure;
  }

  // "12", or "12/34" or "12+34" with the second number in `others`.
  std::optional<int64_t> TakeCounts(int64_t& others) {
    const std::string_view word = Word();
    const size_t mark = std::min(word.find_first_of("/+"), word.size());
    const auto calls = ParseCount(word.substr(0, mark));
    if (!calls) return std::nullopt;
    if (mark != word.size()) {
      const auto second = ParseCount(word.substr(mark + 1));
      if (!second) return std::nullopt;
      others = *second;
    }
    Drop(word);
    return calls;
  }

  // "[12]" at the begin, where wide numbers lack the second bracket.
  bool TakeFirstIndex() {
    std::string_view word = Word();
    const std::string_view whole = word;
    if (!word.starts_with('[')) return false;
    word.remove_prefix(1);
    if (word.ends_with(']')) word.remove_suffix(1);
    if (!IsDigits(word)) return false;
    Drop(whole);
    return true;
  }

 private:
  std::string_view Word() const {
    return text_.substr(0, text_.find_first_of(kBlanks));
  }
  void Drop(std::string_view word) { text_ = Trim(text_.substr(word.size())); }

  std::string_view text_;
};

}  // namespace

std::optional<GprofLine> ParseGprofLine(std::string_view line,
                                        bool counts_calls) {
  GprofLine parsed;
  parsed.is_function = line.starts_with('[');
  LineRest rest(line);
  const auto index = rest.TakeIndex();
  if (!index) return std::nullopt;
  parsed.index = *index;
  parsed.is_cycle = rest.TakeCycle(" as a whole");
  parsed.in_cycle = !parsed.is_cycle && rest.TakeCycle("");
  if (parsed.is_function) {
    if (!rest.TakeFirstIndex()) return std::nullopt;
    parsed.percent = rest.TakeFigure();
    if (!parsed.percent) return std::nullopt;
  }
  parsed.self = rest.TakeFigure();
  if (parsed.self) parsed.callees = rest.TakeFigure();
  if (parsed.is_function && !parsed.callees) return std::nullopt;
  if (counts_calls) {
    parsed.calls = rest.TakeCounts(parsed.others);
    if (!parsed.calls && !parsed.is_function) return std::nullopt;
  }
  parsed.name = rest.text();
  if (parsed.name.empty() != parsed.is_cycle) return std::nullopt;
  return parsed;
}

GprofGraph::GprofGraph(const Event& event, double unit, bool counts_calls,
                       Files files)
    : builder_(EventSet({event})),
      unit_(unit),
      counts_calls_(counts_calls),
      files_(std::move(files)) {
  Provenance& provenance = profile().provenance;
  if (!counts_calls) {
    provenance.counts = provenance.call_counts = Origin::kAbsent;
  }
  provenance.events[0].call_self = Origin::kAbsent;
  provenance.is_complete = true;  // what was never called cost nothing
}

int64_t GprofGraph::Cost(double figure) const {
  return LimitedCost(figure * unit_);
}

void GprofGraph::AddLine(std::string_view line) {
  const bool is_function = line.starts_with('[');
  if (!is_function && part_ != Part::kCallees) return;
  if (Trim(line) == "<spontaneous>") return;
  const auto parsed = ParseGprofLine(line, counts_calls_);
  if (!parsed) {
    ++(IsHidden(TrimEnd(line)) ? hidden_calls_ : other_lines_);
    if (is_function) part_ = Part::kSkipped;
  } else if (is_function) {
    AddFunction(*parsed);
  } else {
    AddCall(*parsed);
  }
}

void GprofGraph::AddFunction(const GprofLine& line) {
  part_ = Part::kSkipped;
  if (line.is_cycle || line.name == "<spontaneous>") return;
  const FunctionId function = Find(line);
  Entry& entry = entries_[function.row()];
  if (entry.is_there) {
    ++repeated_;
    return;
  }
  entry = {true, line.in_cycle, *line.percent};
  const int64_t self = Cost(*line.self);
  const int64_t inclusive = SaturatingAdd(self, Cost(*line.callees));
  builder_.AddSelf(function, {&self, 1});
  builder_.AddInclusive(function, {&inclusive, 1});
  const int64_t calls = line.calls.value_or(0);
  builder_.AddCounts(function, {SaturatingAdd(calls, line.others), calls});
  part_ = Part::kCallees;
  caller_ = function;
}

void GprofGraph::AddCall(const GprofLine& line) {
  if (line.name == "<spontaneous>") return;
  const FunctionId callee = Find(line);
  const int64_t cost = SaturatingAdd(Cost(line.self.value_or(0)),
                                     Cost(line.callees.value_or(0)));
  const int64_t calls = line.calls.value_or(0);
  const bool is_recursion = callee == caller_;
  builder_.AddCall({caller_, callee, 0, {calls, is_recursion ? 0 : calls}},
                   {&cost, 1}, {});
  shared_calls_ += line.others > calls;
  calls_within_cycles_ += !line.self && !is_recursion && calls != 0;
}

FunctionId GprofGraph::Find(const GprofLine& line) {
  const auto [found, is_new] = functions_.try_emplace(line.index);
  if (!is_new) return found->second;
  const auto file = files_.find(line.index);
  FunctionId function =
      MakeFrame(builder_, line.name, file == files_.end() ? "" : file->second,
                "", 0)
          .function;
  if (builder_.functions() == entries_.size()) {  // of that name
    const std::string index = "[" + std::to_string(line.index) + "]";
    function = MakeFrame(builder_, line.name, index, "", 0).function;
  }
  found->second = function;
  entries_.emplace_back();
  return function;
}

Profile GprofGraph::Build() && {
  Provenance& provenance = profile().provenance;
  const auto without_entry =
      std::ranges::count(entries_, false, &Entry::is_there);
  provenance.Note("function has no entry of its own: added without cost",
                  "functions have no entries of their own: added without cost",
                  without_entry);
  provenance.Note("entry is of an index that another has: left out",
                  "entries are of indices that others have: left out",
                  repeated_);
  provenance.Note("call is of a function that was to be left out: left out",
                  "calls are of functions that were to be left out: left out",
                  hidden_calls_);
  provenance.Note("line of an entry is no call: left out",
                  "lines of entries are no calls: left out", other_lines_);
  provenance.lost = repeated_ + hidden_calls_ + other_lines_;
  return std::move(builder_).Build();
}

}  // namespace prof2cg
