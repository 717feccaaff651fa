// The budgets and rules of a project, checked.
#ifndef PROF2CG_CONVERTER_DIFF_CHECK_BUDGETS_H_
#define PROF2CG_CONVERTER_DIFF_CHECK_BUDGETS_H_

#include "converter/diff/options.h"
#include "converter/diff/report.h"
#include "converter/diff/sides.h"
#include "graph/compare/joined_graph.h"
#include "graph/compare/judge.h"

namespace prof2cg {

// Adds to the report what became of each budget and rule; the answer is worse
// if one is broken. A name or a glob stands for the functions of either side
// that are called so, not for those of which it is a part. Throws Error that
// quotes a sentence of which nothing can be told (graph/compare/budgets.h).
void CheckBudgets(const DiffOptions& options, const Sides& sides,
                  const JoinedGraph& graph, const Repeats& repeats,
                  DiffReport& report);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_CHECK_BUDGETS_H_
