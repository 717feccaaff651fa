// A profile in the making, as the lines of a callgrind file give it.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_DRAFT_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/profile.h"
#include "graph/row_index.h"

namespace prof2cg {

// Files name functions wherever they are called; the profile has them in the
// order of their bodies, and behind them those that are only called. Rows of
// the draft are in the order of first mention.
//
// Our own files hold all figures of functions, in calls or in notes
// (converter/io/callgrind_notes.h); those of others are derived from the calls
// (graph/passes/derive_functions.h).
class CallgrindDraft {
 public:
  CallgrindDraft(EventSet events, bool is_own);

  StringTable& strings() { return profile_.strings; }
  // What stands in a header goes here.
  Profile& profile() { return profile_; }

  // The function of that name, file and object; in our own files, where an id
  // is a function, a new one each time.
  FunctionId AddFunction(const Function& function);
  // There, unless it was begun elsewhere and has costs already.
  void BeginBody(FunctionId function, StringId file, StringId object);
  // The function stands for what calls from outside the profile; one in each
  // part of a file.
  void SetOutside(FunctionId function) { is_outside_[function.row()] = true; }
  // The costs of one line.
  void AddSelf(FunctionId function, uint32_t line,
               std::span<const int64_t> costs);
  void AddCall(const Call& call, std::span<const int64_t> costs);

  // Notes: of a function, whose self and inclusive costs stand in a row; and of
  // the last call.
  void NoteFunction(FunctionId function, CallCounts counts,
                    std::span<const int64_t> costs);
  bool has_call() const { return !profile_.graph.calls.empty(); }
  void NoteCall(uint32_t line, CallCounts counts,
                std::span<const int64_t> costs);
  void MarkLastCall(bool is_estimated);
  // Figures of the function are estimated.
  void MarkEstimated(FunctionId function) { estimated_.push_back(function); }

  // How many costs there are, so that a reader may bound them.
  size_t costs() const {
    const CallGraph& graph = profile_.graph;
    return (graph.self.rows() + graph.calls.size()) * profile_.events.size();
  }

  Profile Finish() &&;

 private:
  struct FunctionNote {
    FunctionId function;
    CallCounts counts;
  };

  void CheckOutside();
  void AddUpCalls();
  void ApplyNotes();
  std::vector<FunctionId> OrderFunctions() const;
  void DropCallsFromOutside();
  Profile Reorder();

  const bool is_own_;
  Profile profile_;  // functions in the order of their first mention
  RowIndex index_;   // of the functions
  std::vector<FunctionId> bodies_;
  std::vector<bool> has_body_;    // per function
  std::vector<bool> is_outside_;  // per function: it is none
  std::vector<FunctionId> estimated_;
  std::vector<FunctionNote> notes_;
  CostTable note_costs_;  // self and inclusive, a row per note
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_DRAFT_H_
