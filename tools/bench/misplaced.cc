// How far estimated callers are from those that recordings tell: see README.md.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "converter/load.h"
#include "graph/passes/cycles.h"
#include "graph/passes/estimate_callers.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/separate_callers.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

struct Way {
  const char* name;
  ContextWeights weights;
};
constexpr Way kWays[] = {
    {"prof2cg", {}},
    {"calls", {Rule::kCalls, Rule::kCalls}},
    {"self", {Rule::kSelf, Rule::kSelf}},
    {"inclusive", {Rule::kInclusive, Rule::kInclusive}},
};
constexpr uint32_t kMostCallers = 3;
constexpr const char* kEvents[] = {"ns", "alloc_bytes"};

// A function and its callers, by their rows in the source; of a call, the
// callee before them.
using Key = std::vector<uint32_t>;

struct Sides {
  double exact = 0;
  double estimate = 0;
  bool exists = false;
};
using Figures = std::map<Key, Sides>;

// Parts of all.
struct Error {
  double calls = 0;      // inclusive cost of calls
  double functions = 0;  // self cost
  double ghosts = 0;     // functions
  double ghost_cost = 0;
};

SeparationRules Callers(const Profile& profile, uint32_t callers) {
  SeparationRules rules;
  rules.callers.assign(profile.functions.size(), callers);
  rules.levels.assign(profile.functions.size(), 1);
  return rules;
}

// With the call graph that a profiler without contexts would have seen.
Profile LoadRecording(const std::string& path) {
  Profile profile = Load({path}, {.warns = false});
  if (!profile.contexts) throw std::runtime_error(path + " has no contexts");
  FoldContexts(profile, CallSites::kJoined);
  return profile;
}

Key KeyOf(const Profile& profile, FunctionId f) {
  const Separation& separation = *profile.separation;
  Key key = {separation[f].base.row()};
  for (const FunctionId caller : separation.CallersOf(f)) {
    key.push_back(caller.row());
  }
  return key;
}

// The part of figures that stands in the wrong place.
double Misplaced(const Figures& figures) {
  double misplaced = 0;
  double sum = 0;
  for (const auto& [key, sides] : figures) {
    misplaced += std::abs(sides.exact - sides.estimate) / 2;
    sum += sides.exact;
  }
  return sum == 0 ? 0 : misplaced / sum;
}

class Comparison {
 public:
  Comparison(const Profile& exact, const Profile& estimate,
             const std::vector<bool>& is_in_cycle)
      : exact_(exact),
        estimate_(estimate),
        is_in_cycle_(is_in_cycle),
        contexts_(is_in_cycle.size()) {
    for (const SeparatedFunction& f : exact.separation->functions) {
      ++contexts_[f.base.row()];
    }
  }

  Error Of(const char* event) const {
    Figures functions;
    Figures calls;
    const size_t e = exact_.events.Find(event).value().row();
    Add(exact_, e, &Sides::exact, functions, calls);
    Add(estimate_, e, &Sides::estimate, functions, calls);
    Error error = {.calls = Misplaced(calls),
                   .functions = Misplaced(functions)};
    for (const auto& [key, sides] : functions) {
      if (sides.exists) continue;
      error.ghosts += 1 / static_cast<double>(estimate_.functions.size());
      error.ghost_cost += sides.estimate;
    }
    const auto total = static_cast<double>(estimate_.graph.self.Totals()[e]);
    if (total > 0) error.ghost_cost /= total;
    return error;
  }

 private:
  void Add(const Profile& profile, size_t event, double Sides::*side,
           Figures& functions, Figures& calls) const {
    const CallGraph& graph = profile.graph;
    for (size_t f = 0; f < graph.counts.size(); ++f) {
      Sides& sides = functions[KeyOf(profile, FunctionId(f))];
      sides.*side += static_cast<double>(graph.self[f][event]);
      sides.exists |= &profile == &exact_;
    }
    for (size_t c = 0; c < graph.calls.size(); ++c) {
      const Call& call = graph.calls[c];
      if (!IsCompared((*profile.separation)[call.caller].base)) continue;
      Key key = KeyOf(profile, call.caller);
      key.insert(key.begin(), (*profile.separation)[call.callee].base.row());
      calls[key].*side += static_cast<double>(graph.call_inclusive[c][event]);
    }
  }

  // In cycles calls overlap, and what has one context is not shared out.
  bool IsCompared(FunctionId caller) const {
    return !is_in_cycle_[caller.row()] && contexts_[caller.row()] > 1;
  }

  const Profile& exact_;
  const Profile& estimate_;
  const std::vector<bool>& is_in_cycle_;
  std::vector<size_t> contexts_;  // per function
};

// Of a way, over all events: what is shared once, and what follows from it.
struct Score {
  double calls = 0;      // with one caller
  double functions = 0;  // with more
};

void Print(const Error& error) {
  for (const double part :
       {error.calls, error.functions, error.ghosts, error.ghost_cost}) {
    std::printf(" %5.1f |", 100 * part);
  }
}

Score CompareWay(const std::string& path, const Way& way, uint32_t callers,
                 const Profile& exact, const std::vector<bool>& is_in_cycle) {
  Profile estimate = LoadRecording(path);
  estimate.contexts.reset();
  EstimateCallers(estimate, Callers(estimate, callers), way.weights);
  const Comparison comparison(exact, estimate, is_in_cycle);
  const std::string name = path.substr(path.rfind('/') + 1);
  std::printf("| %-24s | %u | %-9s |", name.c_str(), callers, way.name);
  Score score;
  for (const char* event : kEvents) {
    const Error error = comparison.Of(event);
    Print(error);
    (callers == 1 ? score.calls : score.functions) +=
        callers == 1 ? error.calls : error.functions;
  }
  std::printf(" %5zu | %5zu |\n", estimate.functions.size(),
              exact.functions.size());
  return score;
}

// True if no other way is better.
bool CompareWays(const std::string& path) {
  Score scores[std::size(kWays)];
  for (uint32_t callers = 1; callers <= kMostCallers; ++callers) {
    Profile exact = LoadRecording(path);
    const std::vector<bool> is_in_cycle =
        FindMutualRecursion(NumberCycles(exact.graph));
    SeparateCallers(exact, Callers(exact, callers));
    for (size_t i = 0; i < std::size(kWays); ++i) {
      const Score more =
          CompareWay(path, kWays[i], callers, exact, is_in_cycle);
      scores[i].calls += more.calls;
      scores[i].functions += more.functions;
    }
  }
  for (const Score& other : scores) {
    if (other.calls < scores[0].calls ||
        other.functions < scores[0].functions) {
      return false;
    }
  }
  return true;
}

int Main(int argc, char** argv) {
  std::printf("| recording | callers | rule |");
  for (const char* event : kEvents) {
    std::printf(" %s: calls | functions | ghosts | their cost |", event);
  }
  std::printf(" names | exact |\n");
  bool wins = true;
  for (int i = 1; i < argc; ++i) {
    if (CompareWays(argv[i])) continue;
    std::fprintf(stderr, "%s: another rule misplaces less\n", argv[i]);
    wins = false;
  }
  return wins ? 0 : 1;
}

}  // namespace
}  // namespace prof2cg

int main(int argc, char** argv) {
  try {
    return prof2cg::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "misplaced: %s\n", error.what());
    return 2;
  }
}
