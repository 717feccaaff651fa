#include "converter/writers/callgrind_calls.h"

#include <algorithm>
#include <utility>

#include "graph/grouping.h"

namespace prof2cg {
namespace {

bool HasLine(const Call& call) { return call.line != 0; }

}  // namespace

CallgrindCalls::CallgrindCalls(const CallGraph& graph, int part_shift,
                               size_t parts)
    : calls_(graph.calls.size()), inclusive_(graph.call_inclusive.events()) {
  const auto part_of = [&](size_t row) {
    return graph.calls[row].caller.row() >> part_shift;
  };
  Grouping grouping(calls_.size(), parts, part_of);
  inclusive_.Resize(calls_.size());
  if (std::ranges::any_of(graph.calls, &HasLine)) lines_.resize(calls_.size());
  for (size_t row = 0; row < calls_.size(); ++row) {
    const prof2cg::Call& call = graph.calls[row];
    const size_t place = grouping.Take(part_of(row));
    calls_[place] = {call.caller, call.callee, call.counts.total};
    std::ranges::copy(graph.call_inclusive[row], inclusive_[place].begin());
    if (has_lines()) lines_[place] = call.line;
  }
  begins_ = std::move(grouping).Begins();
}

}  // namespace prof2cg
