#include "converter/writers/callgrind_part.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/decimal.h"

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
  *out++ = '(';
  out = WriteDecimal(out, id);
  *out++ = ')';
  return out;
}

// Functions with their calls. Parts of a line are made in place: they take
// where they begin and give where they end.
class PartWriter {
 public:
  PartWriter(const CallgrindPlan& plan, size_t part, TextSink& out)
      : plan_(plan),
        profile_(plan.profile()),
        part_(static_cast<uint32_t>(part)),
        out_(out),
        room_(kRoomBesideCosts + profile_.events.size() * (kMostDecimals + 1)),
        is_function_named_(profile_.functions.size()),
        is_file_named_(profile_.strings.size()),
        is_object_named_(profile_.strings.size()) {}

  CallgrindLoss Write() {
    if (part_ == 0) WriteOutside();
    const uint32_t end = plan_.Begin(part_ + 1).row();
    for (uint32_t f = plan_.Begin(part_).row(); f < end; ++f) {
      WriteFunction(FunctionId(f));
      WriteCalls(FunctionId(f));
    }
    return loss_;
  }

 private:
  void WriteOutside();
  void WriteFunction(FunctionId f);
  void WriteCalls(FunctionId caller);
  void PrefetchCalls(size_t place) const;
  void WriteCall(const CallgrindPlan::Row& caller, FunctionId callee,
                 int64_t count, uint32_t line,
                 std::span<const int64_t> inclusive);

  // Whether the function's name, file and object have been written.
  bool IsNamed(FunctionId f) const {
    return plan_[f].first_part < part_ || is_function_named_[f.row()];
  }
  template <size_t n>
  char* PutObject(char* out, const char (&key)[n], FunctionId f);
  template <size_t n>
  char* PutFile(char* out, const char (&key)[n], FunctionId f);
  template <size_t n>
  char* PutFunction(char* out, const char (&key)[n], FunctionId f);
  char* PutObjectName(char* out, FunctionId f);
  char* PutFileName(char* out, FunctionId f);
  char* PutName(char* out, std::string_view name);
  char* PutLine(char* out, uint32_t line, std::span<const int64_t> costs);

  const CallgrindPlan& plan_;
  const Profile& profile_;
  const uint32_t part_;
  TextSink& out_;
  const size_t room_;  // for any function or call, but for names
  std::vector<bool> is_function_named_;  // in this part; so are these
  std::vector<bool> is_file_named_;      // per text
  std::vector<bool> is_object_named_;    // per text
  std::string scratch_;
  CallgrindLoss loss_;
};

void PartWriter::WriteOutside() {
  const EntryCalls& entries = plan_.entries();
  if (entries.calls.empty()) return;
  const CallgrindPlan::Row outside{kOutsideId, kOutsideId, 0, 0};
  const std::vector<int64_t> nothing(profile_.events.size());
  char* out = out_.Reserve(room_);
  out = PutId(out, "\nob=", kOutsideId);
  out = PutName(out, kOutsideObject);
  out = PutId(out, "\nfl=", kOutsideId);
  out = PutName(out, kOutsideFile);
  out = PutId(out, "\nfn=", kOutsideId);
  out = PutName(out, kOutsideName);
  *out++ = '\n';
  out_.EndAt(PutLine(out, 0, nothing));
  for (size_t row = 0; row < entries.calls.size(); ++row) {
    const EntryCall& entry = entries.calls[row];
    WriteCall(outside, entry.callee, entry.calls, 0, entries.inclusive[row]);
  }
}

void PartWriter::WriteFunction(FunctionId f) {
  char* out = out_.Reserve(room_);
  out = PutObject(out, "\nob=", f);
  out = PutFile(out, "\nfl=", f);
  out = PutFunction(out, "\nfn=", f);
  *out++ = '\n';
  out_.EndAt(PutLine(out, plan_[f].line, profile_.graph.self[f.row()]));
}

void PartWriter::WriteCalls(FunctionId caller) {
  const CallsByCaller& index = plan_.calls();
  const CallgrindPlan::Row& row = plan_[caller];
  const size_t end = index.begins[caller.row() + 1];
  for (size_t place = index.begins[caller.row()]; place < end; ++place) {
    PrefetchCalls(place);
    const uint32_t c = index.calls[place].row();
    const Call& call = profile_.graph.calls[c];
    WriteCall(row, call.callee, call.counts.total,
              call.line != 0 ? call.line : row.line,
              profile_.graph.call_inclusive[c]);
  }
}

// Calls and callees lie all over their tables: asks for those that come soon.
// Inline by force: g++ takes a call that only prefetches for one without effect
// and drops it.
[[gnu::always_inline]] inline void PartWriter::PrefetchCalls(
    size_t place) const {
  constexpr size_t kSoon = 16;
  const CallsByCaller& index = plan_.calls();
  const CallGraph& graph = profile_.graph;
  if (place + 2 * kSoon >= index.calls.size()) return;
  const uint32_t later = index.calls[place + 2 * kSoon].row();
  __builtin_prefetch(&graph.calls[later]);
  __builtin_prefetch(graph.call_inclusive[later].data());
  const uint32_t soon = index.calls[place + kSoon].row();
  __builtin_prefetch(&plan_[graph.calls[soon].callee]);
}

// The callee's object and file are the caller's where they are not written.
void PartWriter::WriteCall(const CallgrindPlan::Row& caller, FunctionId callee,
                           int64_t count, uint32_t line,
                           std::span<const int64_t> inclusive) {
  const CallgrindPlan::Row& row = plan_[callee];
  loss_.uncounted_calls += count <= 0;
  char* out = out_.Reserve(room_);
  if (row.object != caller.object) {
    out = PutObject(out, "cob=", callee);
    *out++ = '\n';
  }
  if (row.file != caller.file) {
    out = PutFile(out, "cfi=", callee);
    *out++ = '\n';
  }
  out = PutFunction(out, "cfn=", callee);
  out = PutLiteral(out, "\ncalls=");
  out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(1, count)));
  *out++ = ' ';
  out = WriteDecimal(out, row.line);
  *out++ = '\n';
  out_.EndAt(PutLine(out, line, inclusive));
}

template <size_t n>
char* PartWriter::PutObject(char* out, const char (&key)[n], FunctionId f) {
  out = PutId(out, key, plan_[f].object);
  return IsNamed(f) ? out : PutObjectName(out, f);
}

template <size_t n>
char* PartWriter::PutFile(char* out, const char (&key)[n], FunctionId f) {
  out = PutId(out, key, plan_[f].file);
  return IsNamed(f) ? out : PutFileName(out, f);
}

template <size_t n>
char* PartWriter::PutFunction(char* out, const char (&key)[n], FunctionId f) {
  out = PutId(out, key, CallgrindId(f));
  if (IsNamed(f)) return out;
  is_function_named_[f.row()] = true;
  return PutName(out, plan_.names().Of(f, scratch_));
}

char* PartWriter::PutObjectName(char* out, FunctionId f) {
  const StringId object = profile_.functions[f.row()].object;
  if (plan_.FirstPartOfObject(object) < part_ ||
      is_object_named_[object.row()]) {
    return out;
  }
  is_object_named_[object.row()] = true;
  return PutName(out, CallgrindName(profile_.strings[object], kNoObject));
}

char* PartWriter::PutFileName(char* out, FunctionId f) {
  const StringId file = profile_.functions[f.row()].file;
  if (plan_.FirstPartOfFile(file) < part_ || is_file_named_[file.row()]) {
    return out;
  }
  is_file_named_[file.row()] = true;
  return PutName(out, CallgrindName(profile_.strings[file], kNoFile));
}

// Behind an id that is new.
char* PartWriter::PutName(char* out, std::string_view name) {
  *out++ = ' ';
  out_.EndAt(out);
  out_.Write(name);
  return out_.Reserve(room_);
}

inline char* PartWriter::PutLine(char* out, uint32_t line,
                                 std::span<const int64_t> costs) {
  out = WriteDecimal(out, line);
  for (const int64_t cost : costs) {
    loss_.negative_costs += cost < 0;
    *out++ = ' ';
    out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(0, cost)));
  }
  *out++ = '\n';
  return out;
}

}  // namespace

CallgrindLoss WriteCallgrindPart(const CallgrindPlan& plan, size_t part,
                                 TextSink& out) {
  return PartWriter(plan, part, out).Write();
}

}  // namespace prof2cg
