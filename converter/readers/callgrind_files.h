// Callgrind files by hand, and what the reader makes of them: for its tests.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_FILES_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_FILES_H_

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/callgrind.h"
#include "converter/readers/reading.h"
#include "graph/profile.h"

namespace prof2cg {

// Reads from a copy of exactly that size, so that sanitizers see an overrun.
inline Profile ReadCallgrind(std::string_view text) {
  const std::vector<char> copy(text.begin(), text.end());
  Profile profile = kCallgrindReader.read({copy.data(), copy.size()});
  BOOST_TEST(profile.Check() == "");
  return profile;
}

// What follows "events: A" or more of them.
inline Profile ReadBody(std::string_view body,
                        std::string_view header = "events: A\n") {
  return ReadCallgrind(std::string(header) + std::string(body));
}

inline std::string Numbers(std::span<const int64_t> costs) {
  std::string text;
  for (const int64_t cost : costs) text += ' ' + std::to_string(cost);
  return text;
}

inline std::string CountsText(CallCounts counts) {
  return std::to_string(counts.total) + '/' + std::to_string(counts.primitive);
}

// "NAME FILE OBJECT: COUNTS self COSTS inclusive COSTS" per function, empty
// texts as "-", and "CALLER > CALLEE at LINE: COUNTS COSTS" per call.
inline std::string FiguresOf(const Profile& profile) {
  const auto text = [&](StringId id) {
    const std::string_view view = profile.strings[id];
    return view.empty() ? "-" : std::string(view);
  };
  const CallGraph& graph = profile.graph;
  std::string lines;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const Function& function = profile.functions[f];
    lines += text(function.name) + ' ' + text(function.file) + ' ' +
             text(function.object) + ": " + CountsText(graph.counts[f]) +
             " self" + Numbers(graph.self[f]) + " inclusive" +
             Numbers(graph.inclusive[f]) + '\n';
  }
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const Call& call = graph.calls[c];
    lines += std::string(profile.Name(call.caller)) + " > " +
             std::string(profile.Name(call.callee)) + " at " +
             std::to_string(call.line) + ": " + CountsText(call.counts) +
             Numbers(graph.call_inclusive[c]) + '\n';
  }
  return lines;
}

inline std::string Refusal(std::string_view text) {
  return RefusalOf([&] { ReadCallgrind(text); });
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_FILES_H_
