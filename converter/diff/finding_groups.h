// Findings of a comparison that have one cause.
#ifndef PROF2CG_CONVERTER_DIFF_FINDING_GROUPS_H_
#define PROF2CG_CONVERTER_DIFF_FINDING_GROUPS_H_

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/blame.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// A finding with what explains it.
struct Explained {
  const Finding* finding;
  std::optional<Blame> blame;
};

// What has one cause; or none, and is of one event.
using Group = std::vector<Explained>;
struct GroupKey {
  Answer answer;
  Cause cause;
  std::string event;

  friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

GroupKey KeyOf(const Explained& explained);

bool IsOfPath(const Finding& finding);

// Findings by cause, in the order in which the first of each came.
class FindingGroups {
 public:
  void AddAlone(const Finding& finding) {
    groups_.push_back({Explained{&finding, std::nullopt}});
  }
  // explain(finding) gives its blame. False: of paths there are enough.
  template <class Explain>
  bool AddBlamed(const Finding& finding, Explain explain) {
    const bool is_path = IsOfPath(finding);
    if (is_path && ++paths_[finding.event] > kMostPaths) return false;
    Explained explained{&finding, explain(finding)};
    const auto [place, is_new] =
        places_.try_emplace(KeyOf(explained), groups_.size());
    if (is_new) groups_.emplace_back();
    if (is_path && ++paths_of_same_cause_[place->second] > kMostPathsOfCause) {
      return false;
    }
    groups_[place->second].push_back(std::move(explained));
    return true;
  }

  std::vector<Group> Take() && { return std::move(groups_); }

 private:
  // Of paths, of which a change deep in a program alters very many, so many are
  // blamed of each event, and told of each cause.
  static constexpr size_t kMostPaths = 1'000;
  static constexpr size_t kMostPathsOfCause = 100;

  std::vector<Group> groups_;
  std::map<GroupKey, size_t> places_;
  std::map<std::string, size_t> paths_;           // of each event
  std::map<size_t, size_t> paths_of_same_cause_;  // of each group
};

// How far a finding is from its cause: the cause's own figure, what is called
// by it, its path, another, and another path.
int DistanceToCause(const Explained& explained);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_FINDING_GROUPS_H_
