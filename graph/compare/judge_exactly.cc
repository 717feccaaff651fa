#include "graph/compare/judge_exactly.h"

#include <algorithm>

namespace prof2cg {

ExactJudge::ExactJudge(const SideFigures& base, const SideFigures& current,
                       const Gate& gate, const Threshold& threshold)
    : base_(base),
      current_(current),
      gate_(gate),
      threshold_(threshold),
      total_(static_cast<double>(
          std::max(RangeOf(base, {}).mean, RangeOf(current, {}).mean))) {}

Finding ExactJudge::Of(const Subject& subject) const {
  const Range base = RangeOf(base_, subject);
  const Range current = RangeOf(current_, subject);
  Finding finding;
  finding.base = base.mean;
  finding.current = current.mean;
  const bool are_equal = base.mean == current.mean &&
                         base.least == current.least &&
                         base.greatest == current.greatest;
  if (are_equal) return finding;
  if (current.mean < base.mean) {
    finding.reason = Reason::kLess;
  } else if (!IsBeyond(base.mean, current.mean)) {
    finding.reason = Reason::kWithinThreshold;
  } else if (IsBelowShare(current.mean)) {
    finding.reason = Reason::kBelowShare;
  } else if (IsBeyond(base.greatest, current.least)) {
    finding.answer = Answer::kWorse;
    finding.reason = Reason::kMore;
  } else {
    finding.answer = Answer::kCannotTell;
    finding.reason = Reason::kScatters;
  }
  return finding;
}

ExactJudge::Range ExactJudge::RangeOf(const SideFigures& side,
                                      const Subject& subject) {
  Range range{INT64_MAX, INT64_MIN};
  __int128 sum = 0;
  for (size_t profile = 0; profile < side.size(); ++profile) {
    const int64_t figure = side.Of(subject, profile);
    range.least = std::min(range.least, figure);
    range.greatest = std::max(range.greatest, figure);
    sum += figure;
  }
  // To the next whole number.
  const auto count = static_cast<__int128>(side.size());
  const __int128 half = sum < 0 ? -count / 2 : count / 2;
  range.mean = static_cast<int64_t>((sum + half) / count);
  return range;
}

bool ExactJudge::IsBelowShare(int64_t figure) const {
  return static_cast<double>(figure) < gate_.least_share * total_;
}

bool ExactJudge::IsBeyond(int64_t base, int64_t current) const {
  const __int128 difference = static_cast<__int128>(current) - base;
  return difference > threshold_.absolute &&
         static_cast<double>(difference) >
             threshold_.relative * static_cast<double>(base);
}

}  // namespace prof2cg
