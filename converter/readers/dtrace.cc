// DTrace aggregations by user stack, as printed by dtrace(1).
//
//   CPU     ID                    FUNCTION:NAME
//     1  29684                        :tick-60s
//
//                 libc.so.1`malloc+0x2a
//                 app`main+0x1c0
//                 0x401e3a
//                   17
//
// A stack is indented, its last function first; a frame is module`function with
// an offset, or an address where no symbol is known. What closes the stack is
// its count (@[ustack()] = count()) or, in files that have any, the
// distribution of a value over powers of two (@[jstack()] = quantize(...)):
//
//            value  ------------- Distribution ------------- count
//                8 |                                         0
//               16 |@@@@@@@@@@@@@@@@@@@@                     2
//               32 |                                         0
//
// Row 16 holds 16 to 31. So what the values add up to lies between two bounds:
// the middle is an estimate.
//
// Under a frame that runs a function of Python, jstack() names that:
//
//                 libpython2.4.so.1.0`PyEval_EvalFrame+0x2ff1
//                   [ ./app.py:12 (parse) ]
//
// It stands for that frame. Frames of the same module between two functions of
// Python are how the interpreter gets from one to the other: they are left out,
// since all of Python would be one cycle through them.
//
// Lines that are not indented (messages, output of the traced program) are no
// part of a stack. Accepted and counted: lines in front of a stack that are no
// frame (other keys of the aggregation), figures without a stack.
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/line_cursor.h"
#include "converter/readers/distribution.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr std::string_view kRuler = "------------- Distribution -------------";
constexpr std::string_view kOfMalloc = "malloc byte distributions";

bool IsRuler(std::string_view text) {
  return text.starts_with("value ") && text.find(kRuler) != text.npos;
}
bool IsHeader(std::string_view text) {
  return text == "CPU" || text.starts_with("CPU ");
}
bool IsAddress(std::string_view text) {
  return text.starts_with("0x") && text.size() > 2 &&
         text.find_first_not_of("0123456789abcdefABCDEF", 2) == text.npos;
}
// "[ FILE:LINE (FUNCTION) ]", which may be cut off.
bool IsPython(std::string_view text) { return text.starts_with("[ "); }
bool IsFrame(std::string_view text) {
  return text.find('`') != text.npos || IsAddress(text) || IsPython(text);
}

// What stands before the last back-quote; "" where there is none.
std::string_view ModuleOf(std::string_view frame) {
  const size_t tick = frame.rfind('`');
  return tick == frame.npos ? "" : frame.substr(0, tick);
}

EventSet EventsOf(std::string_view text) {
  const bool has_distributions = text.find(kRuler) != text.npos;
  if (!has_distributions) {
    return EventSet({{"samples", "Samples", Unit::kCount}});
  }
  if (text.find(kOfMalloc) == text.npos) {
    return EventSet({{"samples", "Samples", Unit::kCount},
                     {"sum", "Sum of values (estimate)", Unit::kCount}});
  }
  return EventSet(
      {{"alloc_blocks", "Allocated blocks", Unit::kCount},
       {"alloc_bytes", "Allocated bytes (estimate)", Unit::kBytes}});
}

class DtraceReader {
 public:
  explicit DtraceReader(std::string_view bytes)
      : lines_(bytes), builder_(EventsOf(bytes)), tree_(events()) {}

  Profile Read();

 private:
  size_t events() { return builder_.profile().events.size(); }
  bool has_distributions() { return events() == 2; }
  bool has_sizes() {
    return builder_.profile().events[EventId(1)].unit == Unit::kBytes;
  }

  // Of a line, without the blanks around it.
  void ReadIndented(std::string_view text);
  void ReadDistribution();
  SizeCount ReadRow(std::string_view text);

  void AddFrame(std::string_view text);
  void LeaveOutInterpreter();
  // Gives its context, none where there is no stack.
  ContextId CloseStack(std::span<const int64_t> costs);

  Frame ParseFrame(std::string_view text);
  Frame ParsePython(std::string_view text);
  void NoteOddities();

  LineCursor lines_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  FrameMemo frames_;
  std::vector<std::string_view> stack_;  // texts, the last function first
  Distribution all_;
  int64_t other_lines_ = 0;
  int64_t without_stack_ = 0;
};

Profile DtraceReader::Read() {
  while (lines_.Next()) {
    const std::string_view text = Trim(lines_.line());
    if (text.empty()) continue;
    if (IsHeader(text)) {
      lines_.Next();  // the probe that ended the recording
    } else if (IsIndented(lines_.line()) ||
               (!stack_.empty() && ParseInt(text))) {
      ReadIndented(text);
    }
  }
  if (!stack_.empty()) lines_.FailAtEnd("the figures of a stack");
  NoteOddities();
  builder_.profile().naming = Naming::kObjectName;
  Profile profile = std::move(builder_).Build();
  profile.contexts = std::move(tree_).Build();
  return profile;
}

void DtraceReader::ReadIndented(std::string_view text) {
  if (IsRuler(text)) return ReadDistribution();
  if (const auto count = ParseInt(text)) {
    if (has_distributions() && !stack_.empty()) {
      lines_.Fail("a frame or a distribution", text);
    }
    const int64_t costs[] = {*count, 0};
    CloseStack(std::span(costs).first(events()));
    return;
  }
  if (IsFrame(text) || !stack_.empty()) {
    AddFrame(text);
  } else {
    ++other_lines_;
  }
}

// Its rows end before a line that is none.
void DtraceReader::ReadDistribution() {
  Distribution sum;
  std::vector<SizeCount> rows;
  for (LineCursor ahead = lines_;
       ahead.Next() && ahead.line().find('|') != std::string_view::npos;) {
    lines_ = ahead;
    rows.push_back(ReadRow(Trim(lines_.line())));
    sum += Distribution(rows.back().least, rows.back().blocks);
  }
  if (!stack_.empty()) all_ += sum;
  const int64_t costs[] = {sum.count, sum.Middle()};
  const ContextId context = CloseStack(costs);
  if (!context.is_valid() || !has_sizes()) return;
  for (SizeCount& row : rows) {
    row.context = context;
    if (row.least >= 0 && row.blocks != 0) tree_.AddSizes(row);
  }
}

// "16 |@@@@@@   2"
SizeCount DtraceReader::ReadRow(std::string_view text) {
  const size_t bar = text.find('|');
  const std::string_view first = TrimEnd(text.substr(0, bar));
  const auto value = ParseInt(first);
  if (!value || !IsPowerOfTwo(*value)) lines_.Fail("a power of two", first);
  const std::string_view last =
      text.substr(std::max(bar, text.find_last_of(kBlanks)) + 1);
  const auto count = ParseInt(last);
  if (!count || *count < 0) lines_.Fail("a count", last);
  return {ContextId(), *value, *count};
}

void DtraceReader::AddFrame(std::string_view text) {
  if (IsPython(text)) LeaveOutInterpreter();
  stack_.push_back(text);
}

// The last frame runs a function of Python, which comes now.
void DtraceReader::LeaveOutInterpreter() {
  if (stack_.empty() || IsPython(stack_.back())) return;
  const std::string_view interpreter = ModuleOf(stack_.back());
  stack_.pop_back();
  const auto called = std::find_if(stack_.rbegin(), stack_.rend(), IsPython);
  if (called == stack_.rend() || interpreter.empty()) return;
  stack_.erase(std::remove_if(called.base(), stack_.end(),
                              [&](std::string_view frame) {
                                return ModuleOf(frame) == interpreter;
                              }),
               stack_.end());
}

ContextId DtraceReader::CloseStack(std::span<const int64_t> costs) {
  if (stack_.empty()) {
    ++without_stack_;
    return ContextId();
  }
  const ContextId context =
      EnterStack(tree_, stack_, [&](std::string_view entry) {
        return frames_.Find(
            entry, [&](std::string_view text) { return ParseFrame(text); });
      });
  tree_.AddSelf(context, costs);
  return context;
}

Frame DtraceReader::ParseFrame(std::string_view text) {
  if (IsPython(text)) return ParsePython(text);
  const std::string_view module = ModuleOf(text);
  if (module.empty()) return MakeFrame(builder_, text, "", "", 0);
  return MakeFrame(builder_, CutOffset(text.substr(module.size() + 1)), "",
                   module, 0);
}

Frame DtraceReader::ParsePython(std::string_view text) {
  text.remove_prefix(std::string_view("[ ").size());
  if (text.ends_with(" ]")) text.remove_suffix(2);
  const size_t bracket = text.rfind(" (");
  const std::string_view place = text.substr(0, bracket);
  const size_t colon = place.rfind(':');
  if (bracket == text.npos || colon == place.npos || !text.ends_with(')')) {
    return MakeFrame(builder_, text, "", "", 0);
  }
  std::string_view name = text.substr(bracket + 2);
  name.remove_suffix(1);
  if (name == "?") name = "<module>";  // as Python has it since 2.5
  return MakeFrame(builder_, name, place.substr(0, colon), "",
                   ParseInt(place.substr(colon + 1)).value_or(0));
}

void DtraceReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.lost = without_stack_;
  provenance.Note("figure has no stack: left out",
                  "figures have no stack: left out", without_stack_);
  provenance.Note("line in front of a stack is no frame: left out",
                  "lines in front of stacks are no frames: left out",
                  other_lines_);
  if (!has_distributions()) return;
  provenance.events[1].self = Origin::kEstimated;
  const std::string bounds =
      " known to a power of two only: together between " +
      std::to_string(all_.least) + " and " + std::to_string(all_.most) +
      ", and the middle is taken";
  provenance.Note("value is" + bounds, "values are" + bounds, all_.count);
}

// A frame of a module without blanks, and behind it something of a stack.
bool Sniff(std::string_view head) {
  const auto is_frame = [](std::string_view line) {
    const std::string_view text = Trim(line);
    const size_t tick = text.find('`');
    return IsIndented(line) && tick != text.npos && tick != 0 &&
           tick + 1 != text.size() && text.find_first_of(kBlanks) > tick;
  };
  LineCursor lines(head);
  while (lines.Next() && !is_frame(lines.line())) {
  }
  while (lines.Next()) {
    const std::string_view text = Trim(lines.line());
    if (text.empty()) continue;
    return is_frame(lines.line()) || IsAddress(text) || IsPython(text) ||
           IsRuler(text) || ParseInt(text);
  }
  return false;
}

Profile Read(std::string_view bytes) { return DtraceReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kDtrace = {
    .name = "dtrace",
    .description = "DTrace: counts or distributions by ustack(), jstack()",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
