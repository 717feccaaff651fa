#include "converter/top/outliers.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "converter/names/choose.h"
#include "converter/names/plain_name.h"
#include "graph/compare/profile_spreads.h"
#include "graph/compare/statistics.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

class OutlierReporter {
 public:
  using Loader = std::function<Profile(const std::string&)>;

  OutlierReporter(const std::vector<std::string>& inputs, const Loader& load,
                  const OutlierOptions& options)
      : load_(load), options_(options) {
    report_.inputs = inputs;
  }

  OutlierReport Make() && {
    AddSpreads();
    Contrast();
    List();
    NameOutliers();
    return std::move(report_);
  }

 private:
  // Loads all inputs in turn and gives them to `take`, with their number.
  template <class Take>
  void ForEachProfile(Take take) const;

  void AddSpreads();
  void Contrast();
  void List();
  void NameOutliers();
  OutlierFunction Describe(FunctionId function);
  // Of so many rows.
  size_t Shown(size_t rows) const {
    return options_.rows == 0 ? rows : std::min(rows, options_.rows);
  }

  const Loader& load_;
  const OutlierOptions& options_;
  std::optional<ProfileSpreads> spreads_;
  std::vector<prof2cg::Contrast> contrasts_;  // an input each
  OutlierReport report_;
};

template <class Take>
void OutlierReporter::ForEachProfile(Take take) const {
  for (size_t i = 0; i < report_.inputs.size(); ++i) {
    const Profile profile = load_(report_.inputs[i]);
    try {
      take(profile, i);
    } catch (const Error& error) {
      throw error.In(report_.inputs[i]);
    }
  }
}

void OutlierReporter::AddSpreads() {
  ForEachProfile([&](const Profile& profile, size_t) {
    if (!spreads_) {
      report_.event = profile.events[ChooseEvent(profile, options_.event)];
      spreads_.emplace(report_.event.name);
    }
    spreads_->Add(profile);
  });
  spreads_->Finish();
}

void OutlierReporter::Contrast() {
  ForEachProfile([&](const Profile& profile, size_t number) {
    contrasts_.push_back(spreads_->ContrastOf(profile, number));
  });
}

void OutlierReporter::List() {
  const std::span<const FunctionSpread> spreads = spreads_->spreads();
  report_.functions = spreads.size();
  std::vector<uint32_t> rows(spreads.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::ranges::stable_sort(rows, [&](uint32_t a, uint32_t b) {
    return spreads[a].self.Deviation() > spreads[b].self.Deviation();
  });
  rows.resize(Shown(rows.size()));
  for (const uint32_t row : rows) {
    report_.list.push_back(Describe(FunctionId(row)));
  }
}

void OutlierReporter::NameOutliers() {
  const std::span<const double> totals = spreads_->totals();
  std::vector<double> moved;
  for (const prof2cg::Contrast& contrast : contrasts_) {
    moved.push_back(contrast.moved);
  }
  report_.median_total = Median({totals.begin(), totals.end()});
  report_.usual_moved = Median(moved);
  const std::vector<OddProfile> all = FindOddProfiles(totals, moved);
  report_.odd = all.size();
  for (const OddProfile& odd : std::span(all).first(Shown(all.size()))) {
    const prof2cg::Contrast& contrast = contrasts_[odd.profile];
    report_.outliers.push_back({odd, totals[odd.profile], contrast.moved,
                                Describe(contrast.function), contrast.self,
                                contrast.self_of_others});
  }
}

OutlierFunction OutlierReporter::Describe(FunctionId function) {
  const Profile& all = spreads_->functions();
  const FunctionSpread& spread = spreads_->spreads()[function.row()];
  const Function& f = all.functions[function.row()];
  return {std::string(all.Name(function)),
          PlainName(all, function),
          std::string(all.File(function)),
          std::string(all.strings[f.object]),
          f.line,
          spread.self,
          spread.inclusive};
}

// Standard input, a pipe: what is read is gone.
bool CanBeReadOnce(const std::string& input) {
  std::error_code unknown;  // which loading it tells better
  return input == "-" || std::filesystem::is_fifo(input, unknown) ||
         std::filesystem::is_character_file(input, unknown);
}

}  // namespace

OutlierReport MakeOutlierReport(
    const std::vector<std::string>& inputs,
    const std::function<Profile(const std::string&)>& load,
    const OutlierOptions& options) {
  if (inputs.size() < kLeastProfiles) {
    throw Error("--outliers needs " + std::to_string(kLeastProfiles) +
                " profiles or more: fewer do not tell which is odd");
  }
  if (std::ranges::any_of(inputs, CanBeReadOnce)) {
    throw Error("--outliers reads its inputs twice, so they must be files");
  }
  return OutlierReporter(inputs, load, options).Make();
}

}  // namespace prof2cg
