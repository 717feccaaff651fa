// Answers for an event whose figures scatter from run to run: time.
//
// Figures are divided by the common factor of their profile. A subject is worse
// if all of this holds:
//
//  - the shift from the base's figures to the current ones is more than the
//    threshold, and more than Gate::least_part of the total;
//  - a test by ranks shows that it is more than that part of the total, and
//    more than half of the relative threshold, at Gate::alpha: the rate of
//    false discoveries. The first asks more of light functions, whose figures
//    scatter most: at .2 %, a function of 1 % must cost a fifth more; the
//    second asks something of heavy ones;
//  - a test by means shows that there is a difference at all, at a fiftieth of
//    alpha for the whole family (Bonferroni): where nothing changed, 1 of 1 000
//    comparisons at most says that something did, however much figures scatter
//    (as normal ones do).
//    The ranks of ten runs cannot be as sure: without a difference sides of ten
//    do not overlap once in 185 000 times, and that of each of 200 subjects.
//
// What is far out on its side (OuterFence) is left out: a run that was held up
// while in one function. Pairs are left out as a whole.
//
// The family is all subjects of the event that have Gate::least_share of it and
// differ at all; those whose figures are the same in every profile are one, as
// a function's and those of its only caller's calls of it. A false alarm is as
// likely among self costs as among inclusive costs, the total being one, calls
// or, if there are any, paths; within these, heavier ones have more of the
// risk, by their mean over both sides. So five or six repeats are enough to
// tell of the heaviest functions; to tell of a light one, ten are. Where even
// sides that do not overlap would not prove a difference of that subject alone,
// the answer is that there are too few.
#ifndef PROF2CG_GRAPH_COMPARE_JUDGE_BY_RANKS_H_
#define PROF2CG_GRAPH_COMPARE_JUDGE_BY_RANKS_H_

#include <vector>

#include "graph/compare/common_factors.h"
#include "graph/compare/gate.h"
#include "graph/compare/judge.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

// Findings of all subjects but for the event; those that are equal are kEqual.
// Adds what all of them changed alike.
std::vector<Finding> JudgeByRanks(const std::vector<Subject>& subjects,
                                  const SideFigures& base,
                                  const SideFigures& current,
                                  const CommonFactors& factors,
                                  const Gate& gate, const Threshold& threshold,
                                  CommonChange& change);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JUDGE_BY_RANKS_H_
