#include "converter/writers/callgrind_plan.h"

#include <algorithm>
#include <bit>

#include "converter/io/worker.h"

namespace prof2cg {
namespace {

// Some 300 KiB of text: much more work than handing a part over, and little
// enough to stay in a processor's own cache.
constexpr size_t kRowsOfPart = 1 << 12;
// Below, one part is done before threads would pay off.
constexpr size_t kManyRows = 1 << 17;
// Below, a thread of its own is not worth its start.
constexpr size_t kManyFunctions = 1 << 14;

}  // namespace

CallgrindPlan::CallgrindPlan(const Profile& profile) : profile_(profile) {
  Worker worker;
  const auto find_names = [&] { names_.emplace(profile); };
  if (profile.functions.size() < kManyFunctions) {
    find_names();
  } else {
    worker.Start(find_names);
  }
  const size_t functions = profile.functions.size();
  const size_t rows = functions + profile.graph.calls.size();
  if (rows >= kManyRows) {
    part_shift_ =
        static_cast<int>(std::bit_width(functions / (rows / kRowsOfPart + 1)));
    parts_ = (functions >> part_shift_) + 1;
  }
  entries_ = FindEntryCalls(profile);
  calls_ = IndexByCaller(profile.graph);
  FindFirstParts();
  file_parts_ = Number(&Function::file, &Row::file);
  object_parts_ = Number(&Function::object, &Row::object);
  worker.Wait();
}

FunctionId CallgrindPlan::Begin(size_t part) const {
  return FunctionId(std::min(part << part_shift_, profile_.functions.size()));
}

// By whichever comes first: a call from outside, a call, the function itself.
void CallgrindPlan::FindFirstParts() {
  rows_.resize(profile_.functions.size());
  for (uint32_t f = 0; f < rows_.size(); ++f) {
    rows_[f].line = profile_.functions[f].line;
    rows_[f].first_part = static_cast<uint32_t>(PartOf(FunctionId(f)));
  }
  for (const Call& call : profile_.graph.calls) {
    uint32_t& first = rows_[call.callee.row()].first_part;
    first = std::min(first, static_cast<uint32_t>(PartOf(call.caller)));
  }
  for (const EntryCall& entry : entries_.calls) {
    rows_[entry.callee.row()].first_part = 0;
  }
}

// Gives files (or objects) ids, in the order of the functions that have them;
// gives the parts in which they are named: with the first function that has it,
// or before, where the caller has it too.
std::vector<uint32_t> CallgrindPlan::Number(StringId Function::*text,
                                            uint32_t Row::*id) {
  std::vector<uint32_t> ids(profile_.strings.size());
  std::vector<uint32_t> parts(profile_.strings.size(), UINT32_MAX);
  uint32_t last = kOutsideId;
  for (uint32_t f = 0; f < rows_.size(); ++f) {
    const uint32_t row = (profile_.functions[f].*text).row();
    if (ids[row] == 0) ids[row] = ++last;
    rows_[f].*id = ids[row];
    parts[row] = std::min(parts[row], rows_[f].first_part);
  }
  return parts;
}

}  // namespace prof2cg
