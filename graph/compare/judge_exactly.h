// Answers for an event of which the same program gives the same figures.
#ifndef PROF2CG_GRAPH_COMPARE_JUDGE_EXACTLY_H_
#define PROF2CG_GRAPH_COMPARE_JUDGE_EXACTLY_H_

#include "graph/compare/gate.h"
#include "graph/compare/judge.h"
#include "graph/compare/subjects.h"

namespace prof2cg {

// A finding but for its subject and event; kEqual if there is none.
//
// If the figures of a side differ although they should not, it is worse only if
// the least of now is above the greatest of then, by the threshold; if only the
// mean is, the answer is that it scatters.
class ExactJudge {
 public:
  ExactJudge(const SideFigures& base, const SideFigures& current,
             const Gate& gate, const Threshold& threshold);

  Finding Of(const Subject& subject) const;

 private:
  // Figures of a side.
  struct Range {
    int64_t least = 0;
    int64_t greatest = 0;
    int64_t mean = 0;
  };

  static Range RangeOf(const SideFigures& side, const Subject& subject);
  bool IsBelowShare(int64_t figure) const;
  bool IsBeyond(int64_t base, int64_t current) const;

  const SideFigures& base_;
  const SideFigures& current_;
  const Gate& gate_;
  const Threshold& threshold_;
  double total_;  // the greater mean
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_JUDGE_EXACTLY_H_
