// The sink that every reader fills.
#ifndef PROF2CG_GRAPH_PROFILE_BUILDER_H_
#define PROF2CG_GRAPH_PROFILE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "graph/profile.h"
#include "graph/row_index.h"

namespace prof2cg {

// Collects functions and calls in any order; what is added twice accumulates.
// Costs are rows of one figure per event of the set it was made with.
class ProfileBuilder {
 public:
  explicit ProfileBuilder(EventSet events);
  ProfileBuilder(const ProfileBuilder&) = delete;
  ProfileBuilder& operator=(const ProfileBuilder&) = delete;

  StringId Intern(std::string_view text) {
    return profile_.strings.Intern(text);
  }
  std::string_view Text(StringId id) const { return profile_.strings[id]; }

  // The function equal to `function`, new with zero figures if need be.
  FunctionId AddFunction(const Function& function);
  // The same of each function in turn, appended to `ids`. Much faster for many,
  // since what lies all over the memory is asked for ahead.
  void AddFunctions(std::span<const Function> functions,
                    std::vector<FunctionId>& ids);
  size_t functions() const { return profile_.functions.size(); }

  void AddCounts(FunctionId function, CallCounts counts) {
    profile_.graph.counts[function.row()] += counts;
  }
  void AddSelf(FunctionId function, std::span<const int64_t> costs) {
    profile_.graph.self.Add(function.row(), costs);
  }
  void AddInclusive(FunctionId function, std::span<const int64_t> costs) {
    profile_.graph.inclusive.Add(function.row(), costs);
  }

  // Asks for the memory of the function's figures. Inline by force: g++ takes a
  // call that only prefetches for one without effect and drops it.
  [[gnu::always_inline]] void PrefetchFigures(FunctionId function) const {
    __builtin_prefetch(&profile_.graph.counts[function.row()]);
    __builtin_prefetch(profile_.graph.self[function.row()].data());
    __builtin_prefetch(profile_.graph.inclusive[function.row()].data());
  }

  // Adds a call with the callee's inclusive cost and, in every call or in none,
  // its self cost when called from this caller.
  void AddCall(const Call& call, std::span<const int64_t> inclusive,
               std::span<const int64_t> self) {
    AddCalls({&call, 1}, inclusive, self);
  }
  // Many such: a call and a row of costs each.
  void AddCalls(std::span<const Call> calls, std::span<const int64_t> inclusive,
                std::span<const int64_t> self);
  // All calls of a source at once, without their callees' self costs.
  void TakeCalls(std::vector<Call> calls, CostTable inclusive);
  // Figures of that function, or the costs of that call, a row of those added
  // so far, are estimated.
  void MarkEstimated(FunctionId function);
  void MarkEstimated(size_t call);
  size_t calls() const { return profile_.graph.calls.size(); }

  // Adds up calls with the same caller, callee and line; Build does it too. For
  // sources of many parts: memory stays that of their union.
  void AccumulateCalls();

  // Forgets the figures of `function` so far, and the calls into it in rows
  // before `first_call`: what a format does where a later entry replaces an
  // earlier one.
  void Forget(FunctionId function, size_t first_call);

  // Room for that many rows: saves copying, costs nothing where unused.
  void Reserve(size_t functions, size_t calls);

  // Figures and notes may be changed in place until Build.
  Profile& profile() { return profile_; }

  Profile Build() &&;

 private:
  FunctionId Find(const Function& function, uint64_t hash);
  // For the functions that Find added.
  void AddFigureRows();

  // Whether pairs of functions repeat. Certain where the pairs of each first
  // function stand together; "yes" otherwise.
  class Pairs {
   public:
    // The functions of these calls' pairs; there are `functions` in all.
    void Add(std::span<const Call> calls, size_t functions,
             FunctionId Call::*first, FunctionId Call::*second);
    bool may_repeat() const { return may_repeat_; }

   private:
    std::vector<FunctionId> seen_with_;  // per second function: the last first
    std::vector<bool> has_begun_;        // per first function
    FunctionId last_;
    bool may_repeat_ = false;
  };
  // Sources have calls by callee or by caller.
  void AddPairs(std::span<const Call> calls);
  bool MayRepeat() const {
    return calls() != accumulated_calls_ && by_callee_.may_repeat() &&
           by_caller_.may_repeat();
  }

  void DropForgottenCalls();
  void AccumulateRepeatedCalls();
  // Of rows of calls, with all that is told of each.
  void AddCallTo(size_t row, size_t into);
  void MoveCall(size_t row, size_t to);
  void ResizeCalls(size_t rows);

  Profile profile_;
  RowIndex index_;                  // of the functions
  std::vector<size_t> first_call_;  // per function: earlier ones are forgotten

  // Of all calls that were added.
  Pairs by_callee_;
  Pairs by_caller_;
  size_t accumulated_calls_ = 0;  // rows that were left, and differ
  RowIndex call_index_;           // of the first calls, so many:
  size_t indexed_calls_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROFILE_BUILDER_H_
