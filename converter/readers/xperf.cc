// What xperfview, of Microsoft's Windows Performance Toolkit, exports of
// samples of the CPU: comma-separated values.
//
//   Process Name, Stack, Module, Function, Weight, Count
//   app.exe, [Root]/ntdll.dll!RtlStart/app.exe!main, app.exe, main, 1.0005, 1
//
// The columns of these names stand in any order, among others, which are left
// out. A stack has its root first; "?" is none. The function that was sampled
// stands in columns of its own and need not be on the stack. A row stands for
// so many samples (Count), each of so many milliseconds (Weight).
//
// Functions are told apart by process and module: a module is its functions'
// file, a process their object. A frame without "!" has no module. Names may
// have quotes around them (csv_cursor.h), which gprof2dot does not know. A
// slash in a name, as of operator/, is taken for the end of its frame, but for
// the last one's.
//
// The process Idle is left out, and counted. So are rows of another number of
// fields than there are names: those are lost.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/io/csv_cursor.h"
#include "converter/readers/amount.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr std::string_view kNames[] = {"Process Name", "Stack",  "Module",
                                       "Function",     "Weight", "Count"};
enum Column { kProcess, kStack, kModule, kFunction, kWeight, kCount };

constexpr std::string_view kRoot = "[Root]";
constexpr double kNanosecondsPerMillisecond = 1e6;

// Where the columns stand in a row.
using Places = std::array<size_t, std::size(kNames)>;

std::optional<Places> FindPlaces(const std::vector<std::string_view>& names) {
  Places places;
  for (size_t column = 0; column < places.size(); ++column) {
    const auto found =
        std::ranges::find(names, kNames[column],
                          [](std::string_view name) { return TrimEnd(name); });
    if (found == names.end()) return std::nullopt;
    places[column] = static_cast<size_t>(found - names.begin());
  }
  return places;
}

class XperfReader {
 public:
  explicit XperfReader(std::string_view bytes)
      : rows_(bytes),
        builder_(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                           {"samples", "Samples", Unit::kCount}})),
        tree_(2) {}

  Profile Read() {
    ReadNames();
    while (rows_.Next()) ReadRow();
    NoteOddities();
    builder_.profile().naming = Naming::kFileName;
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  void ReadNames();
  void ReadRow();
  std::string_view Field(Column column) const {
    return rows_.fields()[places_[column]];
  }
  std::array<int64_t, 2> ReadCosts() const;
  ContextId EnterCallers();
  Frame FrameOf(std::string_view text, FrameMemo& memo);
  Frame SampledFrame();
  void NoteOddities();

  CsvCursor rows_;
  Places places_ = {};
  size_t columns_ = 0;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  absl::flat_hash_map<std::string_view, FrameMemo> frames_;  // by process
  int64_t without_stack_ = 0;
  int64_t idle_ = 0;
  int64_t lost_ = 0;
};

void XperfReader::ReadNames() {
  if (!rows_.Next()) rows_.FailAtEnd("names of columns");
  columns_ = rows_.fields().size();
  const std::optional<Places> places = FindPlaces(rows_.fields());
  if (!places) {
    rows_.Fail(
        "the columns Process Name, Stack, Module, Function, Weight and Count");
  }
  places_ = *places;
}

void XperfReader::ReadRow() {
  if (rows_.fields().size() != columns_) {
    ++lost_;
    return;
  }
  const std::array<int64_t, 2> costs = ReadCosts();
  if (Field(kProcess) == "Idle") {
    ++idle_;
    return;
  }
  const ContextId caller = EnterCallers();
  tree_.AddSelf(tree_.Enter(caller, SampledFrame().function, 0), costs);
}

std::array<int64_t, 2> XperfReader::ReadCosts() const {
  const auto count = ParseInt(TrimEnd(Field(kCount)));
  if (!count || *count < 0) rows_.Fail("a Count of samples");
  const auto weight = ParseDouble(TrimEnd(Field(kWeight)));
  if (!weight || !(*weight >= 0)) rows_.Fail("a Weight in milliseconds");
  const double ns =
      *weight * static_cast<double>(*count) * kNanosecondsPerMillisecond;
  return {LimitedCost(ns), *count};
}

// The stack without the sampled function at its end, if that is there.
ContextId XperfReader::EnterCallers() {
  std::string_view stack = Field(kStack);
  without_stack_ += stack == "?";
  if (stack == "?") return {};
  const std::string sampled =
      "/" + std::string(Field(kModule)) + "!" + std::string(Field(kFunction));
  if (stack.ends_with(sampled)) stack.remove_suffix(sampled.size());
  FrameMemo& memo = frames_[Field(kProcess)];
  ContextId context;
  for (bool is_first = true; !stack.empty(); is_first = false) {
    const size_t end = std::min(stack.find('/'), stack.size());
    const std::string_view text = stack.substr(0, end);
    stack.remove_prefix(std::min(end + 1, stack.size()));
    if (text.empty() || (is_first && text == kRoot)) continue;
    context = tree_.Enter(context, FrameOf(text, memo).function, 0);
  }
  return context;
}

Frame XperfReader::FrameOf(std::string_view text, FrameMemo& memo) {
  return memo.Find(text, [&](std::string_view t) {
    const size_t end = t.find('!');
    const bool has_module = end != t.npos;
    return MakeFrame(builder_, has_module ? t.substr(end + 1) : t,
                     has_module ? t.substr(0, end) : "", Field(kProcess), 0);
  });
}

Frame XperfReader::SampledFrame() {
  return MakeFrame(builder_, Field(kFunction), Field(kModule), Field(kProcess),
                   0);
}

void XperfReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.lost = lost_;
  provenance.Note("row has no stack: its function stands alone",
                  "rows have no stack: their functions stand alone",
                  without_stack_);
  provenance.Note("row is of the process Idle: left out",
                  "rows are of the process Idle: left out", idle_);
  provenance.Note("row has more or fewer fields than names: left out",
                  "rows have more or fewer fields than names: left out", lost_);
}

bool Sniff(std::string_view head) {
  CsvCursor rows(head);
  try {
    return rows.Next() && FindPlaces(rows.fields());
  } catch (const Error&) {
    return false;  // quotes that are not those of a table
  }
}

Profile Read(std::string_view bytes) { return XperfReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kXperf = {
    .name = "xperf",
    .description = "samples of the CPU, as xperfview exports them (CSV)",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
