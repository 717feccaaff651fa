// From what was compared to what is told of it.
#ifndef PROF2CG_CONVERTER_DIFF_MAKE_REPORT_H_
#define PROF2CG_CONVERTER_DIFF_MAKE_REPORT_H_

#include "converter/diff/report.h"
#include "converter/diff/sides.h"
#include "graph/compare/gate.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// Names the functions and calls of `judgement`, blames what became worse and
// what costs less, and puts what has one cause together: the finding that is
// nearest to it, and the others behind. O(findings × calls of a function).
DiffReport MakeDiffReport(const Sides& sides, const JoinedGraph& graph,
                          const Judgement& judgement, const Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_MAKE_REPORT_H_
