// pstats dumps: what cProfile, profile and pstats.Stats.dump_stats write.
//
// One marshalled dict (CPython Lib/cProfile.py, snapshot_stats; Lib/pstats.py):
//
//   {(file, line, name): (cc, nc, tt, ct, {caller key: call})}
//
// cc = primitive calls, nc = all calls, tt = self and ct = inclusive seconds.
// A call is, in other order, (nc, cc, tt, ct) as cProfile writes it; several
// such in a row as old versions of pstats merged them; or a bare count of calls
// from the profile module and sampling profilers, whose costs are then shared
// out in proportion to the calls and marked as estimated.
//
// Accepted and counted: entries given twice (the last one counts, as in a
// Python dict), callers without an entry, marker entries of sampled profiles,
// unknown counts (-1), times that are no numbers. Figures that contradict each
// other are kept. A caller that a function has twice adds up. What follows the
// dict is not looked at, as by Python, unless it is a recording
// (converter/io/recording_format.h): that tells all that the dict does, and
// more. One that is damaged is counted, and the dict serves.
#include "converter/readers/pstats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "converter/io/conveyor.h"
#include "converter/names/python_package.h"
#include "converter/readers/marshal.h"
#include "converter/readers/marshal_value.h"
#include "converter/readers/pstats_batch.h"
#include "converter/readers/python_marshal.h"
#include "converter/readers/recording.h"
#include "graph/cost_table.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

using marshal::Kind;
using marshal::Mark;
using marshal::Value;

constexpr double kNanosecondsPerSecond = 1e9;
// Beyond this (146 years) a time is no measurement; leaves room for sums.
constexpr int64_t kLongestTime = INT64_MAX / 2;
// A caller's key by reference and its count: no call takes fewer bytes, unless
// it stands in a dict that is referred to several times.
constexpr size_t kSmallestCallBytes = 10;

// round(seconds * 1e9), halves away from zero, for |seconds| < kLongestTime.
int64_t RoundToNanoseconds(double seconds) {
  const double exact = seconds * kNanosecondsPerSecond;
  const auto whole = static_cast<int64_t>(exact);
  const double rest = exact - static_cast<double>(whole);
  return whole + (rest >= 0.5) - (rest <= -0.5);
}

template <marshal::Cursor C>
class StatsReader {
 public:
  StatsReader(C& cursor, size_t bytes)
      : cursor_(cursor),
        bytes_(bytes),
        most_calls_(bytes / kSmallestCallBytes + 1),
        builder_(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}})),
        adder_(builder_) {
    const size_t likely = std::min(bytes, kMostLikelyBytes);
    builder_.Reserve(likely / kFewFunctionBytes, likely / kUsualCallBytes);
    builder_.profile().strings.Reserve(likely / kFewFunctionBytes);
    builder_.profile().naming = Naming::kModuleLineName;
  }

  Profile Read() {
    const Value dict = cursor_.Next();
    if (dict.kind != Kind::kDict) cursor_.Fail("expected a dict");
    const Mark mark = cursor_.Enter(dict);
    while (ReadEntry()) {
    }
    cursor_.Leave(mark);
    batches_.HandOver();
    batches_.Finish();
    NoteOddities();
    return std::move(builder_).Build();
  }

 private:
  // A key by reference and a tuple of two ints and two floats.
  static constexpr size_t kUsualCallBytes = 35;
  // A function whose texts are shared, and its calls: rarely less.
  static constexpr size_t kFewFunctionBytes = 100;
  // Room is made ahead for a dump of so many bytes, and no more.
  static constexpr size_t kMostLikelyBytes = size_t{512} << 20;
  static constexpr uint8_t kCallFields = 4;

  // False at the end.
  bool ReadEntry();
  void ReadMarker(const Value& key);
  void ReadCallers(KeyId callee, const Figures& figures);
  // Of a dict; none at its end.
  KeyId ReadCaller();
  Figures ReadCall(const Value& tuple);
  void ShareOut(KeyId callee, const Figures& figures);
  void AddItems(std::span<const marshal::Item> items, KeyId callee);
  void AddCall(KeyId caller, KeyId callee, const Figures& figures) {
    MakeRoom(1);
    reading().calls.push_back({caller, callee, figures});
  }
  // For so many calls more in this batch.
  void MakeRoom(size_t calls);

  // A shared key is memorized by its number, a shared name as its text. There
  // are fewer than bytes in a file, so that the numbers have room.
  enum MemoKind : uint32_t { kKeyMemo = 2, kTextMemo = 3 };
  static constexpr uint32_t kMemoKinds = 2;
  static uint32_t ToMemo(uint32_t number, MemoKind kind) {
    return number * kMemoKinds + kind;
  }
  uint32_t FromMemo(uint32_t memo, MemoKind expected) const {
    if ((memo - expected) % kMemoKinds == 0) {
      return (memo - expected) / kMemoKinds;
    }
    cursor_.Fail(expected == kKeyMemo ? "expected a function's tuple"
                                      : "expected a name");
  }

  Batch& reading() { return batches_.filling(); }

  KeyId ReadKey(const Value& key);
  KeyId AddKey(const marshal::Triple& triple) {
    return AddKey(triple.tuple, StringId(FromMemo(triple.first, kTextMemo)),
                  triple.number, StringId(FromMemo(triple.last, kTextMemo)));
  }
  KeyId AddKey(const Value& key, StringId file, int64_t line, StringId name);
  StringId TakeText();
  StringId PackageOf(StringId file) {
    if (file.row() < packages_.size() && packages_[file.row()].is_valid()) {
      return packages_[file.row()];
    }
    return FindPackage(file);
  }
  StringId FindPackage(StringId file);
  int64_t TakeLine();
  // Of the tuple that was entered: counts in the order of calls, then times.
  Figures TakeFigures();
  Figures ToFigures(const marshal::FourFigures& four) {
    return {{Known(four.counts[0]), Known(four.counts[1])},
            Nanoseconds(four.times[0]),
            Nanoseconds(four.times[1])};
  }
  int64_t Count(const Value& value);
  int64_t Time(const Value& value);
  int64_t Known(int64_t count) { return count >= 0 ? count : UnknownCount(); }
  int64_t Nanoseconds(double seconds);
  // -1 is written by profilers that do not count calls.
  int64_t UnknownCount() {
    ++unknown_counts_;
    return 0;
  }
  void NoteOddities();

  C& cursor_;
  const size_t bytes_;
  const size_t most_calls_;
  ProfileBuilder builder_;
  BatchAdder adder_;
  size_t keys_ = 0;                 // read so far
  size_t calls_ = 0;                // read so far
  std::vector<StringId> packages_;  // per file name, where known
  std::vector<std::pair<KeyId, int64_t>> counted_;  // calls to share out
  std::array<marshal::Item, 32> items_;
  std::string scratch_;
  size_t code_name_bytes_ = 0;

  bool is_sampled_ = false;
  int64_t unknown_counts_ = 0;
  int64_t no_times_ = 0;
  int64_t merged_calls_ = 0;
  int64_t counted_calls_ = 0;

  // To the adder, who uses all of builder_ but its texts.
  Conveyor<Batch> batches_{[this](Batch& batch) { adder_.Add(batch); }};
};

template <marshal::Cursor C>
bool StatsReader<C>::ReadEntry() {
  constexpr uint8_t kFields = 5;
  KeyId function;
  if (const auto triple = cursor_.TakeTriple()) {
    function = AddKey(*triple);
  } else {
    const Value key = cursor_.Next();
    if (key.kind == Kind::kNull) return false;
    if (key.kind != Kind::kTuple) cursor_.Fail("expected a function's tuple");
    if (!key.is_reference && key.size == 1) {
      ReadMarker(key);
      return true;
    }
    function = ReadKey(key);
  }
  Mark mark;
  if (!cursor_.TakeTuple(kFields)) {
    const Value entry = cursor_.Next();
    if (entry.kind != Kind::kTuple || entry.size != kFields) {
      cursor_.Fail("expected a function's five figures");
    }
    mark = cursor_.Enter(entry);
  }
  Figures figures = TakeFigures();
  std::swap(figures.counts.primitive, figures.counts.total);
  reading().entries.push_back({function, figures, reading().calls.size()});
  ReadCallers(function, figures);
  cursor_.Leave(mark);
  return true;
}

// ("__sampled__",): True, as the sampling profiler of Python 3.15 writes it.
template <marshal::Cursor C>
void StatsReader<C>::ReadMarker(const Value& key) {
  const Mark mark = cursor_.Enter(key);
  const Value name = cursor_.Next();
  if (name.kind != Kind::kString) cursor_.Fail("expected a marker's name");
  constexpr std::string_view kSampled = "__sampled__";
  is_sampled_ |=
      name.size == kSampled.size() && cursor_.Text(name, scratch_) == kSampled;
  cursor_.Leave(mark);
  const Value value = cursor_.Next();
  if (value.kind == Kind::kNull) cursor_.Fail("dict that ends after a key");
  cursor_.Skip(value);
}

template <marshal::Cursor C>
void StatsReader<C>::ReadCallers(KeyId callee, const Figures& figures) {
  Mark mark;
  if (!cursor_.TakeDict()) {
    const Value callers = cursor_.Next();
    if (callers.kind != Kind::kDict) cursor_.Fail("expected a dict of callers");
    mark = cursor_.Enter(callers);
  }
  counted_.clear();
  for (;;) {
    while (const size_t taken = cursor_.TakeItems(items_)) {
      AddItems(std::span(items_).first(taken), callee);
    }
    const KeyId caller = ReadCaller();
    if (!caller.is_valid()) break;
    if (cursor_.TakeTuple(kCallFields)) {
      AddCall(caller, callee, TakeFigures());
      continue;
    }
    const Value call = cursor_.Next();
    if (call.kind == Kind::kTuple) {
      AddCall(caller, callee, ReadCall(call));
    } else {
      counted_.emplace_back(caller, Count(call));
    }
  }
  cursor_.Leave(mark);
  if (!counted_.empty()) ShareOut(callee, figures);
}

template <marshal::Cursor C>
KeyId StatsReader<C>::ReadCaller() {
  if (cursor_.TakeEnd()) return KeyId();
  if (const uint32_t memo = cursor_.TakeMemo()) {
    return KeyId(FromMemo(memo, kKeyMemo));
  }
  if (const auto triple = cursor_.TakeTriple()) return AddKey(*triple);
  const Value key = cursor_.Next();
  return key.kind == Kind::kNull ? KeyId() : ReadKey(key);
}

template <marshal::Cursor C>
Figures StatsReader<C>::ReadCall(const Value& tuple) {
  if (tuple.size == 0 || tuple.size % kCallFields != 0) {
    cursor_.Fail("expected a caller's four figures");
  }
  const Mark mark = cursor_.Enter(tuple);
  Figures sum;
  for (uint64_t part = 0; part < tuple.size / kCallFields; ++part) {
    const Figures figures = TakeFigures();
    sum.counts += figures.counts;
    sum.self = SaturatingAdd(sum.self, figures.self);
    sum.inclusive = SaturatingAdd(sum.inclusive, figures.inclusive);
  }
  cursor_.Leave(mark);
  merged_calls_ += tuple.size != kCallFields;
  return sum;
}

// Shares the callee's costs out to the callers that have bare counts, in
// proportion. What was called from no caller keeps its share. Each share takes
// from what is left, so that together they are exact.
template <marshal::Cursor C>
void StatsReader<C>::ShareOut(KeyId callee, const Figures& figures) {
  int64_t counted = 0;
  for (const auto& [caller, count] : counted_) {
    counted = SaturatingAdd(counted, count);
  }
  int64_t calls_left = std::max(counted, figures.counts.total);
  int64_t self_left = figures.self;
  int64_t inclusive_left = figures.inclusive;
  for (const auto& [caller, count] : counted_) {
    Figures call;
    call.counts = {count, count};
    // Less than the count where the sum of all was clamped.
    const int64_t calls = std::min(count, calls_left);
    if (calls != 0) {
      call.self = TakeShare(self_left, calls, calls_left);
      call.inclusive = TakeShare(inclusive_left, calls, calls_left);
      calls_left -= calls;
    }
    AddCall(caller, callee, call);
    reading().estimated_calls.push_back(reading().calls.size() - 1);
  }
  counted_calls_ += static_cast<int64_t>(counted_.size());
}

template <marshal::Cursor C>
void StatsReader<C>::AddItems(std::span<const marshal::Item> items,
                              KeyId callee) {
  MakeRoom(items.size());
  std::vector<Batch::Call>& calls = reading().calls;
  size_t row = calls.size();
  calls.resize(row + items.size());
  for (const marshal::Item& item : items) {
    calls[row++] = {KeyId(FromMemo(item.memo, kKeyMemo)), callee,
                    ToFigures(item.figures)};
  }
}

template <marshal::Cursor C>
void StatsReader<C>::MakeRoom(size_t calls) {
  calls_ += calls;
  if (calls_ > most_calls_) {
    cursor_.Fail("the same callers are referred to too often");
  }
  if (reading().IsFull()) batches_.HandOver();
}

template <marshal::Cursor C>
KeyId StatsReader<C>::ReadKey(const Value& key) {
  if (key.kind != Kind::kTuple || key.size != 3) {
    cursor_.Fail("expected a function as (file, line, name)");
  }
  const Mark mark = cursor_.Enter(key);
  const StringId file = TakeText();
  const int64_t line = TakeLine();
  const StringId name = TakeText();
  cursor_.Leave(mark);
  return AddKey(key, file, line, name);
}

template <marshal::Cursor C>
KeyId StatsReader<C>::AddKey(const Value& key, StringId file, int64_t line,
                             StringId name) {
  const KeyId id(keys_++);
  reading().keys.push_back(
      {name, file, PackageOf(file),
       static_cast<uint32_t>(std::clamp<int64_t>(line, 0, INT32_MAX))});
  cursor_.Memorize(key, ToMemo(id.row(), kKeyMemo));
  return id;
}

template <marshal::Cursor C>
StringId StatsReader<C>::TakeText() {
  if (const uint32_t memo = cursor_.TakeMemo()) {
    return StringId(FromMemo(memo, kTextMemo));
  }
  const Value value = cursor_.Next();
  if (value.kind == Kind::kCode) {
    // `python -m profile` has the program's code object as a name.
    // References may put one long file name into many of these.
    const std::string name = cursor_.CodeName(value);
    code_name_bytes_ += name.size();
    if (code_name_bytes_ > bytes_) {
      cursor_.Fail("the names of code objects are longer than all of the file");
    }
    const StringId id = builder_.Intern(name);
    cursor_.Memorize(value, ToMemo(id.row(), kTextMemo));
    return id;
  }
  if (value.kind != Kind::kString) cursor_.Fail("expected a name");
  const StringId id = builder_.Intern(cursor_.Text(value, scratch_));
  cursor_.Memorize(value, ToMemo(id.row(), kTextMemo));
  return id;
}

template <marshal::Cursor C>
StringId StatsReader<C>::FindPackage(StringId file) {
  if (file.row() >= packages_.size()) packages_.resize(file.row() + 1);
  packages_[file.row()] = builder_.Intern(PythonPackage(builder_.Text(file)));
  return packages_[file.row()];
}

template <marshal::Cursor C>
int64_t StatsReader<C>::TakeLine() {
  if (const auto line = cursor_.TakeInt()) return *line;
  const Value value = cursor_.Next();
  if (value.kind != Kind::kInt) cursor_.Fail("expected a line number");
  return value.integer;
}

template <marshal::Cursor C>
Figures StatsReader<C>::TakeFigures() {
  if (const auto four = cursor_.TakeFigures()) return ToFigures(*four);
  Figures figures;
  figures.counts.total = Count(cursor_.Next());
  figures.counts.primitive = Count(cursor_.Next());
  figures.self = Time(cursor_.Next());
  figures.inclusive = Time(cursor_.Next());
  return figures;
}

template <marshal::Cursor C>
int64_t StatsReader<C>::Count(const Value& value) {
  if (value.kind != Kind::kInt && value.kind != Kind::kBool) {
    cursor_.Fail("expected a count");
  }
  return Known(value.integer);
}

template <marshal::Cursor C>
int64_t StatsReader<C>::Time(const Value& value) {
  if (value.kind == Kind::kFloat) return Nanoseconds(value.real);
  if (value.kind != Kind::kInt && value.kind != Kind::kBool) {
    cursor_.Fail("expected a time");
  }
  return Nanoseconds(static_cast<double>(value.integer));
}

template <marshal::Cursor C>
int64_t StatsReader<C>::Nanoseconds(double seconds) {
  constexpr double kLongest =
      static_cast<double>(kLongestTime) / kNanosecondsPerSecond;
  if (std::abs(seconds) < kLongest) return RoundToNanoseconds(seconds);
  ++no_times_;
  return 0;
}

template <marshal::Cursor C>
void StatsReader<C>::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.Note("entry is given twice: the last one counts",
                  "entries are given twice: the last one counts",
                  adder_.repeated_entries());
  provenance.Note("caller has no entry of its own: kept without cost",
                  "callers have no entry of their own: kept without cost",
                  adder_.functions_without_entry());
  provenance.Note("call count is unknown (negative): taken as 0",
                  "call counts are unknown (negative): taken as 0",
                  unknown_counts_);
  provenance.Note("time is no number or beyond 146 years: taken as 0",
                  "times are no numbers or beyond 146 years: taken as 0",
                  no_times_);
  provenance.Note("caller has several figures (an old merge): summed",
                  "callers have several figures (an old merge): summed",
                  merged_calls_);
  provenance.Note(
      "call has a count but no cost: shared out by counts, as an estimate",
      "calls have a count but no cost: shared out by counts, as an estimate",
      counted_calls_);
  provenance.lost = no_times_ + unknown_counts_;
  if (is_sampled_) {
    provenance.Note("sampled profile: its counts are samples, not calls",
                    "sampled profiles: their counts are samples, not calls", 1);
  }
}

bool Sniff(std::string_view head) {
  constexpr char kSharedBit = '\x80';
  const auto is = [&](size_t place, std::string_view codes) {
    return place < head.size() &&
           codes.find(static_cast<char>(head[place] & ~kSharedBit)) !=
               codes.npos;
  };
  // A dict whose first key is a tuple of less than 256 items, or that is empty:
  // not its repr(), "{('…".
  if (!is(0, "{")) return false;
  constexpr std::string_view kZeros("\0\0\0", 3);
  return is(1, ")0") || (is(1, "(") && head.substr(3, 3) == kZeros);
}

void NoteLeftOut(const std::string& reason, Profile& profile) {
  profile.provenance.Note(
      "recording behind the dump is left out: " + reason,
      "recordings behind their dumps are left out: " + reason, 1);
}

Profile Read(std::string_view bytes) {
  std::string damage;
  if (EndsAsRecording(bytes)) {
    try {
      return ReadRecording(bytes);
    } catch (const Error& error) {
      damage = error.Line();
    }
  }
  marshal::MarshalCursor cursor(bytes);
  Profile profile = StatsReader(cursor, bytes.size()).Read();
  if (damage.empty() && BeginsAsRecording(bytes.substr(cursor.position()))) {
    damage = Error("it does not end as it should", bytes.size()).Line();
  }
  if (!damage.empty()) NoteLeftOut(damage, profile);
  return profile;
}

}  // namespace

// Python reads no recording, and what is asked for is what Python reads.
Profile ReadPstatsWithPython(std::string_view bytes) {
  marshal::PythonMarshalCursor cursor = marshal::OpenPythonMarshal(bytes);
  Profile profile = StatsReader(cursor, bytes.size()).Read();
  if (EndsAsRecording(bytes)) NoteLeftOut("Python reads only dumps", profile);
  return profile;
}

extern constinit const Reader kPstats = {
    .name = "pstats",
    .description = "Python: cProfile, profile, pstats (2.5 and later)",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
