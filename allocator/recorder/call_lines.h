// The lines of call sites.
#ifndef PROF2CG_ALLOCATOR_RECORDER_CALL_LINES_H_
#define PROF2CG_ALLOCATOR_RECORDER_CALL_LINES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "allocator/recorder/recorded_functions.h"
#include "graph/row_index.h"

namespace prof2cg {

// Asks for each line once: a code's table of lines is gone through from its
// begin, and the same call is met in many contexts.
class CallLines {
 public:
  // The line of `site` in a function with code; 0: unknown. Null: all are.
  using Ask = uint32_t (*)(const void* code, CallSite site);
  explicit CallLines(Ask ask = nullptr) : ask_(ask) {}

  uint32_t Find(const void* code, CallSite site) {
    if (ask_ == nullptr || code == nullptr || site == 0) return 0;
    const auto next = static_cast<uint32_t>(rows_.size());
    const uint32_t row =
        index_.FindOrAdd(Hash(code, site), next, [&](uint32_t other) {
          return rows_[other].code == code && rows_[other].site == site;
        });
    if (row == next) rows_.push_back({code, site, ask_(code, site)});
    return rows_[row].line;
  }

 private:
  struct Row {
    const void* code;
    CallSite site;
    uint32_t line;
  };
  static uint64_t Hash(const void* code, CallSite site) {
    const auto address = reinterpret_cast<uintptr_t>(code);
    return (address ^ uint64_t{site} << 40) * 0x9e3779b97f4a7c15;
  }

  Ask ask_;
  std::vector<Row> rows_;
  RowIndex index_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_CALL_LINES_H_
