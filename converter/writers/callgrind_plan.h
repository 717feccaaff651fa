// What the parts of a callgrind file share.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_PLAN_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "converter/writers/callgrind_calls.h"
#include "converter/writers/callgrind_names.h"
#include "converter/writers/callgrind_texts.h"
#include "graph/passes/entry_calls.h"
#include "graph/passes/incoming_calls.h"
#include "graph/profile.h"

namespace prof2cg {

// The file lists functions in their order, each with its calls, in parts of
// some functions that can be made independently: names stand behind the first
// use of their id, so it is known of each in which part that is.
class CallgrindPlan {
 public:
  // Borrows `profile`.
  explicit CallgrindPlan(const Profile& profile);
  // Of one of its threads (graph/passes/split_threads.h), with the names and
  // the ids of `whole` for those `functions` alone that it has. Borrows both.
  CallgrindPlan(const Profile& thread, const CallgrindPlan& whole,
                std::vector<bool> functions);
  CallgrindPlan(const CallgrindPlan&) = delete;
  CallgrindPlan& operator=(const CallgrindPlan&) = delete;

  const Profile& profile() const { return profile_; }
  const CallgrindNames& names() const { return *names_; }
  // Whether the function is written.
  bool Has(FunctionId f) const {
    return functions_.empty() || functions_[f.row()];
  }
  const CallgrindCalls& calls() const { return *calls_; }
  // Calls from outside the profile: they stand before all functions.
  const EntryCalls& entries() const { return entries_; }
  // Whether a reader can tell the function's figures from the calls into it.
  bool FollowsFromCalls(FunctionId f) const;

  size_t parts() const { return parts_; }
  size_t PartOf(FunctionId f) const { return f.row() >> part_shift_; }
  // The first function of a part; of one behind the last, the end of all.
  FunctionId Begin(size_t part) const;

  // What is written of a function wherever it is called. With it, or before,
  // its file and its object are named.
  struct Row {
    uint32_t object;  // id
    uint32_t file;    // id
    uint32_t line;
    uint32_t first_part;  // in which it is named
  };
  const Row& operator[](FunctionId f) const { return rows_[f.row()]; }

  const CallgrindTexts& files() const { return files_; }
  const CallgrindTexts& objects() const { return objects_; }

 private:
  void Plan(bool have_lines);
  void ChooseParts();
  void FindFirstParts();
  void AddUpEntries();

  const Profile& profile_;
  CallgrindTexts files_;
  CallgrindTexts objects_;
  std::optional<CallgrindNames> own_names_;
  const CallgrindNames* names_;
  std::vector<bool> functions_;  // empty: all
  EntryCalls entries_;
  IncomingCalls incoming_;  // from outside, too
  std::optional<CallgrindCalls> calls_;
  size_t parts_ = 1;
  int part_shift_ = 31;    // all in one
  std::vector<Row> rows_;  // per function
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_PLAN_H_
