// Snapshots (converter/io/snapshot_format.h).
#include "graph/passes/snapshot.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "converter/io/line_cursor.h"
#include "converter/io/model_words.h"
#include "converter/io/snapshot_format.h"
#include "converter/names/python_package.h"
#include "converter/readers/reader.h"
#include "converter/readers/snapshot_words.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

using namespace snapshot;

// Lines that tell something, without the blanks at their ends.
class Lines {
 public:
  explicit Lines(std::string_view bytes) : cursor_(bytes) {}

  bool Next() {
    while (cursor_.Next()) {
      line_ = TrimEnd(cursor_.line());
      if (IsConflict(line_)) {
        cursor_.Fail("no merge conflict: make the snapshot anew", line_);
      }
      if (!line_.empty() && !line_.starts_with('#')) return true;
    }
    return false;
  }
  // Fails where there is none.
  void Need(const char* what) {
    if (!Next()) cursor_.FailAtEnd(what);
  }

  std::string_view line() const { return line_; }
  size_t indent() const { return line_.find_first_not_of(' '); }
  SnapshotWords Words() const { return {cursor_, line_.substr(indent())}; }
  // Whether the line begins with that word.
  bool IsOf(std::string_view word) const { return Words().TakeWord() == word; }
  [[noreturn]] void Fail(const char* what) const { cursor_.Fail(what, line_); }

 private:
  LineCursor cursor_;
  std::string_view line_;
};

struct Header {
  Naming naming = Naming::kObjectName;
  double least = 0;
  bool is_uncounted = false;
  bool are_calls_uncounted = false;
  std::vector<Event> events;
};

void ReadVersion(Lines& lines) {
  lines.Need("a snapshot");
  SnapshotWords words = lines.Words();
  if (words.TakeWord() != kVersionWord) lines.Fail("\"snapshot 1\"");
  if (words.TakeWord() != kVersion) lines.Fail("version 1 of snapshots");
  words.TakeEnd();
}

Naming ReadNaming(Lines& lines) {
  lines.Need("\"naming\"");
  SnapshotWords words = lines.Words();
  if (words.TakeWord() != kNamingWord) lines.Fail("\"naming\"");
  const size_t naming =
      words.TakeOneOf(words::kNamings, "module-line, object or file");
  words.TakeEnd();
  return static_cast<Naming>(naming);
}

Event ReadEvent(const Lines& lines, const std::vector<Event>& before) {
  SnapshotWords words = lines.Words();
  words.TakeWord();
  Event event;
  event.name = words.TakeText("the name of an event");
  event.unit = static_cast<Unit>(
      words.TakeOneOf(words::kUnits, "a unit: ns, bytes or count"));
  event.long_name = words.TakeText("what the event is");
  words.TakeEnd();
  if (std::ranges::count(before, event.name, &Event::name) != 0) {
    lines.Fail("another event than those before");
  }
  if (before.size() == kMostEvents) lines.Fail("no more than 100 events");
  return event;
}

// From percent to a part.
double ReadLeast(const Lines& lines) {
  SnapshotWords words = lines.Words();
  words.TakeWord();
  const std::string_view text = words.TakeWord();
  double percent = 0;
  const char* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, percent);
  if (error != std::errc() || last != end || !(percent >= 0) ||
      !std::isfinite(percent)) {
    lines.Fail("\"least\" and a percentage");
  }
  words.TakeEnd();
  return percent / 100;
}

// Stops at the line of totals.
Header ReadHeader(Lines& lines) {
  constexpr std::string_view kUncounted[] = {kOfFunctions, kOfCalls};
  Header header;
  ReadVersion(lines);
  header.naming = ReadNaming(lines);
  for (lines.Need("\"total\""); !lines.IsOf(kTotalWord);
       lines.Need("\"total\"")) {
    if (lines.IsOf(kLeastWord)) {
      header.least = ReadLeast(lines);
    } else if (lines.IsOf(kEventWord)) {
      header.events.push_back(ReadEvent(lines, header.events));
    } else if (lines.IsOf(kUncountedWord)) {
      SnapshotWords words = lines.Words();
      words.TakeWord();
      const size_t what = words.TakeOneOf(kUncounted, "functions or calls");
      words.TakeEnd();
      (what == 0 ? header.is_uncounted : header.are_calls_uncounted) = true;
    } else {
      lines.Fail("\"least\", \"uncounted\", \"event\" or \"total\"");
    }
  }
  return header;
}

// Of all functions.
struct Sums {
  explicit Sums(size_t events) : self(events) { self.Resize(1); }

  CallCounts counts;
  CostTable self;  // one row
};

int64_t Differences(const Sums& a, const Sums& b) {
  int64_t differences = a.counts != b.counts;
  for (size_t e = 0; e < a.self.events(); ++e) {
    differences += a.self[0][e] != b.self[0][e];
  }
  return differences;
}

class SnapshotReader {
 public:
  explicit SnapshotReader(std::string_view bytes)
      : lines_(bytes),
        header_(ReadHeader(lines_)),
        builder_(header_.events.empty() ? CallsAlone()
                                        : EventSet(header_.events)),
        self_(events()),
        inclusive_(events()),
        told_(events()),
        sum_(events()) {}

  Profile Read();

 private:
  // Where functions are.
  struct Place {
    StringId file;
    StringId object;
  };

  void ReadTotal();
  void ReadLine();
  void ReadFunction();
  void ReadCall();

  Place TakePlace(SnapshotWords& words);
  StringId PackageOf(StringId file);
  static CallCounts TakeCounts(SnapshotWords& words);
  void NoteOddities();
  void SetProvenance(Profile& profile) const;

  size_t events() { return builder_.profile().events.size(); }

  Lines lines_;
  const Header header_;
  ProfileBuilder builder_;
  std::vector<StringId> packages_;  // by file; not valid: not asked for yet
  std::optional<Place> place_;      // of the functions that come
  FunctionId caller_;               // the function before
  std::vector<int64_t> self_;       // costs of a line; zeros if there are none
  std::vector<int64_t> inclusive_;
  Sums told_;             // by the file, of all functions
  Sums sum_;              // of those that came
  int64_t numbered_ = 0;  // of them
};

Profile SnapshotReader::Read() {
  ReadTotal();
  while (lines_.Next()) ReadLine();
  NoteOddities();
  Profile profile = std::move(builder_).Build();
  profile.naming = header_.naming;
  SetProvenance(profile);
  return profile;
}

void SnapshotReader::ReadTotal() {
  SnapshotWords words = lines_.Words();
  words.TakeWord();
  told_.counts = TakeCounts(words);
  for (size_t e = 0; e < header_.events.size(); ++e) {
    told_.self[0][e] = words.TakeFigure("the sum of a cost");
  }
  words.TakeEnd();
}

void SnapshotReader::ReadLine() {
  switch (lines_.indent()) {
    case 0: {
      SnapshotWords words = lines_.Words();
      place_ = TakePlace(words);
      caller_ = FunctionId();
      return words.TakeEnd();
    }
    case kFunctionIndent:
      return ReadFunction();
    case kCallIndent:
      return ReadCall();
    default:
      lines_.Fail("0, 2 or 4 blanks at the beginning");
  }
}

void SnapshotReader::ReadFunction() {
  if (!place_) lines_.Fail("a file before its functions");
  SnapshotWords words = lines_.Words();
  const auto [name, number] = words.TakeName("a function");
  numbered_ += number != 0;
  const FunctionId function = builder_.AddFunction(
      {builder_.Intern(name), place_->file, place_->object, number});
  if (words.TakeMark()) builder_.MarkEstimated(function);
  const CallCounts counts = TakeCounts(words);
  for (size_t e = 0; e < header_.events.size(); ++e) {
    const auto [self, inclusive] = words.TakeFigures("the cost of a function");
    self_[e] = self;
    inclusive_[e] = inclusive;
  }
  words.TakeEnd();
  builder_.AddCounts(function, counts);
  builder_.AddSelf(function, self_);
  builder_.AddInclusive(function, inclusive_);
  sum_.counts += counts;
  sum_.self.Add(0, self_);
  caller_ = function;
}

void SnapshotReader::ReadCall() {
  if (!caller_.is_valid()) lines_.Fail("a function before its calls");
  SnapshotWords words = lines_.Words();
  const auto [name, number] = words.TakeName("a function");
  const StringId callee = builder_.Intern(name);
  const Place place = words.are_figures() ? *place_ : TakePlace(words);
  const bool is_estimated = words.TakeMark();
  const CallCounts counts = TakeCounts(words);
  for (size_t e = 0; e < header_.events.size(); ++e) {
    inclusive_[e] = words.TakeFigure("the cost of a call");
  }
  words.TakeEnd();
  const FunctionId function =
      builder_.AddFunction({callee, place.file, place.object, number});
  builder_.AddCall({caller_, function, 0, counts}, inclusive_, {});
  if (is_estimated) builder_.MarkEstimated(builder_.calls() - 1);
}

SnapshotReader::Place SnapshotReader::TakePlace(SnapshotWords& words) {
  const StringId file = builder_.Intern(words.TakeText("a file"));
  const bool has_object = !words.are_over() && !words.are_figures();
  return {file, has_object ? builder_.Intern(words.TakeText("an object"))
                           : PackageOf(file)};
}

StringId SnapshotReader::PackageOf(StringId file) {
  if (header_.naming != Naming::kModuleLineName) return builder_.Intern("");
  if (file.row() >= packages_.size()) packages_.resize(file.row() + 1);
  StringId& package = packages_[file.row()];
  if (!package.is_valid()) {
    package = builder_.Intern(PythonPackage(builder_.Text(file)));
  }
  return package;
}

CallCounts SnapshotReader::TakeCounts(SnapshotWords& words) {
  const auto [total, primitive] = words.TakeFigures("a number of calls");
  return {total, primitive};
}

void SnapshotReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.Note(
      "total is not the sum of its functions: the file was merged or edited",
      "totals are not the sums of their functions: the file was merged or "
      "edited",
      Differences(told_, sum_));
  provenance.Note("function has a number instead of its line",
                  "functions have numbers instead of their lines", numbered_);
}

void SnapshotReader::SetProvenance(Profile& profile) const {
  Provenance& provenance = profile.provenance;
  provenance.is_complete = true;
  provenance.least_told = header_.least;
  if (header_.is_uncounted) provenance.counts = Origin::kAbsent;
  if (header_.are_calls_uncounted) provenance.call_counts = Origin::kAbsent;
  for (Provenance::Columns& columns : provenance.events) {
    columns.call_self = Origin::kAbsent;
  }
  if (header_.events.empty()) CountCallsAsCost(profile);
}

// Comments, and then the version.
bool Sniff(std::string_view head) {
  LineCursor lines(head);
  while (lines.Next()) {
    const std::string_view line = TrimEnd(lines.line());
    if (line.empty() || line.starts_with('#')) continue;
    const size_t word = kVersionWord.size();
    return line.starts_with(kVersionWord) && line.substr(word, 1) == " " &&
           ParseInt(line.substr(word + 1));
  }
  return false;
}

Profile Read(std::string_view bytes) { return SnapshotReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kSnapshotReader = {
    .name = "snapshot",
    .description = "calls and allocations, as prof2cg snapshot writes them",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
