#include "converter/diff/sentences.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "converter/diff/words.h"
#include "converter/display/fixed_text.h"
#include "converter/display/text_cells.h"

namespace prof2cg {
namespace {

// "5 % and 100", the absolute one where there is one
std::string ThresholdText(const Event& event, const Threshold& threshold) {
  std::string text = LimitText(threshold.relative);
  if (threshold.absolute == 0) return text;
  if (threshold.relative <= 0) return FigureText(event, threshold.absolute);
  return text + " and " + FigureText(event, threshold.absolute);
}

// The one that is not exceeded.
std::string UnmetText(const DiffFinding& finding, const Threshold& threshold) {
  const double least = threshold.relative * static_cast<double>(finding.base);
  const bool is_relative = static_cast<double>(DifferenceOf(finding)) <= least;
  return is_relative ? LimitText(threshold.relative)
                     : FigureText(finding.event, threshold.absolute);
}

std::string ExactlyText(const Event& event) {
  if (event.name == kCallsEvent) return "calls are counted exactly";
  return EventName(event) + " is counted exactly";
}

std::string ShownBy(const DiffFinding& finding) {
  return std::isfinite(finding.detectable) && finding.detectable > 0
             ? ": only a difference of " + PartText(finding.detectable) +
                   " could have been shown"
             : "";
}

// "+12.0 %, " or, where nothing was before, "+300, "
std::string RiseOf(const DiffFinding& finding) {
  const bool has_ratio = finding.base > 0 && finding.current >= 0;
  return has_ratio ? ChangeText(finding.base, finding.current)
                   : DifferenceText(finding.event, DifferenceOf(finding));
}

// "p = 0.003"
std::string ProbabilityText(double p) {
  constexpr double kLeast = .0005;
  return p < kLeast ? "p < 0.001" : "p = " + FixedText(p, 3);
}

std::string ProfilesText(const Criterion& criterion) {
  return GroupDigits(criterion.base_profiles) + " and " +
         GroupDigits(criterion.current_profiles) + " profiles";
}

int64_t CountOf(const DiffReport& report, Answer answer) {
  return std::ranges::count(report.findings, answer, &DiffFinding::answer);
}

std::string FirstOf(const DiffReport& report, Answer answer) {
  const auto first =
      std::ranges::find(report.findings, answer, &DiffFinding::answer);
  if (answer != Answer::kWorse) return SubjectText(*first) + ": " + first->why;
  return SubjectText(*first) + ": " + RiseOf(*first) + " (" +
         FigureText(first->event, first->base) + " → " +
         AmountText(first->event, first->current) + ')';
}

// What the findings come to.
std::string FindingsText(const DiffReport& report) {
  const int64_t worse = CountOf(report, Answer::kWorse);
  const int64_t unknown = CountOf(report, Answer::kCannotTell);
  if (worse > 0) {
    std::string text = Counted{worse, "finding", "findings"}.Text();
    text += worse == 1 ? ", " : ", most of all ";
    text += FirstOf(report, Answer::kWorse);
    if (unknown > 0) text += "; " + GroupDigits(unknown) + " cannot be told";
    return text;
  }
  if (unknown > 0) {
    std::string text = Counted{unknown, "finding", "findings"}.Text();
    return text + (unknown == 1 ? ", " : ", first ") +
           FirstOf(report, Answer::kCannotTell);
  }
  if (report.answer == Answer::kCannotTell) {
    return "too much of the cost is in functions that only one side has";
  }
  if (report.findings.empty()) {
    return "all figures are the same (" + GroupDigits(report.equal) + ')';
  }
  return "nothing costs more than the thresholds allow";
}

// "1 of 3 budgets is broken", "" if none is.
std::string BudgetsText(const DiffReport& report, Answer answer,
                        std::string_view one, std::string_view many) {
  const int64_t some =
      std::ranges::count(report.budgets, answer, &DiffBudget::answer);
  if (some == 0) return "";
  const int64_t all = std::ssize(report.budgets);
  return GroupDigits(some) + " of " + Counted{all, "budget", "budgets"}.Text() +
         ' ' + std::string(some == 1 ? one : many);
}

// Of what became of budgets: what tells against them first.
std::string BudgetsText(const DiffReport& report) {
  const std::string broken =
      BudgetsText(report, Answer::kWorse, "is broken", "are broken");
  if (!broken.empty()) return broken;
  return BudgetsText(report, Answer::kCannotTell, "cannot be told",
                     "cannot be told");
}

}  // namespace

std::string ReasonText(const DiffFinding& finding, const Criterion& criterion) {
  const std::string difference = RiseOf(finding);
  const std::string threshold =
      ThresholdText(finding.event, criterion.threshold);
  switch (finding.reason) {
    case Reason::kEqual:
      return "the same as before";
    case Reason::kLess:
      return difference + ", less than before";
    case Reason::kWithinThreshold:
      return difference + ", not more than " +
             UnmetText(finding, criterion.threshold);
    case Reason::kBelowShare:
      return difference + ", but of less than " +
             LimitText(criterion.least_share) + " of all";
    case Reason::kMore:
      return difference + ", more than " + threshold + "; " +
             ExactlyText(finding.event);
    case Reason::kSignificant:
      return difference + ", more than " + threshold + ", and not by chance (" +
             ProbabilityText(finding.p) + ", " + ProfilesText(criterion) + ')';
    case Reason::kMayBeChance:
      return difference + ", but it may be chance (" +
             ProbabilityText(finding.p) + ", " + ProfilesText(criterion) + ')' +
             ShownBy(finding);
    case Reason::kTooFewRepeats:
      return difference + ", but " + ProfilesText(criterion) +
             " are too few to show any difference";
    case Reason::kCommonFactor:
      return difference +
             ", as nearly everything does: the machine or the program is "
             "slower";
    case Reason::kScatters:
      return difference + ", but the repeats overlap, which should not differ" +
             ShownBy(finding);
    case Reason::kUnmatched:
      return difference +
             ", but too much of the cost is in functions that only one side "
             "has";
  }
  return difference;
}

std::string VerdictText(const DiffReport& report) {
  const std::string budgets = BudgetsText(report);
  const std::string findings = FindingsText(report);
  if (budgets.empty()) return findings;
  return CountOf(report, Answer::kWorse) > 0 ? budgets + "; " + findings
                                             : budgets;
}

}  // namespace prof2cg
