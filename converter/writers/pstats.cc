#include "converter/writers/pstats.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "converter/io/checksum_sink.h"
#include "converter/io/recording_format.h"
#include "converter/writers/pstats_dump.h"
#include "converter/writers/recording.h"
#include "graph/passes/fold_contexts.h"

namespace prof2cg {
namespace {

template <class Number>
void WriteRaw(Number number, TextSink& out) {
  out.Write({reinterpret_cast<const char*>(&number), sizeof number});
}

// With them, calls of the graph are not yet those of cProfile, which knows
// none.
bool KnowsSites(const Profile& profile) {
  return std::ranges::any_of(profile.contexts->contexts, &Context::line);
}

std::vector<Oddity> Oddities(const Profile& profile, const CallGraph& graph,
                             int64_t same_keys) {
  Provenance notes;
  const Event& event = profile.events[DumpedEvent(profile.events)];
  notes.Note(
      "event, " + event.name +
          ", stands for seconds in what Python reads: there are no times",
      "", event.unit != Unit::kNanoseconds);
  notes.Note("function is one with others for Python, which knows no objects",
             "functions are one with others for Python, which knows no objects",
             same_keys);
  const bool lacks_self = graph.call_self.rows() == 0;
  notes.Note("call has no self cost of its own: Python reads 0",
             "calls have no self cost of their own: Python reads 0",
             lacks_self ? static_cast<int64_t>(graph.calls.size()) : 0);
  return notes.oddities;
}

}  // namespace

std::vector<Oddity> WritePstats(const Profile& profile, TextSink& out) {
  const bool has_graph = HasGraph(profile);
  const bool is_folded = profile.contexts && (!has_graph || IsFolded(profile));
  std::optional<CallGraph> joined;
  if (profile.contexts && !(is_folded && has_graph && !KnowsSites(profile))) {
    joined = FoldedGraph(profile, CallSites::kJoined);
  }
  const CallGraph& graph = joined ? *joined : profile.graph;

  ChecksumSink sink(out);
  const int64_t same_keys = WriteDump(profile, graph, sink);
  const std::vector<Oddity> oddities = Oddities(profile, graph, same_keys);
  joined.reset();
  const uint64_t begin = sink.bytes();
  WriteRecording(profile, is_folded, sink);
  WriteRaw(sink.bytes() - begin, sink);
  sink.Write(recording::kMagic);
  WriteRaw(sink.Checksum(), sink);
  sink.Flush();
  return oddities;
}

}  // namespace prof2cg
