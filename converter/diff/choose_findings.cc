#include "converter/diff/choose_findings.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "converter/diff/words.h"
#include "converter/display/figures.h"

namespace prof2cg {
namespace {

// The part of its event's total that a finding's difference is.
class Shares {
 public:
  explicit Shares(const DiffReport& report) {
    for (const DiffTotal& total : report.totals) {
      wholes_[total.event.name] =
          static_cast<double>(std::max(total.base, total.current));
    }
  }

  double Of(const DiffFinding& finding) const {
    const auto whole = wholes_.find(finding.event.name);
    if (whole == wholes_.end() || whole->second <= 0) return 0;
    return std::abs(static_cast<double>(DifferenceOf(finding))) / whole->second;
  }

 private:
  std::map<std::string_view, double> wholes_;  // by event
};

std::string_view LeftOutOf(FindingGroup group, bool is_one) {
  switch (group) {
    case FindingGroup::kWorse:
      return is_one ? " more is worse" : " more are worse";
    case FindingGroup::kCannotTell:
      return " more cannot be told";
    case FindingGroup::kLess:
      return is_one ? " more costs less" : " more cost less";
    case FindingGroup::kOther:
      return is_one ? " is within the limits" : " are within the limits";
  }
  return "";
}

}  // namespace

FindingGroup GroupOf(const DiffFinding& finding) {
  if (finding.answer == Answer::kWorse) return FindingGroup::kWorse;
  if (finding.answer == Answer::kCannotTell) return FindingGroup::kCannotTell;
  return finding.reason == Reason::kLess ? FindingGroup::kLess
                                         : FindingGroup::kOther;
}

std::string_view GroupName(FindingGroup group) {
  switch (group) {
    case FindingGroup::kWorse:
      return "worse";
    case FindingGroup::kCannotTell:
      return "cannot tell";
    case FindingGroup::kLess:
      return "costs less";
    case FindingGroup::kOther:
      return "not worse";
  }
  return "";
}

size_t ChosenFindings::shown() const {
  size_t shown = 0;
  for (const Group& group : groups) shown += group.shown.size();
  return shown;
}

std::string ChosenFindings::LeftOutText() const {
  std::string text;
  for (const Group& group : groups) {
    if (group.left_out == 0) continue;
    if (!text.empty()) text += ", ";
    text += GroupDigits(group.left_out);
    text += LeftOutOf(group.group, group.left_out == 1);
  }
  return text;
}

ChosenFindings ChooseFindings(const DiffReport& report,
                              const FindingLimits& limits) {
  ChosenFindings chosen;
  for (const FindingGroup group :
       {FindingGroup::kWorse, FindingGroup::kCannotTell, FindingGroup::kLess,
        FindingGroup::kOther}) {
    chosen.groups.push_back({.group = group});
  }
  for (const DiffFinding& finding : report.findings) {
    const auto group = static_cast<size_t>(GroupOf(finding));
    chosen.groups[group].shown.push_back(&finding);
  }
  const Shares shares(report);
  std::ranges::stable_sort(
      chosen.groups[static_cast<size_t>(FindingGroup::kLess)].shown,
      std::ranges::greater(),
      [&](const DiffFinding* finding) { return shares.Of(*finding); });
  if (limits.shows_all) return chosen;
  size_t room = limits.all;
  for (ChosenFindings::Group& group : chosen.groups) {
    size_t most = room;
    if (group.group == FindingGroup::kLess) most = std::min(most, limits.less);
    if (group.group == FindingGroup::kOther) most = 0;
    const size_t shown = std::min(group.shown.size(), most);
    group.left_out = std::ssize(group.shown) - static_cast<int64_t>(shown);
    group.shown.resize(shown);
    room -= shown;
  }
  return chosen;
}

std::vector<DiffTotal> ChooseTotals(const DiffReport& report, bool shows_all) {
  std::vector<DiffTotal> chosen;
  for (const DiffTotal& total : report.totals) {
    const bool is_first = &total == &report.totals.front();
    if (total.is_judged || is_first || shows_all) chosen.push_back(total);
  }
  return chosen;
}

}  // namespace prof2cg
