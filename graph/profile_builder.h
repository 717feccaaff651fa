// The sink that every reader fills.
#ifndef PROF2CG_GRAPH_PROFILE_BUILDER_H_
#define PROF2CG_GRAPH_PROFILE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "graph/profile.h"

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

  // Adds a call with the callee's inclusive cost and, in every call or in none,
  // its self cost when called from this caller.
  void AddCall(const Call& call, std::span<const int64_t> inclusive,
               std::span<const int64_t> self) {
    profile_.graph.calls.push_back(call);
    profile_.graph.call_inclusive.Append(inclusive);
    profile_.graph.call_self.Append(self);
  }
  // The costs of the call added last are estimated.
  void MarkEstimated();
  size_t calls() const { return profile_.graph.calls.size(); }

  // Adds up calls with the same caller, callee and line; Build does it too. For
  // sources of many parts: memory stays that of their union.
  void AccumulateCalls();

  // Forgets the figures of `function` and the calls into it so far: what a
  // format does where a later entry replaces an earlier one.
  void Forget(FunctionId function);

  // Room for that many rows: saves copying, costs nothing where unused.
  void Reserve(size_t functions, size_t calls);

  // Figures and notes may be changed in place until Build.
  Profile& profile() { return profile_; }

  Profile Build() &&;

 private:
  struct ByValue {
    using is_transparent = void;
    const FunctionTable* functions;
    const Function& Of(FunctionId id) const { return (*functions)[id.row()]; }
    const Function& Of(const Function& function) const { return function; }
    size_t operator()(const auto& key) const {
      return absl::Hash<Function>()(Of(key));
    }
    bool operator()(const auto& a, const auto& b) const {
      return Of(a) == Of(b);
    }
  };

  void DropForgottenCalls();
  void AccumulateRepeatedCalls();
  void KeepCalls(const std::vector<bool>& keep);

  Profile profile_;
  absl::flat_hash_set<FunctionId, ByValue, ByValue> ids_;
  std::vector<size_t> first_call_;  // per function: earlier ones are forgotten
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_PROFILE_BUILDER_H_
