#include "graph/compare/judge_by_ranks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "graph/compare/statistics.h"

namespace prof2cg {
namespace {

using Values = std::vector<double>;

// Of alpha, the part that may say that something is worse where nothing is.
constexpr double kFalseAlarms = 1. / 50;

// The figures of a subject in each profile.
struct Sides {
  Values base;
  Values current;

  friend auto operator<=>(const Sides&, const Sides&) = default;
};

int64_t Rounded(double value) {
  if (value >= 0x1p63) return INT64_MAX;
  return value <= -0x1p63 ? INT64_MIN : std::llround(value);
}

void DropAbove(double fence, Values& values) {
  std::erase_if(values, [fence](double value) { return value > fence; });
}

// The tests for runs that have nothing to do with each other, or for pairs.
class Tests {
 public:
  explicit Tests(const Gate& gate)
      : is_paired_(gate.is_paired), power_(gate.power) {}

  // That `current` is more than `base` and `least`.
  double P(const Sides& sides, double least) const {
    Values base = sides.base;
    for (double& value : base) value += least;
    return is_paired_ ? SignedRankTest(base, sides.current)
                      : RankTest(base, sides.current);
  }
  // That there is a difference at all, and how sure that is.
  double MeanP(const Sides& sides) const {
    return is_paired_ ? PairedMeanTest(sides.base, sides.current)
                      : MeanTest(sides.base, sides.current);
  }
  double LeastP(const Sides& sides) const {
    return is_paired_ ? LeastSignedRankTest(sides.base.size())
                      : LeastRankTest(sides.base.size(), sides.current.size());
  }
  double ShiftOf(const Sides& sides) const {
    return is_paired_ ? PairedShift(sides.base, sides.current)
                      : Shift(sides.base, sides.current);
  }
  double Detectable(const Sides& sides, double alpha) const {
    return is_paired_
               ? DetectablePairedShift(sides.base, sides.current, alpha, power_)
               : DetectableShift(sides.base, sides.current, alpha, power_);
  }
  double DetectableByMeans(const Sides& sides, double alpha) const {
    return is_paired_
               ? DetectablePairedMean(sides.base, sides.current, alpha, power_)
               : DetectableMean(sides.base, sides.current, alpha, power_);
  }
  // Without what is far out.
  Sides Clean(Sides sides) const {
    const double of_base = OuterFence(sides.base);
    const double of_current = OuterFence(sides.current);
    if (!is_paired_) {
      DropAbove(of_base, sides.base);
      DropAbove(of_current, sides.current);
      return sides;
    }
    Sides kept;
    for (size_t i = 0; i < sides.base.size(); ++i) {
      if (sides.base[i] > of_base || sides.current[i] > of_current) continue;
      kept.base.push_back(sides.base[i]);
      kept.current.push_back(sides.current[i]);
    }
    return kept;
  }

 private:
  bool is_paired_;
  double power_;
};

// Of the family: subjects that have the same figures, which are one.
struct Member {
  std::vector<size_t> findings;
  Sides sides;  // without what is far out
  double weight;
  double shift = 0;
  double p = 1;       // of a difference that counts
  double mean_p = 1;  // of any
};

class RankJudge {
 public:
  RankJudge(const SideFigures& base, const SideFigures& current,
            const CommonFactors& factors, const Gate& gate,
            const Threshold& threshold)
      : base_(base),
        current_(current),
        factors_(factors),
        gate_(gate),
        threshold_(threshold),
        tests_(gate),
        total_(MedianTotal()) {}

  std::vector<Finding> Judge(const std::vector<Subject>& subjects);
  // Without a proof of its own, the total may be worse by the machine alone.
  void JudgeCommonFactor(Finding& total, CommonChange& change) const;

 private:
  double MedianTotal() const;
  void Read(const Subject& subject, Sides& sides) const;
  Finding Compare(const Subject& subject, const Sides& sides);
  void Join(const Sides& sides);
  void ShareOutRisk();
  void Conclude(double adjusted, double all_weight, const Member& member,
                Finding& finding) const;
  // What the shift must be more than,
  double Beyond(double base) const;
  // and what the test must show that it is more than.
  double Shown(double base) const;

  const SideFigures& base_;
  const SideFigures& current_;
  const CommonFactors& factors_;
  const Gate& gate_;
  const Threshold& threshold_;
  Tests tests_;
  double total_;  // the median of all profiles
  std::vector<Member> family_;
  std::map<Sides, size_t> members_;  // by their figures
  std::vector<Finding> findings_;
};

void ReadSide(const SideFigures& side, const Subject& subject,
              const Values& factors, Values& values) {
  values.resize(side.size());
  for (size_t i = 0; i < side.size(); ++i) {
    values[i] = static_cast<double>(side.Of(subject, i)) / factors[i];
  }
}

void RankJudge::Read(const Subject& subject, Sides& sides) const {
  ReadSide(base_, subject, factors_.base, sides.base);
  ReadSide(current_, subject, factors_.current, sides.current);
}

double RankJudge::MedianTotal() const {
  Sides totals;
  Read({}, totals);
  Values all = std::move(totals.base);
  all.insert(all.end(), totals.current.begin(), totals.current.end());
  return Median(std::move(all));
}

double Mean(const Sides& sides) {
  double sum = 0;
  for (const double value : sides.base) sum += value;
  for (const double value : sides.current) sum += value;
  return sum / static_cast<double>(sides.base.size() + sides.current.size());
}

std::vector<Finding> RankJudge::Judge(const std::vector<Subject>& subjects) {
  findings_.reserve(subjects.size());
  Sides sides;
  for (const Subject& subject : subjects) {
    Read(subject, sides);
    findings_.push_back(Compare(subject, sides));
  }
  ShareOutRisk();
  Values p;
  Values weights;
  double all_weight = 0;
  for (const Member& member : family_) {
    p.push_back(member.p);
    weights.push_back(member.weight);
    all_weight += member.weight;
  }
  const Values adjusted = AdjustForFamily(p, weights);
  for (size_t i = 0; i < family_.size(); ++i) {
    for (const size_t finding : family_[i].findings) {
      Conclude(adjusted[i], all_weight, family_[i], findings_[finding]);
    }
  }
  return std::move(findings_);
}

bool AreEqual(const Sides& sides) {
  const auto is_first = [&](double value) { return value == sides.base[0]; };
  return std::ranges::all_of(sides.base, is_first) &&
         std::ranges::all_of(sides.current, is_first);
}

// A finding as far as it can be told without the family.
Finding RankJudge::Compare(const Subject& subject, const Sides& sides) {
  Finding finding;
  finding.subject = subject;
  const double base = Median(sides.base);
  const double current = Median(sides.current);
  finding.base = Rounded(base);
  finding.current = Rounded(current);
  if (AreEqual(sides)) return finding;
  finding.reason = current > base ? Reason::kBelowShare : Reason::kLess;
  const bool is_judged = std::max(base, current) >= gate_.least_share * total_;
  if (is_judged && Mean(sides) > 0) Join(sides);
  return finding;
}

// The next finding has these figures.
void RankJudge::Join(const Sides& sides) {
  const auto [place, is_new] = members_.try_emplace(sides, family_.size());
  if (is_new) {
    Sides clean = tests_.Clean(sides);
    const double shift = tests_.ShiftOf(clean);
    const double p = tests_.P(clean, Shown(Median(clean.base)));
    const double mean_p = tests_.MeanP(clean);
    family_.push_back({{}, std::move(clean), Mean(sides), shift, p, mean_p});
  }
  family_[place->second].findings.push_back(findings_.size());
}

// The total is the inclusive cost of the program.
Subject::Kind KindOf(const Subject& subject) {
  const bool is_total = subject.kind == Subject::Kind::kTotal;
  return is_total ? Subject::Kind::kInclusive : subject.kind;
}

// Each kind has as much of it as the others.
void RankJudge::ShareOutRisk() {
  double of_kind[Subject::kKinds] = {};
  const auto kind = [this](const Member& member) {
    return static_cast<size_t>(
        KindOf(findings_[member.findings.front()].subject));
  };
  for (const Member& member : family_) of_kind[kind(member)] += member.weight;
  for (Member& member : family_) member.weight /= of_kind[kind(member)];
}

// Of a shift that is not beyond the threshold.
Reason ReasonFor(double shift) {
  if (shift == 0) return Reason::kEqual;
  return shift > 0 ? Reason::kWithinThreshold : Reason::kLess;
}

double RankJudge::Beyond(double base) const {
  return std::max({threshold_.relative * base,
                   static_cast<double>(threshold_.absolute),
                   gate_.least_part * total_});
}

double RankJudge::Shown(double base) const {
  return std::max(threshold_.relative / 2 * base, gate_.least_part * total_);
}

void RankJudge::Conclude(double adjusted, double all_weight,
                         const Member& member, Finding& finding) const {
  const double base = Median(member.sides.base);
  const double alone = gate_.alpha * member.weight / all_weight;
  const double at_all = alone * kFalseAlarms;
  const double detectable =
      std::max({Shown(base) + tests_.Detectable(member.sides, alone),
                tests_.DetectableByMeans(member.sides, at_all), Beyond(base)});
  // Passes at alpha if both tests do.
  finding.p =
      std::max(adjusted, std::min(1., member.mean_p * gate_.alpha / at_all));
  finding.detectable =
      base > 0 ? detectable / base : std::numeric_limits<double>::infinity();
  if (!(member.shift > Beyond(base))) {
    finding.reason = ReasonFor(member.shift);
  } else if (finding.p <= gate_.alpha) {
    finding.answer = Answer::kWorse;
    finding.reason = Reason::kSignificant;
  } else if (tests_.LeastP(member.sides) > alone) {
    finding.answer = Answer::kCannotTell;
    finding.reason = Reason::kTooFewRepeats;
  } else {
    // Of so many figures some look like it.
    const bool would_do_alone = member.p <= gate_.alpha;
    finding.answer = would_do_alone ? Answer::kCannotTell : Answer::kNotWorse;
    finding.reason = Reason::kMayBeChance;
  }
}

void RankJudge::JudgeCommonFactor(Finding& total, CommonChange& change) const {
  const Sides factors{factors_.base, factors_.current};
  change.factor = Median(factors.current) / Median(factors.base);
  const bool is_beyond = change.factor > 1 + threshold_.relative;
  const bool may_be_chance = tests_.LeastP(factors) <= gate_.alpha &&
                             tests_.P(factors, 0) > gate_.alpha;
  if (!is_beyond || may_be_chance) return;
  if (total.answer == Answer::kWorse) return;
  total.answer = Answer::kCannotTell;
  total.reason = Reason::kCommonFactor;
}

}  // namespace

std::vector<Finding> JudgeByRanks(const std::vector<Subject>& subjects,
                                  const SideFigures& base,
                                  const SideFigures& current,
                                  const CommonFactors& factors,
                                  const Gate& gate, const Threshold& threshold,
                                  CommonChange& change) {
  RankJudge judge(base, current, factors, gate, threshold);
  std::vector<Finding> findings = judge.Judge(subjects);
  judge.JudgeCommonFactor(findings.front(), change);
  return findings;
}

}  // namespace prof2cg
