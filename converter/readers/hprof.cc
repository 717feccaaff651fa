// The text that Java's HPROF agent writes: java -agentlib:hprof=cpu=samples, or
// cpu=times (up to JDK 8; format=a, the default).
//
//   TRACE 300042:
//   	java.io.UnixFileSystem.getLength(UnixFileSystem.java:Native method)
//   	app.Cache.load(Cache.java:87)
//   CPU SAMPLES BEGIN (total = 212) Mon Aug  4 22:22:24 2008
//   rank   self  accum   count trace method
//      1 44.34% 44.34%      94 300042 java.io.UnixFileSystem.getLength
//   CPU SAMPLES END
//
// A trace is a stack, the last method first, and begins with a tab; it may tell
// its thread, "TRACE 300042: (thread=200001)". A row has how many samples had
// the stack.
//
// Of cpu=times, "CPU TIME (ms) BEGIN (total = 5127)", a row's count is how
// often the method was called with this stack, and its own time is the
// percentage of the total: with two decimals, an estimate.
//
// A listing may be written several times while the program runs: the last has
// all that the others have. Methods are told apart by their names, as Java
// does; the line being executed is where the next method was called. HPROF cuts
// stacks (depth=4), which nothing in the file tells for certain.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/io/line_cursor.h"
#include "converter/readers/amount.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr std::string_view kTrace = "TRACE ";
constexpr std::string_view kSamples = "CPU SAMPLES BEGIN ";
constexpr std::string_view kTime = "CPU TIME (ms) BEGIN ";
constexpr std::string_view kTotal = "(total = ";
constexpr double kNanosecondsPerMillisecond = 1e6;

bool BeginsListing(std::string_view line) {
  return line.starts_with(kSamples) || line.starts_with(kTime);
}
bool EndsListing(std::string_view line) { return line.starts_with("CPU "); }

struct Trace {
  // Its lines.
  size_t begin = 0;
  size_t end = 0;
  ContextId context = {};  // none: not entered yet
};

// What the file says, before it is clear which events there are.
class Records {
 public:
  explicit Records(std::string_view bytes) : lines_(bytes) {
    while (lines_.Next()) {
      const std::string_view line = lines_.line();
      if (line.starts_with(kTrace)) {
        BeginTrace(line.substr(kTrace.size()));
      } else if (trace_ != nullptr && line.starts_with('\t')) {
        frames.push_back(Trim(line));
        trace_->end = frames.size();
      } else if (BeginsListing(line)) {
        ReadListing(line);
      } else {
        trace_ = nullptr;
      }
    }
    if (listings == 0) lines_.FailAtEnd("CPU SAMPLES or CPU TIME (ms)");
  }

  [[noreturn]] void Fail(const char* expected, std::string_view found) const {
    lines_.Fail(expected, found);
  }

  std::vector<std::string_view> frames;
  absl::flat_hash_map<int64_t, Trace> traces;
  std::string_view heading;  // of the last listing
  std::vector<std::string_view> rows;
  int64_t listings = 0;
  bool is_cut_short = false;

 private:
  void BeginTrace(std::string_view text) {
    const auto number = ParseInt(text.substr(0, text.find(':')));
    if (!number) lines_.Fail("the number of a trace", text);
    trace_ = &traces[*number];
    *trace_ = {frames.size(), frames.size()};
  }

  void ReadListing(std::string_view line) {
    trace_ = nullptr;
    ++listings;
    heading = line;
    rows.clear();
    while ((is_cut_short = !lines_.Next()) == false) {
      const std::string_view row = Trim(lines_.line());
      if (EndsListing(row)) return;
      if (!row.empty() && !row.starts_with("rank ")) rows.push_back(row);
    }
  }

  LineCursor lines_;
  Trace* trace_ = nullptr;  // the one being read
};

class HprofReader {
 public:
  explicit HprofReader(std::string_view bytes)
      : records_(bytes),
        has_times_(records_.heading.starts_with(kTime)),
        builder_(has_times_
                     ? EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}})
                     : EventSet({{"samples", "Samples", Unit::kCount}})),
        tree_(1) {}

  Profile Read() {
    total_ns_ = has_times_ ? ReadTotal() : 0;
    for (const std::string_view row : records_.rows) ReadRow(row);
    NoteOddities();
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  double ReadTotal() const;
  void ReadRow(std::string_view row);
  int64_t CostOf(std::string_view percent, int64_t count) const;
  ContextId Enter(Trace& trace);
  Frame ParseFrame(std::string_view text);
  void NoteOddities();

  Records records_;
  const bool has_times_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  FrameMemo methods_;  // by name
  double total_ns_ = 0;
  size_t most_frames_ = 0;
  int64_t deepest_ = 0;  // stacks that have so many
  int64_t without_trace_ = 0;
  int64_t without_frames_ = 0;
};

double HprofReader::ReadTotal() const {
  const size_t begin = records_.heading.find(kTotal);
  if (begin == std::string_view::npos) {
    records_.Fail("a total", records_.heading);
  }
  std::string_view text = records_.heading.substr(begin + kTotal.size());
  text = text.substr(0, text.find(')'));
  const auto total = ParseInt(text);
  if (!total || *total < 0) records_.Fail("a total of milliseconds", text);
  return static_cast<double>(*total) * kNanosecondsPerMillisecond;
}

void HprofReader::ReadRow(std::string_view row) {
  std::string_view rest = row;
  TakeWord(rest);  // the rank
  const std::string_view percent = TakeWord(rest);
  TakeWord(rest);  // the sum of percentages so far
  const auto count = ParseInt(TakeWord(rest));
  const auto number = ParseInt(TakeWord(rest));
  if (!count || *count < 0 || !number) {
    records_.Fail("rank, self, accum, count and trace", row);
  }
  const int64_t cost = CostOf(percent, *count);
  const auto found = records_.traces.find(*number);
  if (found == records_.traces.end()) {
    ++without_trace_;
    return;
  }
  const ContextId context = Enter(found->second);
  if (!context.is_valid()) {
    ++without_frames_;
    return;
  }
  tree_.AddSelf(context, {&cost, 1});
  if (has_times_) tree_.AddCalls(context, *count);
}

int64_t HprofReader::CostOf(std::string_view percent, int64_t count) const {
  if (!has_times_) return count;
  const std::optional<double> share =
      percent.ends_with('%')
          ? ParseDouble(percent.substr(0, percent.size() - 1))
          : std::nullopt;
  if (!share || !(*share >= 0 && *share <= 100)) {
    records_.Fail("a percentage", percent);
  }
  return LimitedCost(*share / 100 * total_ns_);
}

ContextId HprofReader::Enter(Trace& trace) {
  if (trace.context.is_valid()) return trace.context;
  uint32_t line = 0;
  size_t depth = 0;
  for (size_t i = trace.end; i-- > trace.begin;) {
    const Frame frame = ParseFrame(records_.frames[i]);
    if (!frame.function.is_valid()) continue;
    trace.context = tree_.Enter(trace.context, frame.function, line);
    line = frame.line;
    ++depth;
  }
  if (depth > most_frames_) deepest_ = 0;
  most_frames_ = std::max(most_frames_, depth);
  deepest_ += depth == most_frames_;
  return trace.context;
}

// None of "<empty>".
Frame HprofReader::ParseFrame(std::string_view text) {
  const size_t bracket = text.rfind('(');
  if (bracket == text.npos || !text.ends_with(')')) return {};
  std::string_view file = text.substr(bracket + 1);
  file.remove_suffix(1);
  const size_t colon = file.rfind(':');
  const auto line =
      colon == file.npos ? std::nullopt : ParseInt(file.substr(colon + 1));
  file = colon == file.npos ? "" : file.substr(0, colon);
  if (file.starts_with('<')) file = "";  // <Unknown Source>
  Frame frame =
      methods_.Find(text.substr(0, bracket), [&](std::string_view name) {
        return MakeFrame(builder_, name, file, "", 0);
      });
  frame.line = LineNumber(line.value_or(0));
  return frame;
}

void HprofReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  if (has_times_) {
    provenance.events[0].self = Origin::kEstimated;
    provenance.Note("time is known to two decimals of a percentage",
                    "times are known to two decimals of a percentage",
                    std::ssize(records_.rows));
  } else {
    provenance.counts = Origin::kAbsent;
  }
  const std::string frames = std::to_string(most_frames_);
  provenance.Note(
      "stack has " + frames + " frames: HPROF may have cut it (depth=)",
      "stacks have " + frames +
          " frames, the most of all: HPROF may have cut them (depth=)",
      deepest_ > 1 ? deepest_ : 0);
  provenance.Note("row has a trace that is not in the file: left out",
                  "rows have traces that are not in the file: left out",
                  without_trace_);
  provenance.Note("row has a trace without methods: left out",
                  "rows have traces without methods: left out",
                  without_frames_);
  provenance.Note("listing is cut short: it is taken as it is",
                  "listings are cut short: they are taken as they are",
                  records_.is_cut_short);
  provenance.Note("listing has another one behind it, with all that it has",
                  "listings have another one behind them, with all that they "
                  "have",
                  records_.listings - 1);
  provenance.lost = without_trace_ + without_frames_;
}

// Not of the binary format, which begins with the same words.
bool Sniff(std::string_view head) {
  LineCursor lines(head);
  return lines.Next() && lines.line().starts_with("JAVA PROFILE ") &&
         lines.line().find(", created ") != std::string_view::npos;
}

Profile Read(std::string_view bytes) { return HprofReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kHprof = {
    .name = "hprof",
    .description = "Java's HPROF as text: cpu=samples, cpu=times",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
