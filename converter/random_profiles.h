// Profiles for tests that write them and read them again: any tables, whether a
// program could have them or not.
#ifndef PROF2CG_CONVERTER_RANDOM_PROFILES_H_
#define PROF2CG_CONVERTER_RANDOM_PROFILES_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "converter/writers/test_support.h"
#include "graph/context_tree_builder.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_builder.h"

namespace prof2cg {

class RandomProfiles {
 public:
  explicit RandomProfiles(uint32_t seed) : random_(seed) {}

  // With names that do not fit in a line or are not unique.
  Profile Next(size_t most_functions, size_t most_calls) {
    ProfileBuilder builder(Events());
    AddFunctions(builder, most_functions);
    AddCalls(builder, most_calls, false);
    AddFacts(builder.profile());
    return std::move(builder).Build();
  }

  // With all that a profile may have, also what callgrind has no place for:
  // self costs of calls, contexts, threads. With contexts, the graph is theirs,
  // yet to be made or a third.
  Profile NextOfAll(size_t most_functions, size_t most_rows) {
    ProfileBuilder builder(Events());
    AddFunctions(builder, most_functions);
    const size_t kind = UpTo(3);
    if (kind <= 1) AddCalls(builder, most_rows, UpTo(1) == 0);
    AddFacts(builder.profile());
    AddOddities(builder.profile().provenance);
    Profile profile = std::move(builder).Build();
    if (kind == 0) return profile;
    AddContexts(profile, most_rows);
    if (kind == 2) FoldContexts(profile);
    if (kind == 3) RemoveGraph(profile.graph);
    return profile;
  }

 private:
  size_t UpTo(size_t most) {
    return static_cast<size_t>(random_() % (most + 1));
  }
  std::string Name() { return nasty_[UpTo(nasty_.size() - 3)].name; }

  EventSet Events() {
    const auto kind = [&] { return static_cast<Kind>(UpTo(2)); };
    std::vector<Event> events = {
        {"ns", "Time [ns]", Unit::kNanoseconds, kind()},
        {"bytes", Name(), Unit::kBytes, kind()},
        {"calls", "", Unit::kNanoseconds, kind()}};
    events.resize(1 + UpTo(2));
    return EventSet(events);
  }

  void AddFunctions(ProfileBuilder& builder, size_t most) {
    const bool has_marks = random_marks_() % 2 == 0;
    for (size_t n = UpTo(most); n > 0; --n) {
      const FunctionId f = Add(
          builder, {Name(), Name(), Name(), static_cast<uint32_t>(UpTo(3))});
      builder.AddCounts(f, Counts());
      builder.AddSelf(f, Costs(builder.profile()));
      builder.AddInclusive(f, Costs(builder.profile()));
      if (has_marks && random_marks_() % 2 == 0) builder.MarkEstimated(f);
    }
  }

  void AddCalls(ProfileBuilder& builder, size_t most, bool have_self) {
    const size_t functions = builder.functions();
    const bool has_lines = UpTo(1) == 0;
    const size_t estimated = UpTo(2);  // none, some, all
    for (size_t n = functions == 0 ? 0 : UpTo(most); n > 0; --n) {
      builder.AddCall(
          {FunctionId(UpTo(functions - 1)), FunctionId(UpTo(functions - 1)),
           static_cast<uint32_t>(has_lines ? UpTo(2) : 0), Counts()},
          Costs(builder.profile()),
          have_self ? Costs(builder.profile()) : std::vector<int64_t>());
      if (estimated > UpTo(2)) builder.MarkEstimated(builder.calls() - 1);
    }
  }

  void AddFacts(Profile& profile) {
    profile.command = UpTo(1) == 0 ? "" : Name();
    profile.naming = static_cast<Naming>(UpTo(2));
    profile.share_by = static_cast<ShareBy>(UpTo(2));
    profile.is_traced = UpTo(1) == 1;
    for (size_t n = UpTo(2); n > 0; --n) {
      profile.facts.push_back({Name(), Name()});
    }
    SetOrigins(profile.provenance);
  }

  void AddOddities(Provenance& provenance) {
    for (size_t n = UpTo(2); n > 0; --n) {
      provenance.Note(Name(), Name(), static_cast<int64_t>(UpTo(3)));
    }
  }

  void AddContexts(Profile& profile, size_t most) {
    const size_t functions = profile.functions.size();
    const bool has_calls = UpTo(1) == 0;
    for (size_t n = UpTo(2); n > 0; --n) {
      profile.threads.push_back(profile.strings.Intern(Name()));
    }
    ContextTreeBuilder tree(profile.events.size());
    for (size_t n = functions == 0 ? 0 : UpTo(most); n > 0; --n) {
      const size_t parent = UpTo(tree.contexts());
      const ContextId context = tree.Enter(
          parent == 0 ? ContextId() : ContextId(parent - 1),
          FunctionId(UpTo(functions - 1)), static_cast<uint32_t>(UpTo(2)),
          static_cast<uint32_t>(
              profile.threads.empty() ? 0 : UpTo(profile.threads.size() - 1)));
      tree.AddSelf(context, Costs(profile));
      if (has_calls) tree.AddCalls(context, Counts().total);
      if (UpTo(2) != 0) continue;
      tree.AddSizes({context, UpTo(3) == 0 ? 0 : int64_t{1} << UpTo(62),
                     static_cast<int64_t>(random_())});
    }
    profile.contexts = std::move(tree).Build();
  }

  static void RemoveGraph(CallGraph& graph) {
    for (CostTable* costs : {&graph.self, &graph.inclusive}) {
      const size_t rows = graph.counts.size();
      *costs = CostTable(costs->events());
      costs->Resize(rows);
    }
  }

  std::vector<int64_t> Costs(const Profile& profile) {
    std::vector<int64_t> costs;
    for (size_t e = 0; e < profile.events.size(); ++e) {
      const auto cost = static_cast<int64_t>(random_() >> UpTo(31));
      costs.push_back(has_negative_ && UpTo(15) == 0 ? -cost : cost);
      if (UpTo(99) == 0) costs.back() = INT64_MAX;
    }
    return costs;
  }

  CallCounts Counts() {
    has_negative_ = UpTo(3) == 0;
    const auto total = static_cast<int64_t>(UpTo(5)) - (UpTo(9) == 0);
    return {total, UpTo(1) == 0 ? total : 1};
  }

  void SetOrigins(Provenance& provenance) {
    const auto origin = [&] { return static_cast<Origin>(UpTo(3)); };
    provenance.lost = static_cast<int64_t>(UpTo(5));
    provenance.is_complete = UpTo(1) == 0;
    if (UpTo(1) == 0) return;
    provenance.counts = origin();
    provenance.call_counts = origin();
    for (Provenance::Columns& columns : provenance.events) {
      columns = {origin(), origin(), origin(), origin()};
    }
  }

  std::mt19937 random_;
  std::mt19937 random_marks_;  // of functions: figures do not depend on them
  const std::vector<NastyName> nasty_ = NastyNames();
  bool has_negative_ = false;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_RANDOM_PROFILES_H_
