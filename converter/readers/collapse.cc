// Collapsed stacks: a line each, as Brendan Gregg's stackcollapse scripts,
// inferno, py-spy (--format raw), async-profiler and many others write them.
//
//   main;parse (app.py:12);read (io.py:7) 42
//
// Frames from the root, behind the last blank how many samples had this stack.
// A frame "function (file:line)" whose function has no blank is py-spy's: the
// line is the one being executed, where the next frame was called; it does not
// tell functions apart. Any other frame is a function's name, marks such as
// "_[k]" included. Samplers of Python tell threads and more
// (python_samplers.h).
//
// Accepted: CR LF, blanks at the end of a line, empty lines, comments (a hash
// and a blank), negative counts. A stack without frames has one without a name.
// Counts that are no whole numbers are rounded, and that is counted.
// Threads that py-spy tells are frames, too, as gprof2dot has them.
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
#include "converter/readers/python_samplers.h"
#include "converter/readers/reader.h"
#include "converter/readers/thread_numbers.h"
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
        metrics_(StackMetrics::Find(bytes)),
        builder_(metrics_.Events()),
        costs_(builder_.profile().events.size()),
        tree_(costs_.size()) {}

  Profile Read() {
    while (lines_.Next()) ReadLine(TrimEnd(lines_.line()));
    Provenance& provenance = builder_.profile().provenance;
    provenance.counts = Origin::kAbsent;
    provenance.Note("count is no whole number: rounded",
                    "counts are no whole numbers: rounded", rounded_);
    builder_.profile().naming = Naming::kFileName;
    threads_.Name(builder_, ThreadName);
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
  size_t Begin(std::string_view stack);
  ContextId Enter(std::string_view stack);
  void ReadCosts(std::string_view text);
  int64_t RoundedCount(std::string_view text);
  Frame FrameOf(std::string_view text);

  LineCursor lines_;
  const StackMetrics metrics_;
  ProfileBuilder builder_;
  std::vector<int64_t> costs_;  // of the line, per event
  ContextTreeBuilder tree_;
  FrameMemo named_first_;         // frames "function (file:line)", and names
  FrameMemo placed_first_;        // frames "file:function:line"
  std::string_view stack_;        // the one before
  std::vector<Entered> entered_;  // its frames
  StackOrigin origin_;
  uint32_t thread_ = 0;
  ThreadNumbers threads_;  // by what stacks say of their origin
  int64_t rounded_ = 0;
};

void CollapseReader::ReadLine(std::string_view text) {
  if (text.empty() || IsComment(text)) return;
  const Line line(text);
  if (line.count.empty()) lines_.Fail("a stack and its count", text);
  ReadCosts(line.count);
  tree_.AddSelf(Enter(line.stack), costs_);
}

// Where the first frame begins that was not entered yet. Stacks are often
// sorted: what one has in common with the one before, up to a semicolon, was
// entered already, if that was in the same thread.
size_t CollapseReader::Begin(std::string_view stack) {
  const StackOrigin origin = FindOrigin(stack);
  const size_t common = CommonPrefix(stack_, stack);
  while (!entered_.empty() && entered_.back().end >= common) {
    entered_.pop_back();
  }
  if (stack_.empty() || origin.text != origin_.text) {
    entered_.clear();
    thread_ = threads_.Find(origin.text);
  }
  stack_ = stack;
  origin_ = origin;
  if (!entered_.empty()) return entered_.back().end + 1;
  const bool has_more = !origin.text.empty() && !origin.is_of_frames;
  return has_more ? std::min(origin.text.size() + 1, stack.size()) : 0;
}

ContextId CollapseReader::Enter(std::string_view stack) {
  size_t begin = Begin(stack);
  Entered last = entered_.empty() ? Entered{} : entered_.back();
  do {
    const size_t end = std::min(stack.find(';', begin), stack.size());
    const Frame frame = FrameOf(stack.substr(begin, end - begin));
    last = {end, tree_.Enter(last.context, frame.function, last.line, thread_),
            frame.line};
    entered_.push_back(last);
    begin = end + 1;
  } while (last.end < stack.size());
  return last.context;
}

void CollapseReader::ReadCosts(std::string_view text) {
  if (!metrics_.are_austins()) {
    const auto count = ParseInt(text);
    costs_[0] = count ? *count : RoundedCount(text);
  } else if (!metrics_.Read(text, costs_)) {
    lines_.Fail("what Austin measured", text);
  }
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

Frame CollapseReader::FrameOf(std::string_view text) {
  const auto make = [&](const FramePlace& place) {
    return MakeFrame(builder_, place.name, place.file, "", place.line);
  };
  if (origin_.has_places_first) {
    return placed_first_.Find(
        text, [&](std::string_view t) { return make(PlaceBefore(t)); });
  }
  return named_first_.Find(
      text, [&](std::string_view t) { return make(PlaceBehind(t)); });
}

// All lines are stacks with a count, and one has several frames. The head may
// end within a line, even the first.
bool Sniff(std::string_view head) {
  if (StackMetrics::Find(head).are_austins()) return true;
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
    .description =
        "collapsed stacks: py-spy, Austin, perf, inferno, FlameGraph",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
