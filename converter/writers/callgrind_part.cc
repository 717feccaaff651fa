#include "converter/writers/callgrind_part.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/callgrind_notes.h"
#include "converter/io/decimal.h"
#include "graph/grouping.h"

namespace prof2cg {
namespace {

constexpr size_t kRoomBesideCosts = 256;

// Text of known length: a few moves.
template <size_t n>
char* PutLiteral(char* out, const char (&text)[n]) {
  std::memcpy(out, text, n - 1);
  return out + n - 1;
}

// "fn=(12)"
template <size_t n>
char* PutId(char* out, const char (&key)[n], uint32_t id) {
  out = PutLiteral(out, key);
  out = PutLiteral(out, "(");
  out = WriteDecimal(out, id);
  return PutLiteral(out, ")");
}
template <size_t n>
char* PutId(char* out, const char (&key)[n], const DecimalText& id) {
  out = PutLiteral(out, key);
  out = PutLiteral(out, "(");
  out = id.Write(out);
  return PutLiteral(out, ")");
}

// Whether the flag was set before.
bool Set(char& flag) { return std::exchange(flag, true); }

// Functions with their calls. Parts of a line are made in place: they take
// where they begin and give where they end.
class PartWriter {
 public:
  PartWriter(const CallgrindPlan& plan, size_t part, CallgrindNamed& named,
             TextSink& out)
      : plan_(plan),
        profile_(plan.profile()),
        part_(static_cast<uint32_t>(part)),
        first_(plan.Begin(part)),
        calls_(plan.calls().Of(part)),
        named_(named),
        out_(out),
        room_(kRoomBesideCosts + profile_.events.size() * (kMostDecimals + 1)) {
  }

  CallgrindLoss Write() {
    if (part_ == 0) WriteOutside();
    OrderCalls();
    const uint32_t end = plan_.Begin(part_ + 1).row();
    for (uint32_t f = first_.row(); f < end; ++f) {
      if (!plan_.Has(FunctionId(f))) continue;
      WriteFunction(FunctionId(f));
      WriteCalls(FunctionId(f));
    }
    return loss_;
  }

 private:
  using Row = CallgrindPlan::Row;

  // What is written of a caller with each of its calls.
  struct Caller {
    const Row& row;
    DecimalText line;
  };

  void WriteOutside();
  void OrderCalls();
  void WriteFunction(FunctionId f);
  void WriteCalls(FunctionId caller);
  void PrefetchCallees(size_t place) const;
  void WriteCall(const Caller& caller, FunctionId callee, int64_t count,
                 uint32_t line, std::span<const int64_t> inclusive);

  void NoteCall(uint32_t row);
  // A line of converter/io/callgrind_notes.h.
  void WriteNote(std::string_view key, std::optional<uint32_t> line,
                 CallCounts counts,
                 std::initializer_list<std::span<const int64_t>> costs);

  size_t Place(FunctionId f) const { return f.row() - first_.row(); }

  // Whether the function, its file and its object have been named; if not, it
  // is about to be.
  bool Name(FunctionId f) {
    return plan_[f].first_part < part_ || Set(named_.functions[f.row()]);
  }
  char* PutCallee(char* out, const Row& caller, FunctionId callee) const;
  char* PutNewCallee(char* out, const Row& caller, FunctionId callee);

  // An id and, where it is new, its text.
  template <size_t n>
  char* PutObject(char* out, const char (&key)[n], uint32_t id) {
    const CallgrindTexts::Text& text = plan_.objects().texts[id];
    return PutText(PutId(out, key, text.id), text, named_.objects[id]);
  }
  template <size_t n>
  char* PutFile(char* out, const char (&key)[n], uint32_t id) {
    const CallgrindTexts::Text& text = plan_.files().texts[id];
    return PutText(PutId(out, key, text.id), text, named_.files[id]);
  }
  char* PutText(char* out, const CallgrindTexts::Text& text, char& is_named);
  char* PutName(char* out, std::string_view name);
  char* PutFunctionName(char* out, FunctionId f);
  char* PutCosts(char* out, std::span<const int64_t> costs);

  const CallgrindPlan& plan_;
  const Profile& profile_;
  const uint32_t part_;
  const FunctionId first_;  // of the part
  const std::span<const CallgrindCalls::Call> calls_;
  std::vector<uint32_t> order_;   // of calls_, caller by caller
  std::vector<uint32_t> begins_;  // per caller of the part: in order_
  CallgrindNamed& named_;
  TextSink& out_;
  const size_t room_;  // for any function or call, but for names
  CallgrindLoss loss_;
};

void PartWriter::WriteOutside() {
  const EntryCalls& entries = plan_.entries();
  if (entries.calls.empty()) return;
  const Row row{kOutsideId, kOutsideId, 0, 0};
  const Caller outside{row, DecimalText(0)};
  const std::vector<int64_t> nothing(profile_.events.size());
  char* out = out_.Reserve(room_);
  out = PutId(out, "\nob=", kOutsideId);
  out = PutName(out, callgrind::kOutsideObject);
  out = PutId(out, "\nfl=", kOutsideId);
  out = PutName(out, callgrind::kOutsideFile);
  out = PutId(out, "\nfn=", kOutsideId);
  out = PutName(out, callgrind::kOutsideName);
  out = PutLiteral(out, "\n");
  out = outside.line.Write(out);
  out_.EndAt(PutCosts(out, nothing));
  for (size_t i = 0; i < entries.calls.size(); ++i) {
    const EntryCall& entry = entries.calls[i];
    WriteCall(outside, entry.callee, entry.calls, 0, entries.inclusive[i]);
  }
}

void PartWriter::WriteFunction(FunctionId f) {
  const Row& row = plan_[f];
  char* out = out_.Reserve(room_);
  if (Name(f)) {
    out = PutId(out, "\nob=", plan_.objects().texts[row.object].id);
    out = PutId(out, "\nfl=", plan_.files().texts[row.file].id);
    out = PutId(out, "\nfn=", CallgrindId(f));
  } else {
    out = PutObject(out, "\nob=", row.object);
    out = PutFile(out, "\nfl=", row.file);
    out = PutId(out, "\nfn=", CallgrindId(f));
    out = PutFunctionName(out, f);
  }
  out = PutLiteral(out, "\n");
  out = WriteDecimal(out, row.line);
  out_.EndAt(PutCosts(out, profile_.graph.self[f.row()]));
  if (!plan_.FollowsFromCalls(f)) {
    const CallGraph& graph = profile_.graph;
    WriteNote("#: function", {}, graph.counts[f.row()],
              {graph.self[f.row()], graph.inclusive[f.row()]});
  }
}

void PartWriter::OrderCalls() {
  const auto caller = [&](size_t row) { return Place(calls_[row].caller); };
  Grouping grouping(calls_.size(), Place(plan_.Begin(part_ + 1)), caller);
  order_.resize(calls_.size());
  for (uint32_t row = 0; row < calls_.size(); ++row) {
    order_[grouping.Take(caller(row))] = row;
  }
  begins_ = std::move(grouping).Begins();
}

void PartWriter::WriteCalls(FunctionId f) {
  const Caller caller{plan_[f], DecimalText(plan_[f].line)};
  const size_t end = begins_[Place(f) + 1];
  for (size_t place = begins_[Place(f)]; place < end; ++place) {
    PrefetchCallees(place);
    const uint32_t row = order_[place];
    const CallgrindCalls::Call& call = calls_[row];
    WriteCall(caller, call.callee, call.count, plan_.calls().Line(part_, row),
              plan_.calls().Inclusive(part_, row));
    if (plan_.calls().has_notes()) NoteCall(row);
  }
}

// Where the call's lines leave something open.
void PartWriter::NoteCall(uint32_t row) {
  const CallgrindCalls& calls = plan_.calls();
  const CallgrindCalls::Call& call = calls_[row];
  const auto [primitive, is_estimated] = calls.RestOf(part_, row);
  const uint32_t line = calls.Line(part_, row);
  const auto costs = calls.Inclusive(part_, row);
  const bool lacks_line =
      calls.has_lines() && line == 0 && plan_[call.caller].line != 0;
  if (primitive == call.count && call.count > 0 &&
      is_estimated == calls.are_estimated() && !lacks_line &&
      std::ranges::none_of(costs, [](int64_t cost) { return cost < 0; })) {
    return;
  }
  WriteNote(is_estimated ? "#: estimated" : "#: measured", line,
            {call.count, primitive}, {costs});
}

void PartWriter::WriteNote(
    std::string_view key, std::optional<uint32_t> line, CallCounts counts,
    std::initializer_list<std::span<const int64_t>> costs) {
  const auto write = [&](auto number) {
    out_.Write(' ');
    out_.WriteNumber(number);
  };
  out_.Write(key);
  if (line) write(*line);
  write(counts.total);
  write(counts.primitive);
  for (const auto& row : costs) {
    for (const int64_t cost : row) write(cost);
  }
  out_.Write('\n');
}

// Callees and their names lie all over their tables: asks for those that come
// soon. Inline by force: g++ takes a call that only prefetches for one without
// effect and drops it.
[[gnu::always_inline]] inline void PartWriter::PrefetchCallees(
    size_t place) const {
  constexpr size_t kSoon = 8;
  if (place + 3 * kSoon >= order_.size()) return;
  const auto callee = [&](size_t ahead) {
    return calls_[order_[place + ahead]].callee;
  };
  const auto is_new = [&](FunctionId f) {
    return plan_[f].first_part == part_;
  };
  __builtin_prefetch(&plan_[callee(3 * kSoon)]);
  if (const FunctionId soon = callee(2 * kSoon); is_new(soon)) {
    plan_.names().Prefetch(soon);
  }
  if (const FunctionId next = callee(kSoon); is_new(next)) {
    plan_.names().PrefetchText(next);
  }
}

// `line` is that of the call; 0: unknown, the caller's.
void PartWriter::WriteCall(const Caller& caller, FunctionId callee,
                           int64_t count, uint32_t line,
                           std::span<const int64_t> inclusive) {
  loss_.uncounted_calls += count <= 0;
  const uint64_t calls = static_cast<uint64_t>(std::max<int64_t>(1, count));
  char* out = out_.Reserve(room_);
  out = Name(callee) ? PutCallee(out, caller.row, callee)
                     : PutNewCallee(out, caller.row, callee);
  out = PutLiteral(out, "\ncalls=");
  out = WriteDecimal(out, calls);
  out = PutLiteral(out, " ");
  out = WriteDecimal(out, plan_[callee].line);
  out = PutLiteral(out, "\n");
  out = line == 0 ? caller.line.Write(out) : WriteDecimal(out, line);
  out_.EndAt(PutCosts(out, inclusive));
}

// The object and the file are the caller's where they are not written.
inline char* PartWriter::PutCallee(char* out, const Row& caller,
                                   FunctionId callee) const {
  const Row& row = plan_[callee];
  if (row.object != caller.object) {
    out = PutId(out, "cob=", plan_.objects().texts[row.object].id);
    out = PutLiteral(out, "\n");
  }
  if (row.file != caller.file) {
    out = PutId(out, "cfi=", plan_.files().texts[row.file].id);
    out = PutLiteral(out, "\n");
  }
  return PutId(out, "cfn=", CallgrindId(callee));
}

char* PartWriter::PutNewCallee(char* out, const Row& caller,
                               FunctionId callee) {
  const Row& row = plan_[callee];
  if (row.object != caller.object) {
    out = PutObject(out, "cob=", row.object);
    out = PutLiteral(out, "\n");
  }
  if (row.file != caller.file) {
    out = PutFile(out, "cfi=", row.file);
    out = PutLiteral(out, "\n");
  }
  out = PutId(out, "cfn=", CallgrindId(callee));
  return PutFunctionName(out, callee);
}

char* PartWriter::PutText(char* out, const CallgrindTexts::Text& text,
                          char& is_named) {
  if (text.first_part < part_ || Set(is_named)) return out;
  return PutName(out, text.name);
}

// Behind an id that is new.
char* PartWriter::PutName(char* out, std::string_view name) {
  out_.EndAt(PutLiteral(out, " "));
  out_.Write(name);
  return out_.Reserve(room_);
}

char* PartWriter::PutFunctionName(char* out, FunctionId f) {
  out = PutName(out, plan_.names()[f]);
  if (!plan_.names().HasMark(f)) return out;
  return std::ranges::copy(callgrind::kMark, out).out;
}

// Behind a line number.
inline char* PartWriter::PutCosts(char* out, std::span<const int64_t> costs) {
  for (const int64_t cost : costs) {
    loss_.negative_costs += cost < 0;
    out = PutLiteral(out, " ");
    out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(0, cost)));
  }
  return PutLiteral(out, "\n");
}

}  // namespace

CallgrindNamed::CallgrindNamed(const CallgrindPlan& plan)
    : functions(plan.profile().functions.size()),
      files(plan.files().texts.size()),
      objects(plan.objects().texts.size()) {}

CallgrindLoss WriteCallgrindPart(const CallgrindPlan& plan, size_t part,
                                 CallgrindNamed& named, TextSink& out) {
  return PartWriter(plan, part, named, out).Write();
}

}  // namespace prof2cg
