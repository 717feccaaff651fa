// callgrind.out files, for KCachegrind, QCachegrind and callgrind_annotate.
//
// The format is that of Valgrind's docs/cl-format.xml; what its readers really
// accept decides the rest:
//  - Both want whole numbers of at least 0, one blank between them. A call that
//    was counted 0 times would be taken for self cost by callgrind_annotate.
//  - Names are compressed, "(id) name" once and "(id)" from then on, with an id
//    for each function: KCachegrind takes it for the function, others for its
//    name. Behind an id a name may hold any character of its line.
//  - callgrind_annotate takes its 100 % from the summary, KCachegrind from the
//    self costs.
//  - KCachegrind takes a function's inclusive cost from the calls into it and
//    finds no cycle that its search, which goes by name, starts in. Calls from
//    outside the profile are therefore written too, from a function that sorts
//    before all others and calls the roots.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/decimal.h"
#include "converter/version.h"
#include "converter/writers/callgrind_names.h"
#include "converter/writers/writer.h"
#include "graph/passes/calls_by_caller.h"
#include "graph/passes/entry_calls.h"

namespace prof2cg {
namespace {

// Id 1 of each kind is that of the outside.
constexpr uint32_t kOutsideId = 1;

// A function or a call takes less, but for names and costs.
constexpr size_t kRoomBesideCosts = 256;

// Text of known length: a few moves.
template <size_t n>
char* PutText(char* out, const char (&text)[n]) {
  std::memcpy(out, text, n - 1);
  return out + n - 1;
}

// "fn=(12)"
template <size_t n>
char* PutId(char* out, const char (&key)[n], uint32_t id) {
  out = PutText(out, key);
  *out++ = '(';
  out = WriteDecimal(out, id);
  *out++ = ')';
  return out;
}

uint32_t IdOf(FunctionId f) { return f.row() + kOutsideId + 1; }

// Ids of files or of objects, in the order of the functions that have them.
class TextIds {
 public:
  TextIds(const Profile& profile, StringId Function::*text)
      : ids_(profile.strings.size()), is_named_(profile.strings.size()) {
    uint32_t last = kOutsideId;
    for (const Function& function : profile.functions) {
      uint32_t& id = ids_[(function.*text).row()];
      if (id == 0) id = ++last;
    }
  }

  uint32_t operator[](StringId text) const { return ids_[text.row()]; }

  // Whether its name is due: the first time that it is asked for.
  bool TakeName(StringId text) {
    if (is_named_[text.row()]) return false;
    is_named_[text.row()] = true;
    return true;
  }

 private:
  std::vector<uint32_t> ids_;  // per text; 0: none
  std::vector<bool> is_named_;
};

class CallgrindFile {
 public:
  CallgrindFile(const Profile& profile, Output& out)
      : profile_(profile),
        out_(out),
        room_(kRoomBesideCosts + profile.events.size() * (kMostDecimals + 1)),
        names_(profile),
        entries_(FindEntryCalls(profile)),
        is_function_named_(profile.functions.size()),
        files_(profile, &Function::file),
        objects_(profile, &Function::object) {}

  std::vector<Oddity> Write() {
    WriteHeader();
    WriteOutside();
    const CallsByCaller index = IndexByCaller(profile_.graph);
    for (size_t f = 0; f < profile_.functions.size(); ++f) {
      WriteFunction(FunctionId(f));
      WriteCalls(FunctionId(f), index);
    }
    WriteTotals("\ntotals:");
    return Oddities();
  }

 private:
  void WriteHeader();
  void WriteTotals(std::string_view key);
  void WriteOutside();
  void WriteFunction(FunctionId f);
  void WriteCalls(FunctionId caller, const CallsByCaller& index);
  void PrefetchCalls(const CallsByCaller& index, size_t place) const;
  void WriteCall(const Function* caller, FunctionId callee, int64_t count,
                 uint32_t line, std::span<const int64_t> inclusive);

  // Parts of a function or a call, made in place: they take where they begin
  // and give where they end.
  template <size_t n>
  char* PutFunction(char* out, const char (&key)[n], FunctionId f);
  template <size_t n>
  char* PutObject(char* out, const char (&key)[n], StringId object);
  template <size_t n>
  char* PutFile(char* out, const char (&key)[n], StringId file);
  char* PutName(char* out, std::string_view name);
  char* PutLine(char* out, uint32_t line, std::span<const int64_t> costs);
  char* PutCosts(char* out, std::span<const int64_t> costs);
  std::vector<Oddity> Oddities() const;

  const Profile& profile_;
  Output& out_;
  const size_t room_;  // for any function or call, but for names
  const CallgrindNames names_;
  const EntryCalls entries_;
  std::vector<bool> is_function_named_;
  TextIds files_;
  TextIds objects_;
  std::vector<int64_t> totals_;
  std::string scratch_;
  int64_t negative_costs_ = 0;
  int64_t uncounted_calls_ = 0;
};

void CallgrindFile::WriteHeader() {
  out_.Write("# callgrind format\nversion: 1\ncreator: prof2cg ");
  out_.Write(kVersion);
  if (!profile_.command.empty()) {
    out_.Write("\ncmd: ");
    out_.Write(CallgrindName(profile_.command, ""));
  }
  out_.Write("\ndesc: Fidelity: ");
  out_.Write(Summarize(profile_).Text());
  const bool has_call_sites = std::ranges::any_of(
      profile_.graph.calls, [](const Call& call) { return call.line != 0; });
  if (!has_call_sites) {
    out_.Write("\ndesc: Call sites: unknown, shown at the caller's first line");
  }
  for (const Event& event : profile_.events) {
    out_.Write("\nevent: " + event.name + " : " +
               CallgrindName(event.long_name, event.name));
  }
  out_.Write("\npositions: line\nevents:");
  for (const Event& event : profile_.events) out_.Write(" " + event.name);
  totals_.resize(profile_.events.size());
  for (size_t f = 0; f < profile_.functions.size(); ++f) {
    for (size_t e = 0; e < totals_.size(); ++e) {
      const int64_t self = std::max<int64_t>(0, profile_.graph.self[f][e]);
      totals_[e] = SaturatingAdd(totals_[e], self);
    }
  }
  WriteTotals("\nsummary:");
}

void CallgrindFile::WriteTotals(std::string_view key) {
  out_.Write(key);
  out_.EndAt(PutCosts(out_.Reserve(room_), totals_));
}

void CallgrindFile::WriteOutside() {
  if (entries_.calls.empty()) return;
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
  for (size_t row = 0; row < entries_.calls.size(); ++row) {
    const EntryCall& entry = entries_.calls[row];
    WriteCall(nullptr, entry.callee, entry.calls, 0, entries_.inclusive[row]);
  }
}

void CallgrindFile::WriteFunction(FunctionId f) {
  const Function& function = profile_.functions[f.row()];
  char* out = out_.Reserve(room_);
  out = PutObject(out, "\nob=", function.object);
  out = PutFile(out, "\nfl=", function.file);
  out = PutFunction(out, "\nfn=", f);
  *out++ = '\n';
  out_.EndAt(PutLine(out, function.line, profile_.graph.self[f.row()]));
}

void CallgrindFile::WriteCalls(FunctionId caller, const CallsByCaller& index) {
  const Function& function = profile_.functions[caller.row()];
  const size_t end = index.begins[caller.row() + 1];
  for (size_t place = index.begins[caller.row()]; place < end; ++place) {
    PrefetchCalls(index, place);
    const uint32_t row = index.calls[place].row();
    const Call& call = profile_.graph.calls[row];
    WriteCall(&function, call.callee, call.counts.total,
              call.line != 0 ? call.line : function.line,
              profile_.graph.call_inclusive[row]);
  }
}

// Calls and callees lie all over their tables: asks for those that come soon.
// Inline by force: g++ takes a call that only prefetches for one without effect
// and drops it.
[[gnu::always_inline]] inline void CallgrindFile::PrefetchCalls(
    const CallsByCaller& index, size_t place) const {
  constexpr size_t kSoon = 16;
  const CallGraph& graph = profile_.graph;
  if (place + 2 * kSoon >= index.calls.size()) return;
  const uint32_t later = index.calls[place + 2 * kSoon].row();
  __builtin_prefetch(&graph.calls[later]);
  __builtin_prefetch(graph.call_inclusive[later].data());
  const uint32_t soon = index.calls[place + kSoon].row();
  __builtin_prefetch(&profile_.functions[graph.calls[soon].callee.row()]);
}

// The callee's object and file are the caller's where they are not named.
void CallgrindFile::WriteCall(const Function* caller, FunctionId callee,
                              int64_t count, uint32_t line,
                              std::span<const int64_t> inclusive) {
  const Function& function = profile_.functions[callee.row()];
  uncounted_calls_ += count <= 0;
  char* out = out_.Reserve(room_);
  if (caller == nullptr || function.object != caller->object) {
    out = PutObject(out, "cob=", function.object);
    *out++ = '\n';
  }
  if (caller == nullptr || function.file != caller->file) {
    out = PutFile(out, "cfi=", function.file);
    *out++ = '\n';
  }
  out = PutFunction(out, "cfn=", callee);
  out = PutText(out, "\ncalls=");
  out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(1, count)));
  *out++ = ' ';
  out = WriteDecimal(out, function.line);
  *out++ = '\n';
  out_.EndAt(PutLine(out, line, inclusive));
}

template <size_t n>
char* CallgrindFile::PutFunction(char* out, const char (&key)[n],
                                 FunctionId f) {
  out = PutId(out, key, IdOf(f));
  if (is_function_named_[f.row()]) return out;
  is_function_named_[f.row()] = true;
  return PutName(out, names_.Of(f, scratch_));
}

template <size_t n>
char* CallgrindFile::PutObject(char* out, const char (&key)[n],
                               StringId object) {
  out = PutId(out, key, objects_[object]);
  if (!objects_.TakeName(object)) return out;
  return PutName(out, CallgrindName(profile_.strings[object], kNoObject));
}

template <size_t n>
char* CallgrindFile::PutFile(char* out, const char (&key)[n], StringId file) {
  out = PutId(out, key, files_[file]);
  if (!files_.TakeName(file)) return out;
  return PutName(out, CallgrindName(profile_.strings[file], kNoFile));
}

// Behind an id that is new.
char* CallgrindFile::PutName(char* out, std::string_view name) {
  *out++ = ' ';
  out_.EndAt(out);
  out_.Write(name);
  return out_.Reserve(room_);
}

inline char* CallgrindFile::PutLine(char* out, uint32_t line,
                                    std::span<const int64_t> costs) {
  return PutCosts(WriteDecimal(out, line), costs);
}

inline char* CallgrindFile::PutCosts(char* out,
                                     std::span<const int64_t> costs) {
  for (const int64_t cost : costs) {
    negative_costs_ += cost < 0;
    *out++ = ' ';
    out = WriteDecimal(out, static_cast<uint64_t>(std::max<int64_t>(0, cost)));
  }
  *out++ = '\n';
  return out;
}

std::vector<Oddity> CallgrindFile::Oddities() const {
  std::vector<Oddity> oddities;
  const auto note = [&](const char* one, const char* many, int64_t count) {
    if (count != 0) oddities.push_back({one, many, count});
  };
  note("cost is negative: written as 0, since callgrind has no sign",
       "costs are negative: written as 0, since callgrind has no sign",
       negative_costs_);
  note("call was counted 0 times: written as 1, as callgrind's readers need",
       "calls were counted 0 times: written as 1, as callgrind's readers need",
       uncounted_calls_);
  return oddities;
}

std::vector<Oddity> Write(const Profile& profile, Output& output) {
  return CallgrindFile(profile, output).Write();
}

}  // namespace

extern constinit const Writer kCallgrind = {
    .name = "callgrind",
    .description = "callgrind.out, for KCachegrind and callgrind_annotate",
    .extensions = ".callgrind .cg .log .out",
    .write = Write,
};

}  // namespace prof2cg
