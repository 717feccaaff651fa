#include "converter/writers/pstats_dump.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "converter/io/parts.h"
#include "converter/io/text_buffer.h"
#include "converter/writers/marshal_out.h"
#include "graph/grouping.h"
#include "graph/row_index.h"

namespace prof2cg {
namespace {

// The keys of a dump: (file, line, name), marshalled once, for each stands
// there as often as its function is a caller. They are told apart as Python
// does: by what it reads, which is the same for names that are no text and for
// those that they are written as.
class DumpKeys {
 public:
  explicit DumpKeys(const Profile& profile) {
    TextBuffer key;
    MarshalOut out(key);
    RowIndex index;
    keys_.reserve(profile.functions.size());
    for (const Function& f : profile.functions) {
      key.Clear();
      out.BeginTuple(3);
      out.Text(profile.strings[f.file]);
      out.Int(f.line);
      out.Text(profile.strings[f.name]);
      const auto new_row = static_cast<uint32_t>(size());
      keys_.push_back(index.FindOrAdd(
          absl::HashOf(key.text()), new_row,
          [&](uint32_t other) { return (*this)[other] == key.text(); }));
      if (keys_.back() != new_row) continue;
      text_.Write(key.text());
      begins_.push_back(text_.text().size());
    }
  }

  size_t size() const { return begins_.size() - 1; }
  uint32_t Of(FunctionId f) const { return keys_[f.row()]; }
  std::string_view operator[](size_t key) const {
    return text_.text().substr(begins_[key], begins_[key + 1] - begins_[key]);
  }

 private:
  std::vector<uint32_t> keys_;        // per function
  std::vector<size_t> begins_ = {0};  // per key, and the end
  TextBuffer text_;
};

struct Figures {
  CallCounts counts;
  int64_t self = 0;
  int64_t inclusive = 0;

  Figures& operator+=(const Figures& more) {
    counts += more.counts;
    self = SaturatingAdd(self, more.self);
    inclusive = SaturatingAdd(inclusive, more.inclusive);
    return *this;
  }
};

// What is written, ready for parts that are written in any order.
class Dump {
 public:
  Dump(const Profile& profile, const CallGraph& graph)
      : graph_(graph),
        event_(DumpedEvent(profile.events).row()),
        is_time_(profile.events[EventId(event_)].unit == Unit::kNanoseconds),
        keys_(profile),
        figures_(keys_.size()) {
    AddUpFunctions();
    OrderCalls();
    may_repeat_ = keys_.size() != graph.counts.size() ||
                  std::ranges::any_of(graph.calls, &Call::line);
  }

  const DumpKeys& keys() const { return keys_; }
  const Figures& OfFunction(size_t key) const { return figures_[key]; }

  struct Caller {
    uint32_t key;
    Figures figures;
  };
  // Each once.
  void FindCallers(size_t callee, std::vector<Caller>& callers) const;

  // As cProfile does it since Python 3.8, so that its times come back bit by
  // bit: a product, not a quotient.
  double Seconds(int64_t cost) const {
    constexpr double kSecondsOfNanosecond = 1e-9;
    const auto value = static_cast<double>(cost);
    return is_time_ ? value * kSecondsOfNanosecond : value;
  }

 private:
  void AddUpFunctions();
  void OrderCalls();
  Figures OfCall(uint32_t row) const {
    return {graph_.calls[row].counts,
            graph_.call_self.rows() != 0 ? graph_.call_self[row][event_] : 0,
            graph_.call_inclusive[row][event_]};
  }

  const CallGraph& graph_;
  const size_t event_;
  const bool is_time_;
  const DumpKeys keys_;
  std::vector<Figures> figures_;  // per key
  std::vector<uint32_t> calls_;   // rows, callee by callee
  std::vector<uint32_t> begins_;  // per key: in calls_
  bool may_repeat_;               // whether callers of a callee do
};

void Dump::AddUpFunctions() {
  for (size_t f = 0; f < graph_.counts.size(); ++f) {
    figures_[keys_.Of(FunctionId(f))] +=
        {graph_.counts[f], graph_.self[f][event_], graph_.inclusive[f][event_]};
  }
}

void Dump::OrderCalls() {
  const auto callee = [&](size_t row) {
    return keys_.Of(graph_.calls[row].callee);
  };
  Grouping grouping(graph_.calls.size(), keys_.size(), callee);
  calls_.resize(graph_.calls.size());
  for (uint32_t row = 0; row < calls_.size(); ++row) {
    calls_[grouping.Take(callee(row))] = row;
  }
  begins_ = std::move(grouping).Begins();
}

void Dump::FindCallers(size_t callee, std::vector<Caller>& callers) const {
  callers.clear();
  for (uint32_t i = begins_[callee]; i < begins_[callee + 1]; ++i) {
    const FunctionId caller = graph_.calls[calls_[i]].caller;
    callers.push_back({keys_.Of(caller), OfCall(calls_[i])});
  }
  if (!may_repeat_) return;
  std::ranges::sort(callers, {}, &Caller::key);
  size_t last = 0;
  for (size_t i = 1; i < callers.size(); ++i) {
    if (callers[i].key == callers[last].key) {
      callers[last].figures += callers[i].figures;
    } else {
      callers[++last] = callers[i];
    }
  }
  if (!callers.empty()) callers.resize(last + 1);
}

class DumpPart {
 public:
  DumpPart(const Dump& dump, TextSink& sink)
      : dump_(dump), sink_(sink), out_(sink) {}

  // A function has its primitive calls first, a call has them second.
  void WriteFunction(size_t key) {
    const Figures& figures = dump_.OfFunction(key);
    sink_.Write(dump_.keys()[key]);
    out_.BeginTuple(5);
    out_.Int(figures.counts.primitive);
    out_.Int(figures.counts.total);
    WriteTimes(figures);
    out_.BeginDict();
    dump_.FindCallers(key, callers_);
    for (const Dump::Caller& caller : callers_) {
      sink_.Write(dump_.keys()[caller.key]);
      out_.BeginTuple(4);
      out_.Int(caller.figures.counts.total);
      out_.Int(caller.figures.counts.primitive);
      WriteTimes(caller.figures);
    }
    out_.EndDict();
  }

 private:
  void WriteTimes(const Figures& figures) {
    out_.Float(dump_.Seconds(figures.self));
    out_.Float(dump_.Seconds(figures.inclusive));
  }

  const Dump& dump_;
  TextSink& sink_;
  MarshalOut out_;
  std::vector<Dump::Caller> callers_;
};

}  // namespace

EventId DumpedEvent(const EventSet& events) {
  for (size_t e = 0; e < events.size(); ++e) {
    if (events[EventId(e)].unit == Unit::kNanoseconds) return EventId(e);
  }
  return EventId(0);
}

int64_t WriteDump(const Profile& profile, const CallGraph& graph,
                  TextSink& out) {
  constexpr size_t kKeysOfPart = 4096;
  const Dump dump(profile, graph);
  const size_t keys = dump.keys().size();
  MarshalOut(out).BeginDict();
  WriteParts((keys + kKeysOfPart - 1) / kKeysOfPart, out,
             [&](size_t part, TextSink& sink) {
               DumpPart writer(dump, sink);
               const size_t begin = part * kKeysOfPart;
               const size_t end = std::min(begin + kKeysOfPart, keys);
               for (size_t key = begin; key < end; ++key) {
                 writer.WriteFunction(key);
               }
             });
  MarshalOut(out).EndDict();
  return static_cast<int64_t>(profile.functions.size() - keys);
}

}  // namespace prof2cg
