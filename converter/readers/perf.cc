// Samples of Linux' perf, as `perf script` prints them.
//
//   w  6485 79231.571069:   10101010   cpu-clock:
//           119f even+0xf (/home/me/w)
//           12bd main+0x23 (/home/me/w)
//
//   w  6485 79231.581069:      1 page-faults:  12bd main+0x23 (/home/me/w)
//
// A header (perf_header.h), the stack with the last function first, an empty
// line; a sample without a call chain has its function in the header. A
// function is a symbol of a module, which is its object; where no symbol is
// known, an address. With -F +srcline a line "w.c:12" stands behind a frame.
//
// Every sample counts as one, of whatever event, as gprof2dot has it: that is
// the event samples. Beside it there is one for each event of perf's by which
// samples weigh as many events as they stand for (their period) and, if there
// are several, one that counts the samples of each.
//
// Accepted and counted: samples without a stack. Other than gprof2dot: modules
// with parentheses in their names, "(deleted)", samples without call chains,
// several empty lines.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/io/line_cursor.h"
#include "converter/readers/event_columns.h"
#include "converter/readers/frames.h"
#include "converter/readers/perf_header.h"
#include "converter/readers/reader.h"
#include "converter/readers/thread_numbers.h"
#include "graph/context_tree_builder.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr size_t kMostEvents = 64;  // of perf's

bool IsFrame(std::string_view line) {
  return IsIndented(line) && IsPerfFrame(Trim(line));
}

// Where "(module)" begins, at the end of a frame; parentheses in it come in
// pairs.
size_t ModuleIn(std::string_view frame) {
  int depth = 0;
  for (size_t i = frame.size(); i-- > 0;) {
    if (frame[i] == ')') ++depth;
    if (frame[i] == '(' && --depth == 0) return i;
  }
  return frame.size();
}

// An event of perf's, and the columns that it has.
struct PerfEvent {
  std::string_view name;
  bool has_periods = false;
  size_t samples = 0;  // 0: it is the only one
  size_t periods = 0;  // 0: they are not told
};

// All events of a file, found before anything else is read.
class PerfEvents {
 public:
  explicit PerfEvents(std::string_view bytes);

  const EventSet& set() const { return events_; }
  const PerfEvent* Find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &list_[found->second];
  }

 private:
  void Collect(std::string_view bytes);

  std::vector<PerfEvent> list_;
  absl::flat_hash_map<std::string_view, size_t> index_;
  EventSet events_;
};

PerfEvents::PerfEvents(std::string_view bytes) {
  Collect(bytes);
  std::vector<Event> events = {{"samples", "Samples", Unit::kCount}};
  EventNames names;
  names.Add(events[0].name);
  const auto add = [&](const std::string& name, const std::string& long_name,
                       Unit unit) {
    events.push_back({names.Add(name), long_name, unit});
    return events.size() - 1;
  };
  for (PerfEvent& event : list_) {
    if (!event.has_periods) continue;
    const std::string name(event.name);
    const bool is_time = name == "cpu-clock" || name == "task-clock";
    event.periods =
        is_time ? add(EventIdentifier(name), name + " [ns]", Unit::kNanoseconds)
                : add(EventIdentifier(name), name, Unit::kCount);
  }
  for (PerfEvent& event : list_) {
    if (list_.size() == 1) continue;
    const std::string name(event.name);
    event.samples = add(EventIdentifier(name) + "_samples",
                        "Samples of " + name, Unit::kCount);
  }
  events_ = EventSet(std::move(events));
}

void PerfEvents::Collect(std::string_view bytes) {
  LineCursor lines(bytes);
  while (lines.Next()) {
    const std::string_view line = lines.line();
    if (line.empty() || line[0] == '#' || line[0] == '\t' || IsFrame(line)) {
      continue;
    }
    const PerfHeader header = ParsePerfHeader(line);
    if (header.event.empty()) continue;
    const auto [place, is_new] = index_.try_emplace(header.event, list_.size());
    if (is_new) {
      if (list_.size() == kMostEvents) {
        lines.Fail("at most 64 events", header.event);
      }
      list_.push_back({header.event});
    }
    list_[place->second].has_periods |= header.period.has_value();
  }
}

class PerfReader {
 public:
  explicit PerfReader(std::string_view bytes)
      : lines_(bytes),
        events_(bytes),
        costs_(events_.set().size()),
        builder_(events_.set()),
        tree_(costs_.size()) {}

  Profile Read();

 private:
  void ReadLine(std::string_view line);
  void Begin(const PerfHeader& header);
  bool AddLine(std::string_view text);
  void AddFrame(std::string_view text);
  void Close();
  Frame ParseFrame(std::string_view text);

  LineCursor lines_;
  const PerfEvents events_;
  std::vector<int64_t> costs_;  // of the sample
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  FrameMemo frames_;
  std::vector<Frame> stack_;  // the last function first
  bool is_open_ = false;      // a sample has begun
  uint32_t thread_ = 0;
  ThreadNumbers threads_;
  int64_t without_stack_ = 0;
};

Profile PerfReader::Read() {
  while (lines_.Next()) ReadLine(lines_.line());
  Close();
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.lost = without_stack_;
  provenance.Note("sample has no stack: left out",
                  "samples have no stack: left out", without_stack_);
  builder_.profile().naming = Naming::kObjectName;
  threads_.Name(builder_);
  Profile profile = std::move(builder_).Build();
  profile.contexts = std::move(tree_).Build();
  return profile;
}

// Samples of tracepoints may follow each other without an empty line.
void PerfReader::ReadLine(std::string_view line) {
  const std::string_view text = Trim(line);
  if (text.empty()) return Close();
  if (line[0] == '#') return;
  const bool is_frame = IsIndented(line) && (IsPerfFrame(text) || is_open_);
  if (is_frame && !is_open_) lines_.Fail("a sample before its stack", text);
  if (is_frame && AddLine(text)) return;
  const PerfHeader header = ParsePerfHeader(line);
  if (is_open_ && header.event.empty()) {
    lines_.Fail("a frame, ADDRESS SYMBOL (MODULE)", text);
  }
  Close();
  Begin(header);
}

void PerfReader::Begin(const PerfHeader& header) {
  std::ranges::fill(costs_, 0);
  costs_[0] = 1;
  if (const PerfEvent* event = events_.Find(header.event)) {
    if (event->periods != 0) costs_[event->periods] = header.period.value_or(1);
    if (event->samples != 0) costs_[event->samples] = 1;
  }
  thread_ = threads_.Find(header.thread);
  is_open_ = true;
  if (!header.frame.empty()) AddFrame(header.frame);
}

// Of an open sample; false: it is no part of one.
bool PerfReader::AddLine(std::string_view text) {
  if (IsPerfFrame(text)) {
    AddFrame(text);
    return true;
  }
  const size_t colon = text.rfind(':');
  if (colon == text.npos || text.find_first_of(kBlanks) != text.npos) {
    return false;
  }
  const auto line = ParseInt(text.substr(colon + 1));
  if (!line || stack_.empty()) return false;
  stack_.back().line = LineNumber(*line);
  return true;
}

// The text of a function without a symbol is its address.
void PerfReader::AddFrame(std::string_view text) {
  const size_t blank = text.find_first_of(kBlanks);
  const std::string_view symbol = Trim(text.substr(blank));
  const bool is_known =
      !symbol.starts_with("[unknown]") && !symbol.starts_with('(');
  stack_.push_back(
      frames_.Find(is_known ? symbol : text,
                   [&](std::string_view t) { return ParseFrame(t); }));
}

Frame PerfReader::ParseFrame(std::string_view text) {
  const size_t begin = ModuleIn(text);
  std::string_view module = text.substr(std::min(begin + 1, text.size()));
  if (!module.empty()) module.remove_suffix(1);
  std::string_view symbol = TrimEnd(text.substr(0, begin));
  const size_t unknown = symbol.find(" [unknown]");
  if (unknown != symbol.npos) symbol = TrimEnd(symbol.substr(0, unknown));
  return MakeFrame(builder_, CutOffset(symbol), "", module, 0);
}

void PerfReader::Close() {
  if (!is_open_) return;
  is_open_ = false;
  without_stack_ += stack_.empty();
  if (stack_.empty()) return;
  const auto itself = [](const Frame& frame) { return frame; };
  tree_.AddSelf(EnterStack(tree_, stack_, itself, thread_), costs_);
}

// A header and, in it or on the next line, a frame.
bool Sniff(std::string_view head) {
  LineCursor lines(head);
  while (lines.Next()) {
    const std::string_view text = Trim(lines.line());
    if (text.empty() || text[0] == '#') continue;
    const PerfHeader header = ParsePerfHeader(lines.line());
    if (!header.frame.empty()) return true;
    const bool is_header = !header.event.empty() || !IsIndented(lines.line());
    return is_header && lines.Next() && IsFrame(lines.line());
  }
  return false;
}

Profile Read(std::string_view bytes) { return PerfReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kPerf = {
    .name = "perf",
    .description = "Linux' perf, as perf script prints it",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
