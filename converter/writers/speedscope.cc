// Stacks as speedscope opens them; see readers/speedscope.cc for the format.
//
// Every event is a sampled profile, or one of each thread where threads are
// told. A frame is a function, so that contexts that differ in lines of calls
// only are one. Those that cost something are samples of that weight. They
// stand in the order of a walk through the tree, so that a context and all
// below it is one block where speedscope shows them by time.
//
// What the format has no place for stands in members that speedscope skips:
// "event", "description" and "thread" of a profile, "object" of a frame.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/version.h"
#include "converter/writers/json_rows.h"
#include "converter/writers/stacks.h"
#include "converter/writers/writer.h"
#include "graph/context_tree_builder.h"
#include "graph/passes/walk_contexts.h"

namespace prof2cg {
namespace {

// What speedscope calls the model's units, in their order.
constexpr std::string_view kUnits[] = {"nanoseconds", "bytes", "none"};

ContextTree WithoutLines(const ContextTree& tree) {
  ContextTreeBuilder joined(tree.self.events());
  std::vector<ContextId> ids;
  for (size_t row = 0; row < tree.contexts.size(); ++row) {
    const auto& [parent, function, line, calls, thread] = tree.contexts[row];
    const ContextId caller = parent.is_valid() ? ids[parent.row()] : parent;
    ids.push_back(joined.Enter(caller, function, 0, thread));
    joined.AddSelf(ids.back(), tree.self[row]);
  }
  return std::move(joined).Build();
}

// Thread by thread, in the order of a walk through the tree.
std::vector<ContextId> InOrder(const std::vector<Context>& contexts) {
  std::vector<ContextId> order;
  WalkContexts(
      contexts, [&](uint32_t row) { order.push_back(ContextId(row)); },
      [](uint32_t) {});
  std::ranges::stable_sort(
      order, {}, [&](ContextId id) { return contexts[id.row()].thread; });
  return order;
}

// What a profile of the file is of.
struct Part {
  EventId event;
  uint32_t thread;
  std::vector<ContextId> samples;
  int64_t total;
};

class SpeedscopeWriter {
 public:
  SpeedscopeWriter(const Profile& profile, TextSink& out)
      : profile_(profile),
        stacks_(profile),
        tree_(WithoutLines(stacks_.tree())),
        out_(out) {}

  std::vector<Oddity> Write() {
    WriteHead();
    WriteFrames();
    out_.Write("]},\n\"profiles\":[");
    const std::vector<ContextId> contexts = InOrder(tree_.contexts);
    for (size_t e = 0; e < profile_.events.size(); ++e) {
      WriteEvent(EventId(e), contexts);
    }
    out_.Write("]}\n");
    return Oddities();
  }

 private:
  bool TellsThreads() const {
    return !profile_.threads.empty() && !stacks_.are_estimated();
  }

  void WriteHead();
  void WriteFrames();
  void WriteEvent(EventId event, std::span<const ContextId> contexts);
  Part TakePart(EventId event, std::span<const ContextId> thread);
  void WritePart(const Part& part);
  // The first one first.
  void WriteStack(ContextId context);
  std::string NameOf(const Part& part) const;
  std::vector<Oddity> Oddities() const;

  const Profile& profile_;
  const Stacks stacks_;
  const ContextTree tree_;
  TextSink& out_;
  JsonRows profiles_{out_};
  std::vector<uint32_t> stack_;  // of the sample that is written
  int64_t negative_costs_ = 0;
};

void SpeedscopeWriter::WriteHead() {
  out_.Write(
      "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\"");
  WriteMember(",\n\"exporter\":", "prof2cg " + std::string(kVersion), out_);
  if (!profile_.command.empty())
    WriteMember(",\n\"name\":", profile_.command, out_);
  out_.Write(",\n\"shared\":{\"frames\":[");
}

void SpeedscopeWriter::WriteFrames() {
  JsonRows rows(out_);
  for (const Function& function : profile_.functions) {
    rows.Begin();
    WriteMember("{\"name\":", profile_.strings[function.name], out_);
    const std::string_view file = profile_.strings[function.file];
    const std::string_view object = profile_.strings[function.object];
    if (!file.empty()) WriteMember(",\"file\":", file, out_);
    if (function.line != 0) {
      out_.Write(",\"line\":");
      out_.WriteNumber(function.line);
    }
    if (!object.empty()) WriteMember(",\"object\":", object, out_);
    out_.Write('}');
  }
}

// Of threads that cost something; one at the least, so that the event is told.
void SpeedscopeWriter::WriteEvent(EventId event,
                                  std::span<const ContextId> contexts) {
  const auto thread_of = [&](ContextId context) {
    return tree_.contexts[context.row()].thread;
  };
  bool is_told = false;
  while (!contexts.empty()) {
    size_t end = 1;
    while (end < contexts.size() &&
           thread_of(contexts[end]) == thread_of(contexts[0])) {
      ++end;
    }
    const Part part = TakePart(event, contexts.first(end));
    contexts = contexts.subspan(end);
    if (part.samples.empty() && (is_told || !contexts.empty())) continue;
    WritePart(part);
    is_told = true;
  }
  if (!is_told) WritePart({event, 0, {}, 0});
}

Part SpeedscopeWriter::TakePart(EventId event,
                                std::span<const ContextId> thread) {
  Part part{event, tree_.contexts[thread[0].row()].thread, {}, 0};
  for (const ContextId context : thread) {
    const int64_t cost = tree_.self[context.row()][event.row()];
    negative_costs_ += cost < 0;
    if (cost <= 0) continue;
    part.samples.push_back(context);
    part.total = SaturatingAdd(part.total, cost);
  }
  return part;
}

void SpeedscopeWriter::WritePart(const Part& part) {
  const Event& event = profile_.events[part.event];
  profiles_.Begin();
  WriteMember("{\"type\":\"sampled\",\"name\":", NameOf(part), out_);
  WriteMember(",\"event\":", event.name, out_);
  WriteMember(",\"description\":", event.long_name, out_);
  if (TellsThreads()) {
    WriteMember(",\"thread\":", profile_.strings[profile_.threads[part.thread]],
                out_);
  }
  WriteMember(",\"unit\":", kUnits[static_cast<size_t>(event.unit)], out_);
  out_.Write(",\"startValue\":0,\"endValue\":");
  out_.WriteNumber(part.total);
  out_.Write(",\"samples\":[");
  JsonRows samples(out_);
  for (const ContextId context : part.samples) {
    samples.Begin();
    WriteStack(context);
  }
  out_.Write("],\n\"weights\":");
  const auto weight = [&](ContextId context) {
    return tree_.self[context.row()][part.event.row()];
  };
  WriteNumbers(part.samples | std::views::transform(weight), out_);
  out_.Write('}');
}

void SpeedscopeWriter::WriteStack(ContextId context) {
  stack_.clear();
  while (context.is_valid()) {
    const Context& called = tree_.contexts[context.row()];
    stack_.push_back(called.function.row());
    context = called.parent;
  }
  WriteNumbers(std::views::reverse(stack_), out_);
}

// For people.
std::string SpeedscopeWriter::NameOf(const Part& part) const {
  const Event& event = profile_.events[part.event];
  std::string name = event.long_name.empty() ? event.name : event.long_name;
  if (stacks_.are_estimated()) return name + " (estimated stacks)";
  if (profile_.threads.size() < 2) return name;
  return name + ", " +
         std::string(profile_.strings[profile_.threads[part.thread]]);
}

std::vector<Oddity> SpeedscopeWriter::Oddities() const {
  std::vector<Oddity> oddities = stacks_.Oddities();
  if (negative_costs_ > 0) {
    oddities.push_back(
        {"cost is negative: left out, since speedscope has no sign",
         "costs are negative: left out, since speedscope has no sign",
         negative_costs_});
  }
  return oddities;
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  return SpeedscopeWriter(profile, out).Write();
}

}  // namespace

extern constinit const Writer kSpeedscopeWriter = {
    .name = "speedscope",
    .description = "stacks for speedscope.app",
    .extensions = ".speedscope.json",
    .holds = Holds{.all_events = true, .stacks = true, .threads = true},
    .write = Write,
};

}  // namespace prof2cg
