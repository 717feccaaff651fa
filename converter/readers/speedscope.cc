// speedscope's files (speedscope.app/file-format-schema.json), which py-spy,
// rbspy, dotnet-trace and others write, too:
//
//   {"$schema": "https://www.speedscope.app/file-format-schema.json",
//    "exporter": "py-spy@0.4.3",
//    "shared": {"frames": [{"name": "main", "file": "app.py", "line": 9}]},
//    "profiles": [
//     {"type": "sampled", "name": "Thread 1", "unit": "seconds",
//      "startValue": 0, "endValue": 0.5,
//      "samples": [[0], [0, 0]], "weights": [0.2, 0.3]},
//     {"type": "evented", "name": "Thread 2", "unit": "seconds",
//      "startValue": 1, "endValue": 2,
//      "events": [{"type": "O", "frame": 0, "at": 1},
//                 {"type": "C", "frame": 0, "at": 2}]}]}
//
// A sample is a stack of frames by their place, the root first. Events open and
// close frames; time that passes is the cost of the one that is open last, and
// nobody's where none is.
//
// Profiles in one unit are one event: "ns" for seconds and their parts,
// "bytes", and "samples" where there is none (as millionths, if there are
// fractions). If an event has several profiles, they are threads by their
// names. Our own files say more: see writers/speedscope.cc.
//
// A line is the function's first, but py-spy and rbspy have the one that is
// executed there, where the next frame was called; it does not tell functions
// apart. Events do not count calls: speedscope saves samples so, too.
//
// Members may come in any order, and others are skipped. Accepted and counted:
// samples without frames; weights that are too large, or too small to be seen;
// times before that of the event before, as rounding makes them; frames that
// stay open.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/readers/amount.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "converter/readers/speedscope_contents.h"
#include "converter/readers/speedscope_parts.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

using Contents = SpeedscopeContents;

class SpeedscopeReader {
 public:
  explicit SpeedscopeReader(const Contents& contents)
      : contents_(contents),
        parts_(SpeedscopePartsOf(contents)),
        columns_(FindSpeedscopeColumns(contents, parts_)),
        builder_(EventsOf(columns_)),
        tree_(columns_.size()),
        costs_(columns_.size()) {}

  Profile Read();

 private:
  struct OpenFrame {
    uint32_t frame;
    ContextId context;
  };

  bool HasExecutedLines() const {
    return contents_.exporter.starts_with("py-spy") ||
           contents_.exporter.starts_with("rbspy");
  }
  void AddFrames();
  const Frame& FrameAt(uint32_t number, size_t offset) const;
  void ReadSamples(const SpeedscopePart& part);
  ContextId EnterStack(size_t stack, uint32_t thread);
  void ReadEvents(const SpeedscopePart& part);
  int64_t TimeOf(const SpeedscopePart& part, Amount at);
  void PassTime(const SpeedscopePart& part, int64_t until);
  void Open(const SpeedscopePart& part, const Contents::Event& event);
  void Close(const Contents::Event& event);
  void AddCost(ContextId context, size_t column, int64_t cost);
  void NoteOddities();

  const Contents& contents_;
  std::vector<SpeedscopePart> parts_;
  const std::vector<AmountColumn> columns_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  std::vector<Frame> frames_;   // per frame of the file
  std::vector<int64_t> costs_;  // a row, of zeros but while it is added
  std::vector<OpenFrame> open_;
  int64_t now_ = 0;  // of events, since the start
  int64_t without_frames_ = 0;
  int64_t out_of_range_ = 0;
  int64_t early_ = 0;
  int64_t left_open_ = 0;
};

Profile SpeedscopeReader::Read() {
  Profile& profile = builder_.profile();
  profile.naming = Naming::kFileName;
  if (contents_.exporter.starts_with("prof2cg ")) {
    profile.command = contents_.name;
  }
  for (const std::string_view thread : FindSpeedscopeThreads(parts_)) {
    profile.threads.push_back(builder_.Intern(thread));
  }
  AddFrames();
  for (const SpeedscopePart& part : parts_) {
    part.profile->is_evented ? ReadEvents(part) : ReadSamples(part);
  }
  NoteOddities();
  Profile read = std::move(builder_).Build();
  read.contexts = std::move(tree_).Build();
  return read;
}

void SpeedscopeReader::AddFrames() {
  const bool are_executed = HasExecutedLines();
  for (const Contents::Frame& frame : contents_.frames) {
    const FunctionId function = builder_.AddFunction(
        {builder_.Intern(frame.name), builder_.Intern(frame.file),
         builder_.Intern(frame.object), are_executed ? 0 : frame.line});
    frames_.push_back({function, are_executed ? frame.line : 0});
  }
}

const Frame& SpeedscopeReader::FrameAt(uint32_t number, size_t offset) const {
  if (number < frames_.size()) return frames_[number];
  throw Error("frame " + std::to_string(number) + " of " +
                  std::to_string(frames_.size()) + " is named before",
              offset);
}

void SpeedscopeReader::ReadSamples(const SpeedscopePart& part) {
  const size_t samples = part.profile->stacks_end - part.stacks_begin;
  for (size_t i = 0; i < samples; ++i) {
    const ContextId context = EnterStack(part.stacks_begin + i, part.thread);
    const auto cost =
        CostOf(contents_.weights[part.weights_begin + i], part.size);
    if (!context.is_valid()) {
      ++without_frames_;
    } else if (cost) {
      AddCost(context, part.column, *cost);
    } else {
      ++out_of_range_;
    }
  }
}

ContextId SpeedscopeReader::EnterStack(size_t stack, uint32_t thread) {
  ContextId context;
  uint32_t line = 0;
  const auto [end, offset] = contents_.stacks[stack];
  for (size_t i = stack == 0 ? 0 : contents_.stacks[stack - 1].end; i < end;
       ++i) {
    const Frame& frame = FrameAt(contents_.stack_frames[i], offset);
    context = tree_.Enter(context, frame.function, line, thread);
    line = frame.line;
  }
  return context;
}

void SpeedscopeReader::ReadEvents(const SpeedscopePart& part) {
  now_ = 0;
  open_.clear();
  for (size_t i = part.events_begin; i < part.profile->events_end; ++i) {
    const Contents::Event& event = contents_.events[i];
    const int64_t at = TimeOf(part, event.at);
    early_ += at < now_;
    PassTime(part, at);
    event.opens ? Open(part, event) : Close(event);
  }
  left_open_ += std::ssize(open_);
  PassTime(part, TimeOf(part, part.profile->end));
}

int64_t SpeedscopeReader::TimeOf(const SpeedscopePart& part, Amount at) {
  if (const auto time = Rounded(at - part.profile->start, part.size)) {
    return *time;
  }
  ++out_of_range_;
  return now_;
}

void SpeedscopeReader::PassTime(const SpeedscopePart& part, int64_t until) {
  if (until <= now_) return;
  if (!open_.empty()) {
    AddCost(open_.back().context, part.column, until - now_);
  }
  now_ = until;
}

void SpeedscopeReader::Open(const SpeedscopePart& part,
                            const Contents::Event& event) {
  const OpenFrame caller = open_.empty() ? OpenFrame{} : open_.back();
  const Frame& frame = FrameAt(event.frame, event.offset);
  const uint32_t line = open_.empty() ? 0 : frames_[caller.frame].line;
  open_.push_back({event.frame, tree_.Enter(caller.context, frame.function,
                                            line, part.thread)});
}

void SpeedscopeReader::Close(const Contents::Event& event) {
  if (open_.empty() || open_.back().frame != event.frame) {
    throw Error(
        "the event before closes frame " + std::to_string(event.frame) +
            (open_.empty()
                 ? ", and none is open"
                 : ", and " + std::to_string(open_.back().frame) + " is open"),
        event.offset);
  }
  open_.pop_back();
}

void SpeedscopeReader::AddCost(ContextId context, size_t column, int64_t cost) {
  costs_[column] = cost;
  tree_.AddSelf(context, costs_);
  costs_[column] = 0;
}

void SpeedscopeReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.Note("sample has no frames: left out",
                  "samples have no frames: left out", without_frames_);
  provenance.Note("figure is too large or too small: left out",
                  "figures are too large or too small: left out",
                  out_of_range_);
  provenance.Note("event is earlier than the one before: taken at its time",
                  "events are earlier than those before: taken at their time",
                  early_);
  provenance.Note("frame stays open: it is taken to end with its profile",
                  "frames stay open: they are taken to end with their profile",
                  left_open_);
  provenance.lost = without_frames_ + out_of_range_;
}

// An object that names the schema, or begins with what only it has.
bool Sniff(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  std::string text;  // without blanks
  std::ranges::copy_if(head, std::back_inserter(text), [](char c) {
    return std::string_view(" \t\r\n").find(c) == std::string_view::npos;
  });
  if (!text.starts_with('{')) return false;
  constexpr std::string_view kSchema = "speedscope.app/file-format-schema.json";
  return text.find(kSchema) != text.npos ||
         text.starts_with("{\"shared\":{\"frames\":[") ||
         text.starts_with("{\"profiles\":[{\"type\":\"sampled\"") ||
         text.starts_with("{\"profiles\":[{\"type\":\"evented\"");
}

Profile Read(std::string_view bytes) {
  const Contents contents = ParseSpeedscopeContents(bytes);
  return SpeedscopeReader(contents).Read();
}

}  // namespace

extern constinit const Reader kSpeedscope = {
    .name = "speedscope",
    .description = "speedscope's JSON: py-spy, rbspy, speedscope.app itself",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
