#include "converter/picture/select.h"

#include <algorithm>
#include <span>

#include "converter/names/choose.h"
#include "graph/error.h"
#include "graph/passes/prune.h"
#include "graph/passes/reach.h"

namespace prof2cg {
namespace {

using Bits = std::vector<bool>;

std::vector<FunctionId> ChooseAll(const Profile& profile,
                                  const std::vector<std::string>& patterns) {
  std::vector<FunctionId> functions;
  for (const std::string& pattern : patterns) {
    const std::vector<FunctionId> found = ChooseFunctions(profile, pattern);
    functions.insert(functions.end(), found.begin(), found.end());
  }
  return functions;
}

void AddTo(Bits& all, const Bits& more) {
  for (size_t i = 0; i < all.size(); ++i) {
    if (more[i]) all[i] = true;
  }
}

void KeepOnly(Bits& kept, const Bits& these) {
  for (size_t i = 0; i < kept.size(); ++i) {
    if (!these[i]) kept[i] = false;
  }
}

class Selecting {
 public:
  Selecting(const Profile& profile, const Shares& shares,
            const PictureOptions& options)
      : profile_(profile),
        shares_(shares),
        options_(options),
        roots_(ChooseAll(profile, options.roots)),
        leaves_(ChooseAll(profile, options.leaves)),
        near_(ChooseAll(profile, options.near)),
        asked_for_(profile.functions.size()) {
    selection_.kept = Selection::All(profile);
  }

  PictureSelection Run() && {
    AskFor(roots_, Direction::kToCallees);
    AskFor(leaves_, Direction::kToCallers);
    if (!near_.empty()) KeepNear();
    DropColdFunctions(shares_, options_.node_threshold, asked_for_, kept());
    if (!options_.paths.empty()) {
      Bits chosen = ChooseByPath(profile_, options_.paths);
      AddTo(chosen, asked_for_);
      KeepOnly(kept().functions, chosen);
    }
    DropCalls();
    FindMostSelf();
    KeepReached(roots_, Direction::kToCallees);
    KeepReached(leaves_, Direction::kToCallers);
    CheckSomethingIsLeft();
    if (options_.most_nodes.value_or(0) != 0) KeepMost(*options_.most_nodes);
    return std::move(selection_);
  }

 private:
  Selection& kept() { return selection_.kept; }
  const CallGraph& graph() const { return profile_.graph; }

  // `functions` stay; a cold one with its neighbours.
  void AskFor(std::span<const FunctionId> functions, Direction direction) {
    std::vector<FunctionId> cold;
    for (const FunctionId function : functions) {
      asked_for_[function.row()] = true;
      const double share = shares_.inclusive[function.row()];
      if (share < options_.node_threshold) cold.push_back(function);
    }
    if (cold.empty()) return;
    AddTo(asked_for_,
          Reach(graph(), Selection::All(profile_), cold, direction, 1));
  }

  // What stands around `near`, calls between whatever they cost included.
  void KeepNear() {
    for (const Direction direction :
         {Direction::kToCallees, Direction::kToCallers}) {
      AddTo(asked_for_, Reach(graph(), Selection::All(profile_), near_,
                              direction, options_.hops));
    }
    KeepOnly(kept().functions, asked_for_);
  }

  void DropCalls() {
    if (near_.empty()) {
      DropColdCalls(graph(), shares_, options_.edge_threshold, kept());
    } else {
      kept().DropLooseCalls(graph());
    }
  }

  void FindMostSelf() {
    for (size_t f = 0; f < kept().functions.size(); ++f) {
      if (kept().functions[f]) {
        selection_.most_self = std::max(selection_.most_self, shares_.self[f]);
      }
    }
  }

  void KeepReached(std::span<const FunctionId> from, Direction direction) {
    if (from.empty()) return;
    KeepOnly(kept().functions,
             Reach(graph(), kept(), from, direction, options_.depth));
    kept().DropLooseCalls(graph());
  }

  // A picture without functions is no answer to who asked for some.
  void CheckSomethingIsLeft() const {
    const bool asked = !roots_.empty() || !leaves_.empty();
    if (!asked || std::ranges::find(selection_.kept.functions, true) !=
                      selection_.kept.functions.end()) {
      return;
    }
    throw Error(
        "nothing is left: no calls lead from the functions of -z to "
        "those of -l; -e 0 keeps the cheap ones");
  }

  void KeepMost(size_t most) {
    Bits named(profile_.functions.size());
    for (const auto& functions : {roots_, leaves_, near_}) {
      for (const FunctionId function : functions) named[function.row()] = true;
    }
    const size_t cut = KeepCostliest(shares_, most, named, kept());
    if (cut == 0) return;
    kept().DropLooseCalls(graph());
    selection_.cut = std::to_string(cut) +
                     " more functions are not drawn, the least costly: "
                     "--nodecount=0 draws all";
  }

  const Profile& profile_;
  const Shares& shares_;
  const PictureOptions& options_;
  const std::vector<FunctionId> roots_;
  const std::vector<FunctionId> leaves_;
  const std::vector<FunctionId> near_;
  Bits asked_for_;
  PictureSelection selection_;
};

}  // namespace

PictureSelection SelectForPicture(const Profile& profile, const Shares& shares,
                                  const PictureOptions& options) {
  return Selecting(profile, shares, options).Run();
}

}  // namespace prof2cg
