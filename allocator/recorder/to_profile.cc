#include "allocator/recorder/to_profile.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "converter/names/python_package.h"
#include "graph/context_tree_builder.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

// What a row of costs is made of.
struct Figures {
  int64_t ns;
  int64_t cpu_ns;
  OwnerCounters heap;
};

// An event, and where its figure stands.
struct Column {
  bool RecordedEvents::*chosen;
  Event event;
  int64_t (*cost)(const Figures&);
};

template <int64_t OwnerCounters::*counter>
int64_t Counter(const Figures& figures) {
  return figures.heap.*counter;
}

const std::vector<Column>& Columns() {
  using E = RecordedEvents;
  using C = OwnerCounters;
  constexpr Unit kNs = Unit::kNanoseconds;
  constexpr Unit kBytes = Unit::kBytes;
  constexpr Unit kCount = Unit::kCount;
  static const std::vector<Column> columns = {
      {&E::time,
       {"ns", "Time [ns]", kNs},
       [](const Figures& figures) { return figures.ns; }},
      {&E::cpu,
       {"cpu_ns", "CPU time [ns]", kNs},
       [](const Figures& figures) { return figures.cpu_ns; }},
      {&E::alloc,
       {"alloc_blocks", "Blocks allocated", kCount},
       Counter<&C::alloc_blocks>},
      {&E::alloc,
       {"alloc_bytes", "Bytes allocated", kBytes},
       Counter<&C::alloc_bytes>},
      {&E::alloc,
       {"freed_blocks", "Blocks freed", kCount},
       Counter<&C::freed_blocks>},
      {&E::alloc,
       {"freed_bytes", "Bytes freed", kBytes},
       Counter<&C::freed_bytes>},
      {&E::alloc,
       {"reallocs", "Blocks resized", kCount},
       Counter<&C::reallocs>},
      {&E::live,
       {"live_blocks", "Blocks live at the end", kCount, Kind::kLive},
       Counter<&C::live_blocks>},
      {&E::live,
       {"live_bytes", "Bytes live at the end", kBytes, Kind::kLive},
       Counter<&C::live_bytes>},
      {&E::peak,
       {"peak_blocks", "Blocks live at the peak", kCount, Kind::kPeak},
       Counter<&C::peak_blocks>},
      {&E::peak,
       {"peak_bytes", "Bytes live at the peak", kBytes, Kind::kPeak},
       Counter<&C::peak_bytes>},
      {&E::arenas, {"arenas", "Arenas mapped", kCount}, Counter<&C::arenas>},
  };
  return columns;
}

class Conversion {
 public:
  Conversion(Recorder& recorder, const Heap& heap, const RecordedEvents& events)
      : recorder_(recorder),
        contexts_(recorder.contexts()),
        heap_(heap),
        events_(events),
        ns_per_tick_(recorder.clock().NanosecondsPerTick()),
        columns_(Chosen(events)),
        builder_(Events(columns_)),
        tree_(columns_.size()) {}

  Profile Convert() && {
    AddFunctions();
    rows_.resize(contexts_.end());
    for (Owner context = kFirstOwner; context < contexts_.end(); ++context) {
      AddContext(context);
    }
    AddThreads();
    NoteOddities();
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    profile.naming = Naming::kModuleLineName;
    profile.is_traced = true;
    FoldContexts(profile);
    return profile;
  }

 private:
  static std::vector<Column> Chosen(const RecordedEvents& events);
  static EventSet Events(const std::vector<Column>& columns);

  void AddFunctions();
  void AddContext(Owner context);
  void AddSizes(Owner context);
  void AddThreads();
  void NoteOddities();

  Figures FiguresOf(Owner context) const;
  int64_t Nanoseconds(int64_t ticks) const {
    return std::llround(static_cast<double>(ticks) * ns_per_tick_);
  }

  Recorder& recorder_;
  const CallingContexts& contexts_;
  const Heap& heap_;
  const RecordedEvents events_;
  const double ns_per_tick_;
  const std::vector<Column> columns_;

  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  std::vector<FunctionId> functions_;  // by the recorder's row
  std::vector<ContextId> rows_;        // by the recorder's context
  std::vector<int64_t> costs_;
};

std::vector<Column> Conversion::Chosen(const RecordedEvents& events) {
  std::vector<Column> chosen;
  std::ranges::copy_if(
      Columns(), std::back_inserter(chosen),
      [&](const Column& column) { return events.*column.chosen; });
  return chosen;
}

EventSet Conversion::Events(const std::vector<Column>& columns) {
  std::vector<Event> events;
  for (const Column& column : columns) events.push_back(column.event);
  return EventSet(std::move(events));
}

void Conversion::AddFunctions() {
  for (const RecordedFunction& function : recorder_.functions()) {
    // Those that are hidden have no contexts, and are not in the profile.
    functions_.push_back(
        function.is_hidden ? FunctionId()
                           : builder_.AddFunction(
                                 {builder_.Intern(function.name),
                                  builder_.Intern(function.file),
                                  builder_.Intern(PythonPackage(function.file)),
                                  function.line}));
  }
}

void Conversion::AddContext(Owner context) {
  const CallingContext& recorded = contexts_[context];
  const bool is_root = recorded.parent == kUnrecorded;
  const ContextId id = rows_[context] =
      tree_.Enter(rows_[recorded.parent], functions_[recorded.function],
                  is_root ? 0 : recorded.line, is_root ? recorded.line : 0);
  tree_.AddCalls(id, recorded.calls);
  const Figures figures = FiguresOf(context);
  costs_.clear();
  for (const Column& column : columns_) {
    costs_.push_back(column.cost(figures));
  }
  tree_.AddSelf(id, costs_);
  if (events_.sizes) AddSizes(context);
}

Figures Conversion::FiguresOf(Owner context) const {
  const CallingContext& recorded = contexts_[context];
  Figures figures{};
  figures.ns = Nanoseconds(recorded.self_ticks);
  figures.cpu_ns = Nanoseconds(recorded.self_ticks - recorded.waiting_ticks);
  if (heap_.is_open()) figures.heap = heap_.Counters(context);
  return figures;
}

void Conversion::AddSizes(Owner context) {
  const SizeHistogram* sizes = heap_.Sizes(context);
  if (sizes == nullptr) return;
  for (size_t bucket = 0; bucket < sizes->size(); ++bucket) {
    const int64_t blocks = (*sizes)[bucket];
    if (blocks == 0) continue;
    tree_.AddSizes(
        {rows_[context], static_cast<int64_t>(LeastSize(bucket)), blocks});
  }
}

void Conversion::AddThreads() {
  Profile& profile = builder_.profile();
  for (const std::string& name : recorder_.threads().names()) {
    profile.threads.push_back(builder_.Intern(name));
  }
}

void Conversion::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.Note(
      "call had no room for a context: counted in a context above it",
      "calls had no room for a context: counted in contexts above them",
      recorder_.folded_calls());
  provenance.Note("return came from a function that was not the last called",
                  "returns came from functions that were not the last called",
                  recorder_.unmatched_returns());
}

}  // namespace

Profile ToProfile(Recorder& recorder, const Heap& heap,
                  const RecordedEvents& events) {
  recorder.Settle();
  return Conversion(recorder, heap, events).Convert();
}

}  // namespace prof2cg
