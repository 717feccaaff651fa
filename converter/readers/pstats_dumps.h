// Dumps by hand, and what the reader makes of them: for its tests.
#ifndef PROF2CG_CONVERTER_READERS_PSTATS_DUMPS_H_
#define PROF2CG_CONVERTER_READERS_PSTATS_DUMPS_H_

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal_writer.h"
#include "converter/readers/pstats.h"
#include "converter/readers/reading.h"
#include "graph/profile.h"

namespace prof2cg {

using namespace marshal;  // the writers of objects

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The function `name` as a key.
inline std::string Key(std::string_view name) {
  return Tuple({Text("a.py"), Int(1), Text(name)});
}

// What a function has: here primitive calls come first.
inline std::string Stats(int32_t primitive, int32_t total, double self,
                         double inclusive, const Items& callers = {}) {
  return Tuple({Int(primitive), Int(total), Float(self), Float(inclusive),
                Dict(callers)});
}
inline std::string AnyStats() { return Stats(1, 1, 0, 0); }

// The start of a tuple, and of what a function has: its callers are missing.
inline std::string OpenTuple(uint32_t size) { return '(' + Raw(size); }
inline std::string OpenStats() {
  return OpenTuple(5) + Int(1) + Int(1) + Float(0) + Float(0);
}

// What a caller has: here all calls come first.
inline std::string CallerStats(int32_t total, int32_t primitive, double self,
                               double inclusive) {
  return Tuple({Int(total), Int(primitive), Float(self), Float(inclusive)});
}

// Reads from a copy of exactly that size, so that sanitizers see an overrun.
inline Profile Read(std::string_view bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  Profile profile = kPstats.read({copy.data(), copy.size()});
  BOOST_TEST(profile.Check() == "");
  return profile;
}

inline std::string FiguresText(CallCounts counts, int64_t self,
                               int64_t inclusive) {
  return ": " + std::to_string(counts.total) + " calls, " +
         std::to_string(counts.primitive) + " primitive, self " +
         std::to_string(self) + ", inclusive " + std::to_string(inclusive);
}

// "name: figures" per function, "caller > callee: figures" per call.
inline std::string FiguresOf(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  std::string lines;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    lines +=
        std::string(profile.Name(FunctionId(f))) +
        FiguresText(graph.counts[f], graph.self[f][0], graph.inclusive[f][0]) +
        '\n';
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    lines += std::string(profile.Name(call.caller)) + " > " +
             std::string(profile.Name(call.callee)) +
             FiguresText(call.counts, graph.call_self[c][0],
                         graph.call_inclusive[c][0]) +
             (profile.provenance.IsEstimated(c) ? ", estimated\n" : "\n");
  }
  return lines;
}

inline void CheckProfile(const Profile& profile, std::string_view figures,
                         std::string_view oddities = "") {
  BOOST_TEST(FiguresOf(profile) == figures);
  BOOST_TEST(OdditiesOf(profile) == oddities);
}

// Reads a dump of `entries`, keys and values in turn; also by Python, where it
// was built in.
inline void CheckRead(const Items& entries, std::string_view figures,
                      std::string_view oddities = "") {
  const std::string dump = Dict(entries);
  CheckProfile(Read(dump), figures, oddities);
  if (std::getenv("PROF2CG_PYTHON_PLUGIN") != nullptr) {
    CheckProfile(ReadPstatsWithPython(dump), figures, oddities);
  }
}

inline std::string Refusal(std::string_view bytes) {
  return RefusalOf([&] { Read(bytes); });
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PSTATS_DUMPS_H_
