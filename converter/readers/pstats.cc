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
// other are kept. What follows the dict is not looked at, as by Python.
#include "converter/readers/pstats.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "converter/readers/marshal.h"
#include "converter/readers/marshal_value.h"
#include "converter/readers/python_marshal.h"
#include "converter/readers/python_package.h"
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

// What stands for a function or for a call.
struct Figures {
  CallCounts counts;
  int64_t self = 0;       // ns
  int64_t inclusive = 0;  // ns
};

// Which function's tuple of the file: equal functions may have several.
using KeyId = Id<struct KeyTag>;

// Entries and calls as the file has them, until they are added to the profile:
// some thousands together, so that the functions, which lie all over their
// tables, are looked up all at once and not each at the cost of a wait.
struct Batch {
  struct Entry {
    KeyId key;
    Figures figures;
    size_t calls_before;  // of the batch
  };
  struct Call {
    KeyId caller;
    KeyId callee;
    CallCounts counts;
  };

  std::vector<Function> keys;
  std::vector<Entry> entries;
  std::vector<Call> calls;
  std::vector<int64_t> inclusive;       // a row per call
  std::vector<int64_t> self;            // a row per call
  std::vector<size_t> estimated_calls;  // rows

  bool IsFull() const {
    constexpr size_t kLargest = 4096;
    return keys.size() >= kLargest || calls.size() >= kLargest;
  }
  void Clear() {
    keys.clear();
    entries.clear();
    calls.clear();
    inclusive.clear();
    self.clear();
    estimated_calls.clear();
  }
};

template <marshal::Cursor C>
class StatsReader {
 public:
  StatsReader(C& cursor, size_t bytes)
      : cursor_(cursor),
        most_calls_(bytes / kSmallestCallBytes + 1),
        builder_(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}})) {
    builder_.Reserve(0, bytes / kUsualCallBytes);
  }

  Profile Read() {
    const Value dict = cursor_.Next();
    if (dict.kind != Kind::kDict) cursor_.Fail("expected a dict");
    const Mark mark = cursor_.Enter(dict);
    for (Value key = cursor_.Next(); key.kind != Kind::kNull;
         key = cursor_.Next()) {
      ReadEntry(key);
    }
    cursor_.Leave(mark);
    Flush();
    NoteOddities();
    return std::move(builder_).Build();
  }

 private:
  // A key by reference and a tuple of two ints and two floats.
  static constexpr size_t kUsualCallBytes = 35;
  static constexpr uint8_t kCallFields = 4;

  void ReadEntry(const Value& key);
  void ReadMarker(const Value& key);
  void ReadCallers(const Value& callers, KeyId callee, const Figures& figures);
  Figures ReadCall(const Value& tuple);
  Figures ReadCallPart() {
    return TakeFigures(&CallCounts::total, &CallCounts::primitive);
  }
  void ShareOut(KeyId callee, const Figures& figures);
  void AddCall(KeyId caller, KeyId callee, const Figures& figures);

  // Adds what was read to the profile.
  void Flush();
  void AddEntry(FunctionId function, const Figures& figures, size_t first_call);

  // A shared key is memorized by its number, a shared name as its text, a
  // shared line number as it is.
  enum MemoKind : uint32_t { kKeyMemo = 1, kTextMemo = 2, kLineMemo = 3 };
  static constexpr uint32_t kMemoKinds = 4;
  static uint32_t ToMemo(uint32_t number, MemoKind kind) {
    return number * kMemoKinds + kind;
  }
  uint32_t FromMemo(uint32_t memo, MemoKind expected) const {
    if (memo % kMemoKinds == expected) return memo / kMemoKinds;
    cursor_.Fail(expected == kKeyMemo    ? "expected a function's tuple"
                 : expected == kTextMemo ? "expected a name"
                                         : "expected a line number");
  }

  KeyId ReadKey(const Value& key);
  StringId TakeText();
  StringId PackageOf(StringId file);
  uint32_t TakeLine();
  // The two counts, in the file's order, and the two times of what was entered.
  Figures TakeFigures(int64_t CallCounts::*first, int64_t CallCounts::*second);
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
  const size_t most_calls_;
  ProfileBuilder builder_;
  Batch batch_;
  std::vector<FunctionId> functions_;  // per key, of all batches so far
  std::vector<Call> calls_;            // those of a batch, resolved
  std::vector<bool> defined_;          // per function: it has an entry
  std::vector<StringId> packages_;     // per file name, where known
  std::vector<std::pair<KeyId, int64_t>> counted_;  // calls to share out
  std::string scratch_;

  bool is_sampled_ = false;
  int64_t repeated_entries_ = 0;
  int64_t unknown_counts_ = 0;
  int64_t no_numbers_ = 0;
  int64_t merged_calls_ = 0;
  int64_t counted_calls_ = 0;
};

template <marshal::Cursor C>
void StatsReader<C>::ReadEntry(const Value& key) {
  if (key.kind != Kind::kTuple) cursor_.Fail("expected a function's tuple");
  if (!key.is_reference && key.size == 1) return ReadMarker(key);
  constexpr uint8_t kFields = 5;
  const KeyId function = ReadKey(key);
  Mark mark;
  if (!cursor_.TakeTuple(kFields)) {
    const Value entry = cursor_.Next();
    if (entry.kind != Kind::kTuple || entry.size != kFields) {
      cursor_.Fail("expected a function's five figures");
    }
    mark = cursor_.Enter(entry);
  }
  const Figures figures =
      TakeFigures(&CallCounts::primitive, &CallCounts::total);
  batch_.entries.push_back({function, figures, batch_.calls.size()});
  ReadCallers(cursor_.Next(), function, figures);
  cursor_.Leave(mark);
}

template <marshal::Cursor C>
void StatsReader<C>::Flush() {
  builder_.AddFunctions(batch_.keys, functions_);
  defined_.resize(builder_.functions());
  for (const Batch::Entry& entry : batch_.entries) {
    builder_.PrefetchFigures(functions_[entry.key.row()]);
  }
  for (const Batch::Entry& entry : batch_.entries) {
    AddEntry(functions_[entry.key.row()], entry.figures,
             builder_.calls() + entry.calls_before);
  }
  calls_.clear();
  for (const Batch::Call& call : batch_.calls) {
    calls_.push_back({functions_[call.caller.row()],
                      functions_[call.callee.row()], 0, call.counts});
  }
  const size_t first_call = builder_.calls();
  builder_.AddCalls(calls_, batch_.inclusive, batch_.self);
  for (const size_t row : batch_.estimated_calls) {
    builder_.MarkEstimated(first_call + row);
  }
  batch_.Clear();
}

template <marshal::Cursor C>
void StatsReader<C>::AddEntry(FunctionId function, const Figures& figures,
                              size_t first_call) {
  if (defined_[function.row()]) {
    builder_.Forget(function, first_call);
    ++repeated_entries_;
  }
  defined_[function.row()] = true;
  builder_.AddCounts(function, figures.counts);
  builder_.AddSelf(function, {&figures.self, 1});
  builder_.AddInclusive(function, {&figures.inclusive, 1});
}

// ("__sampled__",): True, as the sampling profiler of Python 3.15 writes it.
template <marshal::Cursor C>
void StatsReader<C>::ReadMarker(const Value& key) {
  const Mark mark = cursor_.Enter(key);
  const Value name = cursor_.Next();
  if (name.kind != Kind::kString) cursor_.Fail("expected a marker's name");
  is_sampled_ |= cursor_.Text(name, scratch_) == "__sampled__";
  cursor_.Leave(mark);
  cursor_.Skip(cursor_.Next());
}

template <marshal::Cursor C>
void StatsReader<C>::ReadCallers(const Value& callers, KeyId callee,
                                 const Figures& figures) {
  if (callers.kind != Kind::kDict) cursor_.Fail("expected a dict of callers");
  counted_.clear();
  const Mark mark = cursor_.Enter(callers);
  for (;;) {
    KeyId caller;
    if (const uint32_t memo = cursor_.TakeMemo()) {
      caller = KeyId(FromMemo(memo, kKeyMemo));
    } else {
      const Value key = cursor_.Next();
      if (key.kind == Kind::kNull) break;
      caller = ReadKey(key);
    }
    if (cursor_.TakeTuple(kCallFields)) {
      AddCall(caller, callee, ReadCallPart());
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
Figures StatsReader<C>::ReadCall(const Value& tuple) {
  if (tuple.size == 0 || tuple.size % kCallFields != 0) {
    cursor_.Fail("expected a caller's four figures");
  }
  const Mark mark = cursor_.Enter(tuple);
  Figures sum;
  for (uint64_t part = 0; part < tuple.size / kCallFields; ++part) {
    const Figures figures = ReadCallPart();
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
  const auto take = [&](int64_t& left, int64_t count) {
    if (calls_left == 0) return int64_t{0};
    const auto share =
        static_cast<int64_t>(static_cast<__int128>(left) * count / calls_left);
    left -= share;
    return share;
  };
  for (const auto& [caller, count] : counted_) {
    Figures call;
    call.counts = {count, count};
    call.self = take(self_left, count);
    call.inclusive = take(inclusive_left, count);
    calls_left -= count;
    AddCall(caller, callee, call);
    batch_.estimated_calls.push_back(batch_.calls.size() - 1);
  }
  counted_calls_ += static_cast<int64_t>(counted_.size());
}

template <marshal::Cursor C>
void StatsReader<C>::AddCall(KeyId caller, KeyId callee,
                             const Figures& figures) {
  if (batch_.IsFull()) Flush();
  if (builder_.calls() + batch_.calls.size() >= most_calls_) {
    cursor_.Fail("the same callers are referred to too often");
  }
  batch_.calls.push_back({caller, callee, figures.counts});
  batch_.inclusive.push_back(figures.inclusive);
  batch_.self.push_back(figures.self);
}

template <marshal::Cursor C>
KeyId StatsReader<C>::ReadKey(const Value& key) {
  if (key.kind != Kind::kTuple || key.size != 3) {
    cursor_.Fail("expected a function as (file, line, name)");
  }
  const Mark mark = cursor_.Enter(key);
  Function function;
  function.file = TakeText();
  function.line = TakeLine();
  function.name = TakeText();
  function.object = PackageOf(function.file);
  cursor_.Leave(mark);
  const KeyId id(functions_.size() + batch_.keys.size());
  batch_.keys.push_back(function);
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
    return builder_.Intern(cursor_.CodeName(value));
  }
  if (value.kind != Kind::kString) cursor_.Fail("expected a name");
  const StringId id = builder_.Intern(cursor_.Text(value, scratch_));
  cursor_.Memorize(value, ToMemo(id.row(), kTextMemo));
  return id;
}

template <marshal::Cursor C>
StringId StatsReader<C>::PackageOf(StringId file) {
  if (file.row() >= packages_.size()) packages_.resize(file.row() + 1);
  StringId& package = packages_[file.row()];
  if (!package.is_valid()) {
    package = builder_.Intern(PythonPackage(builder_.Text(file)));
  }
  return package;
}

template <marshal::Cursor C>
uint32_t StatsReader<C>::TakeLine() {
  if (const uint32_t memo = cursor_.TakeMemo()) {
    return FromMemo(memo, kLineMemo);
  }
  const Value value = cursor_.Next();
  if (value.kind != Kind::kInt) cursor_.Fail("expected a line number");
  const auto line =
      static_cast<uint32_t>(std::clamp<int64_t>(value.integer, 0, INT32_MAX));
  if (line <= UINT32_MAX / kMemoKinds - 1) {
    cursor_.Memorize(value, ToMemo(line, kLineMemo));
  }
  return line;
}

template <marshal::Cursor C>
Figures StatsReader<C>::TakeFigures(int64_t CallCounts::*first,
                                    int64_t CallCounts::*second) {
  Figures figures;
  if (const auto four = cursor_.TakeFigures()) {
    figures.counts.*first = Known(four->counts[0]);
    figures.counts.*second = Known(four->counts[1]);
    figures.self = Nanoseconds(four->times[0]);
    figures.inclusive = Nanoseconds(four->times[1]);
  } else {
    figures.counts.*first = Count(cursor_.Next());
    figures.counts.*second = Count(cursor_.Next());
    figures.self = Time(cursor_.Next());
    figures.inclusive = Time(cursor_.Next());
  }
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
  ++no_numbers_;
  return 0;
}

template <marshal::Cursor C>
void StatsReader<C>::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  int64_t without_entry = static_cast<int64_t>(builder_.functions());
  for (const bool is_defined : defined_) without_entry -= is_defined;
  provenance.Note("entry is given twice: the last one counts",
                  "entries are given twice: the last one counts",
                  repeated_entries_);
  provenance.Note("caller has no entry of its own: kept without cost",
                  "callers have no entry of their own: kept without cost",
                  without_entry);
  provenance.Note("call count is unknown (negative): taken as 0",
                  "call counts are unknown (negative): taken as 0",
                  unknown_counts_);
  provenance.Note("time is infinite or not a number: taken as 0",
                  "times are infinite or not numbers: taken as 0", no_numbers_);
  provenance.Note("caller has several figures (an old merge): summed",
                  "callers have several figures (an old merge): summed",
                  merged_calls_);
  provenance.Note(
      "call has a count but no cost: shared out by counts, as an estimate",
      "calls have a count but no cost: shared out by counts, as an estimate",
      counted_calls_);
  provenance.lost = no_numbers_ + unknown_counts_;
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
  // A dict whose first key is a tuple, or that is empty.
  return is(0, "{") && is(1, "()0");
}

Profile Read(std::string_view bytes) {
  marshal::MarshalCursor cursor(bytes);
  return StatsReader(cursor, bytes.size()).Read();
}

}  // namespace

Profile ReadPstatsWithPython(std::string_view bytes) {
  marshal::PythonMarshalCursor cursor = marshal::OpenPythonMarshal(bytes);
  return StatsReader(cursor, bytes.size()).Read();
}

extern constinit const Reader kPstats = {
    .name = "pstats",
    .description = "Python: cProfile, profile, pstats (2.5 and later)",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
