// Collapsed stacks: a line each, as Brendan Gregg's stackcollapse scripts,
// inferno, py-spy (--format raw), async-profiler and many others write them.
//
//   main;parse (app.py:12);read (io.py:7) 42
//
// Frames from the root, behind the last blank how many samples had this stack.
// A frame "function (file:line)" whose function has no blank is py-spy's: the
// line is the one being executed, where the next frame was called; it does not
// tell functions apart. Any other frame is a function's name, marks such as
// "_[k]" included.
//
// Accepted: CR LF, blanks at the end of a line, empty lines, comments (a hash
// and a blank), negative counts. A stack without frames has one without a name.
// Counts that are no whole numbers are rounded, and that is counted.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/line_cursor.h"
#include "converter/io/utf8.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

// Not "#<Class:A>;f 1", a stack of a Ruby program.
bool IsComment(std::string_view line) {
  return line.starts_with("# ") || line == "#";
}

// A line without the blanks at its end, taken apart; no count: no blank.
struct Line {
  explicit Line(std::string_view line) {
    const size_t blank = line.find_last_of(kBlanks);
    if (blank == line.npos) return;
    stack = TrimEnd(line.substr(0, blank));
    count = line.substr(blank + 1);
  }

  std::string_view stack;
  std::string_view count;
};

// Whole or not.
bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == text.npos &&
         std::ranges::count(text, '.') <= 1 && text != ".";
}

size_t CommonPrefix(std::string_view a, std::string_view b) {
  static_assert(std::endian::native == std::endian::little);
  const size_t size = std::min(a.size(), b.size());
  size_t i = 0;
  for (uint64_t of_a, of_b; i + sizeof of_a <= size; i += sizeof of_a) {
    std::memcpy(&of_a, a.data() + i, sizeof of_a);
    std::memcpy(&of_b, b.data() + i, sizeof of_b);
    if (of_a != of_b) {
      return i + static_cast<size_t>(std::countr_zero(of_a ^ of_b)) / 8;
    }
  }
  while (i < size && a[i] == b[i]) ++i;
  return i;
}

class CollapseReader {
 public:
  explicit CollapseReader(std::string_view bytes)
      : lines_(bytes),
        builder_(EventSet({{"samples", "Samples", Unit::kCount}})),
        tree_(1) {}

  Profile Read() {
    while (lines_.Next()) ReadLine(TrimEnd(lines_.line()));
    Provenance& provenance = builder_.profile().provenance;
    provenance.counts = Origin::kAbsent;
    provenance.Note("count is no whole number: rounded",
                    "counts are no whole numbers: rounded", rounded_);
    builder_.profile().naming = Naming::kFileName;
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  // A frame of the stack before.
  struct Entered {
    size_t end;  // of its text
    ContextId context;
    uint32_t line;
  };

  void ReadLine(std::string_view text);
  ContextId Enter(std::string_view stack);
  int64_t Count(std::string_view text);
  int64_t RoundedCount(std::string_view text);
  Frame ParseFrame(std::string_view text);

  LineCursor lines_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  FrameMemo frames_;
  std::string_view stack_;        // the one before
  std::vector<Entered> entered_;  // its frames
  int64_t rounded_ = 0;
};

void CollapseReader::ReadLine(std::string_view text) {
  if (text.empty() || IsComment(text)) return;
  const Line line(text);
  if (line.count.empty()) lines_.Fail("a stack and its count", text);
  const int64_t count = Count(line.count);
  tree_.AddSelf(Enter(line.stack), {&count, 1});
}

// Stacks are often sorted: what one has in common with the one before, up to a
// semicolon, was entered already.
ContextId CollapseReader::Enter(std::string_view stack) {
  const size_t common = CommonPrefix(stack_, stack);
  while (!entered_.empty() && entered_.back().end >= common) {
    entered_.pop_back();
  }
  stack_ = stack;
  Entered last = entered_.empty() ? Entered{} : entered_.back();
  size_t begin = entered_.empty() ? 0 : last.end + 1;
  do {
    const size_t end = std::min(stack.find(';', begin), stack.size());
    const Frame frame =
        frames_.Find(stack.substr(begin, end - begin),
                     [&](std::string_view text) { return ParseFrame(text); });
    last = {end, tree_.Enter(last.context, frame.function, last.line),
            frame.line};
    entered_.push_back(last);
    begin = end + 1;
  } while (last.end < stack.size());
  return last.context;
}

int64_t CollapseReader::Count(std::string_view text) {
  const auto count = ParseInt(text);
  return count ? *count : RoundedCount(text);
}

int64_t CollapseReader::RoundedCount(std::string_view text) {
  if (!IsNumber(text)) lines_.Fail("a count", text);
  constexpr double kLimit = 0x1p62;
  double count = kLimit;
  std::from_chars(text.data(), text.data() + text.size(), count);
  if (std::abs(count) >= kLimit) lines_.Fail("a count below 2^62", text);
  ++rounded_;
  return std::llround(count);
}

Frame CollapseReader::ParseFrame(std::string_view text) {
  const size_t blank = text.find(' ');
  const size_t colon = text.rfind(':');
  const bool has_place = blank != 0 && blank < colon && colon != text.npos &&
                         text[blank + 1] == '(' && text.ends_with(')');
  if (!has_place) return MakeFrame(builder_, text, "", "", 0);
  const auto line = ParseInt(text.substr(colon + 1, text.size() - colon - 2));
  if (!line || *line < 0) return MakeFrame(builder_, text, "", "", 0);
  return MakeFrame(builder_, text.substr(0, blank),
                   text.substr(blank + 2, colon - blank - 2), "", *line);
}

// All lines are stacks with a count, and one has several frames. The head may
// end within a line, even the first.
bool Sniff(std::string_view head) {
  LineCursor lines(head);
  bool has_frames = false;
  while (lines.Next()) {
    const std::string_view text = TrimEnd(lines.line());
    if (text.empty() || IsComment(text)) continue;
    const Line line(text);
    if (!IsNumber(line.count)) {
      const std::string_view frames = text.substr(0, text.rfind(';') + 1);
      return head.size() == kHeadBytes && !lines.Next() &&
             (has_frames || (!frames.empty() && IsPrintable(frames)));
    }
    has_frames |= line.stack.find(';') != line.stack.npos;
  }
  return has_frames;
}

Profile Read(std::string_view bytes) { return CollapseReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kCollapse = {
    .name = "collapse",
    .description = "collapsed stacks: py-spy, perf, inferno, FlameGraph",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
