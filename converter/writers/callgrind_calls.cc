#include "converter/writers/callgrind_calls.h"

#include <algorithm>

namespace prof2cg {

CallgrindCalls::CallgrindCalls(const CallGraph& graph, int part_shift,
                               size_t parts)
    : calls_(graph.calls.size()), inclusive_(graph.call_inclusive.events()) {
  const auto part_of = [&](const prof2cg::Call& call) {
    return call.caller.row() >> part_shift;
  };
  // next[part + 1] is where the next call of the part goes: in the end the end
  // of them. Counts stand one part further, so that their sums are the begins.
  std::vector<size_t>& next = begins_;
  next.resize(parts + 2);
  bool has_lines = false;
  for (const prof2cg::Call& call : graph.calls) {
    ++next[part_of(call) + 2];
    has_lines |= call.line != 0;
  }
  for (size_t part = 2; part < next.size(); ++part)
    next[part] += next[part - 1];
  inclusive_.Resize(calls_.size());
  if (has_lines) lines_.resize(calls_.size());
  for (size_t row = 0; row < calls_.size(); ++row) {
    const prof2cg::Call& call = graph.calls[row];
    const size_t place = next[part_of(call) + 1]++;
    calls_[place] = {call.caller, call.callee, call.counts.total};
    std::ranges::copy(graph.call_inclusive[row], inclusive_[place].begin());
    if (has_lines) lines_[place] = call.line;
  }
  next.pop_back();
}

}  // namespace prof2cg
